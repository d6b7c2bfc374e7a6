import type { Messages } from "./messages.js";

/** Sending once more: one delivery, or all a filter has; how far such a job is, and what it left out. */
export const resend = {
  one: ["Resend the event of {{time}}", "Renvoyer l'événement du {{time}}"],
  these: ["Resend these…", "Renvoyer ceux-ci…"],
  all: ["Resend all…", "Tout renvoyer…"],
  allOf: ["Resend all of {{name}}…", "Tout renvoyer à {{name}}…"],
  chooseFirst: [
    "To resend many at once, choose a webhook, or the status Abandoned, Skipped or Cancelled.",
    "Pour en renvoyer plusieurs, choisissez un webhook, ou le statut Abandonné, Ignoré ou Annulé.",
  ],
  notSettled: [
    "What waits or is being retried is still on its way: it cannot be resent.",
    "Ce qui attend ou est en cours de nouvelle tentative est encore en route : il ne peut pas être renvoyé.",
  ],
  askTitle: ["Send these once more?", "Renvoyer ces envois ?"],
  counting: ["Counting…", "Comptage…"],
  count_one: ["{{shown}} delivery is sent once more.", "{{shown}} envoi sera renvoyé."],
  count_other: ["{{shown}} deliveries are sent once more.", "{{shown}} envois seront renvoyés."],
  moreThan: ["more than {{count}}", "plus de {{count}}"],
  none: ["There is nothing to send once more.", "Il n'y a rien à renvoyer."],
  askHelp: [
    "Oldest first, behind what waits for each address; up to 100 a second. Receivers that have had one get it again.",
    "Les plus anciens d'abord, derrière ce qui attend pour chaque adresse ; jusqu'à 100 par seconde. Un destinataire qui en a déjà reçu un le reçoit à nouveau.",
  ],
  confirm_one: ["Resend {{shown}}", "Renvoyer {{shown}}"],
  confirm_other: ["Resend {{shown}}", "Renvoyer {{shown}}"],
  notActive: [
    "Nothing is sent to this webhook as long as it is not active.",
    "Rien n'est envoyé à ce webhook tant qu'il n'est pas actif.",
  ],
  toWebhook: ["Go to the webhook", "Aller au webhook"],
  filterAny: ["Every webhook", "Tous les webhooks"],
  filterFrom: ["from {{time}}", "à partir du {{time}}"],
  filterTo: ["before {{time}}", "avant le {{time}}"],
  jobs: ["Resends", "Renvois"],
  running: ["Being sent once more", "Renvoi en cours"],
  completed: ["Sent once more", "Renvoi terminé"],
  stopped: ["Resend cancelled", "Renvoi annulé"],
  progress: ["{{done}} of {{total}}", "{{done}} sur {{total}}"],
  resent_one: ["{{shown}} put in line", "{{shown}} mis en file"],
  resent_other: ["{{shown}} put in line", "{{shown}} mis en file"],
  leftOut_one: ["{{shown}} left out:", "{{shown}} laissé de côté :"],
  leftOut_other: ["{{shown}} left out:", "{{shown}} laissés de côté :"],
  skip_webhook_not_active: [
    "{{count}}: the webhook is not active, or was deleted",
    "{{count}} : le webhook n'est pas actif, ou a été supprimé",
  ],
  skip_event_expired: [
    "{{count}}: the event is older than events are kept",
    "{{count}} : l'événement est plus ancien que la durée de conservation",
  ],
  skip_repeated: [
    "{{count}}: a resend of a delivery that is among these, too; the event goes once",
    "{{count}} : le renvoi d'un envoi qui figure aussi parmi ceux-ci ; l'événement part une seule fois",
  ],
  skip_test: [
    "{{count}}: test events are not resent",
    "{{count}} : les événements de test ne se renvoient pas",
  ],
  cancelJob: ["Cancel the resend", "Annuler le renvoi"],
  cancelHelp: ["What is in line already stays there.", "Ce qui est déjà en file y reste."],
  dismiss: ["Close this notice", "Fermer cet avis"],
} as const satisfies Messages;
