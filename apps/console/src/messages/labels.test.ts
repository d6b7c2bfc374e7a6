import { describe, expect, test } from "@jest/globals";
import { CATALOGUE } from "./index.js";
import type { Messages } from "./messages.js";

/** What the three products' users know, word by word. */
/** What the three products' users know, word by word. */
const LABELS = {
  home: [["Home", "Accueil"]],
  F1: [
    ["Webhooks", "Webhooks"],
    ["Create webhook", "Créer un webhook"],
    ["Name", "Nom"],
    ["URL", "URL"],
    ["Events", "Événements"],
    ["Status", "Statut"],
    ["Action", "Action"],
    ["Active", "Actif"],
    ["Inactive", "Inactif"],
    ["Disabled after errors", "Désactivé (erreurs)"],
    ["Upgrade required", "Mise à niveau requise"],
    ["Actions", "Actions"],
    ["Edit", "Modifier"],
    ["Delete", "Supprimer"],
    ["Technical documentation", "Documentation technique"],
    ["Activate", "Activer"],
  ],
  F2: [
    ["Webhook name", "Nom du webhook"],
    ["Webhook URL", "URL du Webhook"],
    ["Choose events", "Choisissez les événements"],
    ["Webhook status", "Statut du webhook"],
    ["Webhook batching", "Webhook en lot"],
    ["MAX only", "MAX uniquement"],
    ["not triggered by imports", "non déclenché par les importations"],
    ["Accept", "Accepter"],
  ],
  F3: [
    ["Automations", "Automatisations"],
    ["All journeys", "Tous les parcours"],
    ["Create Journey", "Créer un parcours"],
    ["Finish Setup", "Terminer la configuration"],
    ["Add a journey point", "Ajouter un point de parcours"],
    ["Webhook", "Webhook"],
    ["Webhook Name", "Nom du webhook"],
    ["Destination URL", "URL destination"],
    ["Username", "Nom d'utilisateur"],
    ["Password", "Mot de passe"],
    ["Headers", "En-têtes"],
    ["Key", "Clé"],
    ["Value", "Valeur"],
    ["Content type", "Type de contenu"],
    ["JSON", "JSON"],
    ["FormData", "FormData"],
    ["Data to send", "Données à envoyer"],
    ["Save", "Enregistrer"],
    ["Start", "Commencer"],
    ["Resume", "Reprendre"],
    ["Pause", "Mettre en pause"],
    ["0 requests sent", "0 demandes envoyées"],
  ],
  F4: [
    ["Campaigns", "Campagnes"],
    ["Campaign Manager", "Outil Campaign Manager"],
    ["Create campaign", "Créer une campagne"],
    ["Add touchpoint", "Ajouter un point de contact"],
    ["Webhook", "Webhook"],
    ["Segment or Tag", "Segment ou balise"],
    ["Date", "Date"],
    ["Time", "Heure"],
    ["Schedule webhook", "Programmer un webhook"],
    ["Scheduled", "Programmé"],
    ["Completed", "Terminé"],
  ],
  F5: [
    ["Audience", "Audience"],
    ["Audience dashboard", "Tableau de bord d'audience"],
    ["Current audience", "Audience actuelle"],
    ["Manage Audience", "Gérer l'audience"],
    ["Settings", "Paramètres"],
    ["Webhooks", "Webhooks"],
    ["Create New Webhook", "Créer un nouveau webhook"],
    ["Callback URL", "URL de rappel"],
    ["By a subscriber", "Par un abonné"],
    ["By an account admin", "Par un administrateur de compte"],
    ["Via the API", "Via l'API"],
    ["Save", "Enregistrer"],
  ],
  F6: [
    ["Workspace settings", "Paramètres de l'espace de travail"],
    ["Integrations", "Intégrations"],
    ["Webhooks", "Webhooks"],
    ["Connect", "Connecter"],
    ["Add Webhook", "Ajouter un webhook"],
    ["Endpoint URL", "URL de point de terminaison"],
    ["Webhook Event", "Événement Webhook"],
    ["Accept", "Accepter"],
  ],
  F7: [
    [
      "Disabled: more than {{limit}} errors in {{minutes}} minutes",
      "Désactivé : plus de {{limit}} erreurs en {{minutes}} minutes",
    ],
    [
      "Errors in the last {{minutes}} min: {{used}} / {{limit}} (all webhooks)",
      "Erreurs des {{minutes}} dernières min : {{used}} / {{limit}} (tous les webhooks)",
    ],
    [
      "Your endpoint answers slowly: answer first, work afterwards",
      "Votre point de terminaison répond lentement : répondez d'abord, traitez ensuite",
    ],
  ],
  F8: [
    ["Event logs", "Journaux d'événements"],
    ["Delivered", "Livré"],
    ["Retrying", "Nouvelle tentative"],
    ["Abandoned", "Abandonné"],
    ["Waiting", "En attente"],
    ["Cancelled", "Annulé"],
    ["Suppressed", "Non envoyé"],
    ["Skipped", "Ignoré"],
    ["Resend", "Renvoyer"],
  ],
  F9: [
    ["Plans", "Plans"],
    ["Upgrade to activate", "Mettez à niveau pour activer"],
  ],
  everywhere: [
    [
      "Needs advanced coding skills: you may want to send this to your API developer",
      "Demande des compétences avancées en programmation : vous pouvez l'envoyer à votre développeur API",
    ],
  ],
} as const;

const all = Object.values<Messages>(CATALOGUE).flatMap((messages) => Object.values(messages));

describe.each(Object.entries(LABELS))("the labels of %s", (_flow, labels) => {
  test.each(labels.map(([en, fr]) => [en, fr]))("%s / %s", (en, fr) => {
    expect(all).toContainEqual([en, fr]);
  });
});
