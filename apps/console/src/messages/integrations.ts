import type { Messages } from "./messages.js";

/** What the workspace is connected with (console-flows.md F6). */
export const integrations = {
  webhooks: ["Webhooks", "Webhooks"],
  webhooksHelp: [
    "Posts what happens in your conversations and with your contacts to a URL of yours, in order.",
    "Envoie à une de vos URL, dans l'ordre, ce qui se passe dans vos conversations et avec vos contacts.",
  ],
  connect: ["Connect", "Connecter"],
  add: ["Add Webhook", "Ajouter un webhook"],
  endpointUrl: ["Endpoint URL", "URL de point de terminaison"],
  webhookEvent: ["Webhook Event", "Événement Webhook"],
  empty: ["Not connected yet", "Pas encore connecté"],
} as const satisfies Messages;
