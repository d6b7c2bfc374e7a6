import type { AttemptError, DisableReason, Language } from "@hooklane/core";

/** What a mail about a disabled webhook says, in one language. */
export interface MailTexts {
  readonly subject: (webhook: string) => string;
  readonly heading: (webhook: string) => string;
  readonly summary: Readonly<Record<DisableReason, string>>;
  /** A line of the text version. */
  readonly fact: (label: string, value: string) => string;
  readonly webhook: string;
  readonly url: string;
  readonly disabledAt: string;
  readonly lastError: string;
  readonly errorsInWindow: string;
  readonly deletedWebhook: string;
  readonly advice: string;
  readonly action: string;
  readonly errors: Readonly<Record<AttemptError, string>>;
}

const en: MailTexts = {
  subject: (webhook) => `Webhook disabled: ${webhook}`,
  heading: (webhook) => `The webhook “${webhook}” was disabled`,
  summary: {
    error_rate:
      "There were more than 30 failed attempts in 30 minutes over all webhooks of the workspace together.",
    gone: "The receiver answered 410 Gone: it does not want events any more.",
    backlog: "More events were waiting than may wait for one endpoint.",
  },
  fact: (label, value) => `${label}: ${value}`,
  webhook: "Webhook",
  url: "URL",
  disabledAt: "Disabled at",
  lastError: "Last error",
  errorsInWindow: "Errors in the last 30 minutes",
  deletedWebhook: "(deleted)",
  advice:
    "It receives nothing until you activate it again; what comes meanwhile is logged as skipped. Earlier errors do not count again.",
  action: "Open and activate",
  errors: {
    status: "Unexpected status",
    timeout: "No answer in time",
    connection_refused: "Connection refused",
    connection_reset: "Connection reset",
    dns_not_found: "Host not found",
    tls: "TLS failed",
    protocol: "The answer was not HTTP",
    destination_refused: "The address is not allowed",
    token_refused: "The token endpoint refused",
    token_unavailable: "The token endpoint was not available",
    template: "The body could not be made",
  },
};

const fr: MailTexts = {
  subject: (webhook) => `Webhook désactivé : ${webhook}`,
  heading: (webhook) => `Le webhook « ${webhook} » a été désactivé`,
  summary: {
    error_rate:
      "Il y a eu plus de 30 tentatives en échec en 30 minutes, tous les webhooks de l'espace de travail confondus.",
    gone: "Le destinataire a répondu 410 Gone : il ne veut plus recevoir d'événements.",
    backlog: "Trop d'événements étaient en attente pour un même point de terminaison.",
  },
  fact: (label, value) => `${label} : ${value}`,
  webhook: "Webhook",
  url: "URL",
  disabledAt: "Désactivé le",
  lastError: "Dernière erreur",
  errorsInWindow: "Erreurs des 30 dernières minutes",
  deletedWebhook: "(supprimé)",
  advice:
    "Il ne reçoit plus rien jusqu'à sa réactivation ; ce qui arrive entre-temps est consigné comme ignoré. Les erreurs passées ne comptent plus.",
  action: "Ouvrir et activer",
  errors: {
    status: "Statut inattendu",
    timeout: "Pas de réponse à temps",
    connection_refused: "Connexion refusée",
    connection_reset: "Connexion interrompue",
    dns_not_found: "Hôte introuvable",
    tls: "Échec TLS",
    protocol: "La réponse n'était pas du HTTP",
    destination_refused: "L'adresse n'est pas autorisée",
    token_refused: "Le serveur d'autorisation a refusé le jeton",
    token_unavailable: "Le serveur d'autorisation n'était pas disponible",
    template: "Le corps n'a pas pu être composé",
  },
};

export const mailTexts: Readonly<Record<Language, MailTexts>> = { en, fr };
