import type { Messages } from "./messages.js";

/** The frame around every page, and signing in. */
export const layout = {
  home: ["Home", "Accueil"],
  webhooks: ["Webhooks", "Webhooks"],
  automations: ["Automations", "Automatisations"],
  campaigns: ["Campaigns", "Campagnes"],
  eventLogs: ["Event logs", "Journaux d'événements"],
  audience: ["Audience", "Audience"],
  receivers: ["For receivers", "Pour les destinataires"],
  plans: ["Plans", "Plans"],
  workspaceSettings: ["Workspace settings", "Paramètres de l'espace de travail"],
  menu: ["Menu", "Menu"],
  language: ["Language", "Langue"],
  colours: ["Colours", "Couleurs"],
  light: ["Light", "Clair"],
  dark: ["Dark", "Sombre"],
  asSystem: ["As the system", "Comme le système"],
  workspace: ["Workspace", "Espace de travail"],
  addWorkspace: ["Sign in to another workspace", "Se connecter à un autre espace de travail"],
  signIn: ["Sign in", "Se connecter"],
  signOut: ["Sign out of {{name}}", "Se déconnecter de {{name}}"],
  signOutAll: ["Sign out everywhere", "Se déconnecter partout"],
  keyRevoked: ["Your key opens nothing any more", "Votre clé n'ouvre plus rien"],
  keyRevokedHelp: [
    "The key you were signed in with to {{names}} was revoked, or has ended. Sign in with another one.",
    "La clé avec laquelle vous étiez connecté à {{names}} a été révoquée, ou a expiré. Connectez-vous avec une autre.",
  ],
  signInTitle: ["Sign in to Hooklane", "Connexion à Hooklane"],
  apiKey: ["API key", "Clé d'API"],
  apiKeyHelp: [
    "A key of your workspace, with the scope “read”. It is kept sealed, out of reach of scripts, for twelve hours.",
    "Une clé de votre espace de travail, avec le droit « read ». Elle est conservée scellée, hors de portée des scripts, pendant douze heures.",
  ],
  apiKeyRefused: ["This key opens nothing: {{reason}}", "Cette clé n'ouvre rien : {{reason}}"],
  apiKeyOperator: [
    "This key does not open a workspace: {{reason}}",
    "Cette clé n'ouvre pas d'espace de travail : {{reason}}",
  ],
  live: ["Live", "En direct"],
  notLive: ["Not live", "Pas en direct"],
} as const satisfies Messages;
