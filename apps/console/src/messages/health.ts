import type { Messages } from "./messages.js";

/** A webhook's page: its line, its numbers, the shared rule (console-flows.md F7). */
export const health = {
  disabledBanner: [
    "Disabled: more than {{limit}} errors in {{minutes}} minutes",
    "Désactivé : plus de {{limit}} erreurs en {{minutes}} minutes",
  ],
  disabledGone: [
    "Disabled: the receiver answered that it is gone (410)",
    "Désactivé : le destinataire a répondu qu'il n'existe plus (410)",
  ],
  disabledBacklog: [
    "Disabled: more was waiting for it than is kept",
    "Désactivé : il y avait plus d'événements en attente que ce qui est conservé",
  ],
  since: ["Since {{time}}.", "Depuis {{time}}."],
  lastError: ["Last error: {{error}}", "Dernière erreur : {{error}}"],
  quota: [
    "Errors in the last {{minutes}} min: {{used}} / {{limit}} (all webhooks)",
    "Erreurs des {{minutes}} dernières min : {{used}} / {{limit}} (tous les webhooks)",
  ],
  quotaAdvice: [
    "One more than {{limit}} disables the webhook with the most errors. The event logs show each of them.",
    "Une de plus que {{limit}} désactive le webhook qui a le plus d'erreurs. Les journaux d'événements montrent chacune d'elles.",
  ],
  quotaOf: ["{{count}} of this webhook", "{{count}} de ce webhook"],
  slow: [
    "Your endpoint answers slowly: answer first, work afterwards",
    "Votre point de terminaison répond lentement : répondez d'abord, traitez ensuite",
  ],
  activateTitle: ["Activate {{name}}", "Activer {{name}}"],
  activateNow: ["From now on", "À partir de maintenant"],
  activateNowHelp: [
    "What it did not get while it was off stays unsent, and says so in the logs.",
    "Ce qu'il n'a pas reçu pendant son arrêt reste non envoyé, et les journaux le disent.",
  ],
  recover: ["Send what it missed first", "Envoyer d'abord ce qu'il a manqué"],
  recoverHelp: [
    "All of it, in order, before anything that comes from now on.",
    "Tout, dans l'ordre, avant ce qui arrive à partir de maintenant.",
  ],
  deactivate: ["Deactivate", "Désactiver"],
  deactivateTitle: ["Deactivate {{name}}?", "Désactiver {{name}} ?"],
  deactivateHelp: [
    "What waits to be sent is skipped. It can be sent later, when you activate the webhook again.",
    "Ce qui attend d'être envoyé est ignoré. Vous pourrez l'envoyer plus tard, en réactivant le webhook.",
  ],
  line: ["The line", "La file"],
  lineLive: [
    "Nothing waits: events are sent as they come",
    "Rien n'attend : les événements partent à leur arrivée",
  ],
  lineRetrying: ["Next attempt in {{time}}", "Prochaine tentative dans {{time}}"],
  lineWaiting_one: ["{{shown}} waiting", "{{shown}} en attente"],
  lineWaiting_other: ["{{shown}} waiting", "{{shown}} en attente"],
  oldest: ["The oldest for {{time}}", "Le plus ancien depuis {{time}}"],
  atLeast: ["more than {{count}}", "plus de {{count}}"],
  successRate: ["Delivered", "Livrés"],
  lastDay: ["last 24 hours", "dernières 24 heures"],
  noneYet: ["none yet", "aucun"],
  median: ["Half answered within", "La moitié répond en"],
  p95: ["95 % answered within", "95 % répondent en"],
  recent: ["Latest deliveries", "Derniers envois"],
  test: ["Send a test event", "Envoyer un événement de test"],
  testSent: ["The receiver answered {{status}}.", "Le destinataire a répondu {{status}}."],
  testFailed: ["The test failed: {{reason}}", "Le test a échoué : {{reason}}"],
  testWaits: ["The test waits in its place in the line.", "Le test attend à sa place dans la file."],
  rotate: ["New secret", "Nouveau secret"],
  rotateTitle: ["Make a new secret for {{name}}?", "Créer un nouveau secret pour {{name}} ?"],
  rotateHelp: [
    "For 24 hours requests carry signatures of both, so that your receiver can change over.",
    "Pendant 24 heures, les requêtes portent les deux signatures, pour que votre destinataire puisse changer.",
  ],
} as const satisfies Messages;
