import type { Messages } from "./messages.js";

/** What those have to know who write the server behind a webhook's URL. Code and JSON are no language's. */
export const receivers = {
  title: ["For receivers", "Pour les destinataires"],
  intro: [
    "What the server behind a webhook's URL has to do: send this page to whoever writes it.",
    "Ce que doit faire le serveur derrière l'URL d'un webhook : envoyez cette page à la personne qui l'écrit.",
  ],
  contents: ["On this page", "Sur cette page"],
  signature: ["Verify the signature", "Vérifier la signature"],
  signatureWhy: [
    "Every request is signed (Standard Webhooks). Refuse with 401 what is not: anybody can post to a URL. Each request has these headers:",
    "Chaque requête est signée (Standard Webhooks). Refusez avec 401 ce qui ne l'est pas : n'importe qui peut envoyer vers une URL. Chaque requête a ces en-têtes :",
  ],
  headerId: [
    "The request's id, the same over all attempts: by it you know a repeat.",
    "L'identifiant de la requête, le même à chaque tentative : il permet de reconnaître une répétition.",
  ],
  headerTimestamp: [
    "When this attempt was sent, in seconds. Refuse what is more than five minutes away.",
    "L'heure d'envoi de cette tentative, en secondes. Refusez ce qui s'écarte de plus de cinq minutes.",
  ],
  headerSignature: [
    "v1, and HMAC-SHA256 in base64 over id, dot, timestamp, dot and the body. Several with spaces between while a secret is replaced.",
    "v1, et le HMAC-SHA256 en base64 de l'identifiant, un point, l'heure, un point et le corps. Plusieurs, séparées par des espaces, pendant le remplacement d'un secret.",
  ],
  headerAttempt: ["Which attempt this is, from 1.", "Le numéro de la tentative, à partir de 1."],
  signatureRaw: [
    "Verify the body's bytes as they came: parsed and written out again, they are others. The key is what stands behind whsec_, decoded from base64.",
    "Vérifiez les octets du corps tels qu'ils sont arrivés : décodés puis réécrits, ils ne sont plus les mêmes. La clé est ce qui suit whsec_, décodé du base64.",
  ],
  signatureSecret: [
    "The secret is shown once, when the webhook is made or the secret is replaced: with it, this code is ready to copy there.",
    "Le secret est affiché une seule fois, à la création du webhook ou au remplacement du secret : ce code y est prêt à copier, avec lui.",
  ],
  signatureEd25519: [
    "A webhook that signs by Ed25519 has entries v1a instead: verify them over the same bytes with the public key its page shows. Libraries of Standard Webhooks verify v1; not all of them know v1a yet.",
    "Un webhook qui signe en Ed25519 a des entrées v1a : vérifiez-les sur les mêmes octets avec la clé publique affichée sur sa page. Les bibliothèques Standard Webhooks vérifient v1 ; toutes ne connaissent pas encore v1a.",
  ],
  publicKey: ["Public key that verifies its requests", "Clé publique qui vérifie ses requêtes"],
  publicKeyUntil: ["signs too until {{time}}", "signe aussi jusqu'au {{time}}"],
  languages: ["Languages", "Langages"],
  copyCode: ["Copy the code for {{language}}", "Copier le code pour {{language}}"],
  withSecret: ["Verify its requests, with this secret", "Vérifier ses requêtes, avec ce secret"],
  answer: ["Answer", "Répondre"],
  answerInTime: [
    "Any 2xx within 5 seconds is a success; where the webhook says so, 200 alone. The body of the answer does not matter.",
    "Tout code 2xx en moins de 5 secondes est un succès ; si le webhook le précise, 200 uniquement. Le corps de la réponse n'a pas d'importance.",
  ],
  answerFirst: [
    "Answer first, work afterwards: keep the event somewhere safe, answer, and process it in the background.",
    "Répondez d'abord, traitez ensuite : mettez l'événement en lieu sûr, répondez, et traitez-le en arrière-plan.",
  ],
  answerRedirect: [
    "Redirects are not followed: they count as errors.",
    "Les redirections ne sont pas suivies : elles comptent comme des erreurs.",
  ],
  answerGone: [
    "410 says that the address is gone for good: the webhook is disabled at once.",
    "410 dit que l'adresse n'existe plus : le webhook est désactivé aussitôt.",
  ],
  order: ["Order and repeats", "Ordre et répétitions"],
  orderOne: [
    "A URL gets one request at a time, in the order of the events. The next one waits until this one is answered with success, or given up.",
    "Une URL reçoit une requête à la fois, dans l'ordre des événements. La suivante attend que celle-ci soit un succès, ou abandonnée.",
  ],
  orderRepeat: [
    "An event comes at least once, rarely twice: when your answer got lost, say. Keep each webhook-id for a day, and answer 2xx to one you know without doing it again.",
    "Un événement arrive au moins une fois, rarement deux : par exemple si votre réponse s'est perdue. Gardez chaque webhook-id une journée, et répondez 2xx à ceux que vous connaissez sans recommencer.",
  ],
  orderBatch: [
    "With batching the body is a list of events, oldest first, also if it is only one. The id inside an event never changes, whatever request it comes with.",
    "En mode lot, le corps est une liste d'événements, les plus anciens d'abord, même s'il n'y en a qu'un. L'identifiant dans un événement ne change jamais, quelle que soit la requête.",
  ],
  retries: ["Retries", "Nouvelles tentatives"],
  retriesWhen: [
    "After an error the same request comes again:",
    "Après une erreur, la même requête revient :",
  ],
  attemptFirst: ["at once", "immédiatement"],
  attemptAfter: ["{{time}} after the first", "{{time}} après la première"],
  retriesThen: [
    "Then the event is given up, kept as a dead letter, and the next one is sent. It can be resent from the event logs.",
    "Ensuite, l'événement est abandonné, conservé, et le suivant est envoyé. Il peut être renvoyé depuis les journaux d'événements.",
  ],
  retriesAfter: [
    "With 429 or 503 a header Retry-After moves the next attempt later, but not past the last one.",
    "Avec 429 ou 503, un en-tête Retry-After repousse la prochaine tentative, mais pas au-delà de la dernière.",
  ],
  retriesRule: [
    "More than 30 errors in 30 minutes, over all webhooks of the workspace, disable a webhook; its owner is told by e-mail.",
    "Plus de 30 erreurs en 30 minutes, tous webhooks de l'espace de travail confondus, désactivent un webhook ; son propriétaire est prévenu par e-mail.",
  ],
  limits: ["Limits", "Limites"],
  limitEvent: ["An event has at most {{size}} KiB.", "Un événement fait au plus {{size}} Kio."],
  limitBatch: [
    "A batch has at most 100 events, or what comes within 5 seconds, unless the webhook says otherwise.",
    "Un lot compte au plus 100 événements, ou ce qui arrive en 5 secondes, sauf indication contraire du webhook.",
  ],
  limitBody: [
    "A body made by a template has at most {{size}} KiB.",
    "Un corps produit par un modèle fait au plus {{size}} Kio.",
  ],
  limitConnection: [
    "The 5 seconds begin with looking up the host's name, and end with the answer's status line.",
    "Les 5 secondes commencent avec la résolution du nom d'hôte et finissent avec la ligne d'état de la réponse.",
  ],
  events: ["Events", "Événements"],
  eventsHelp: [
    "Each event is {id, type, timestamp, source, data}. The schema is that of data, as JSON Schema 2020-12; expect further fields.",
    "Chaque événement est {id, type, timestamp, source, data}. Le schéma est celui de data, en JSON Schema 2020-12 ; attendez-vous à d'autres champs.",
  ],
  search: ["Search for an event", "Chercher un événement"],
  noEvents: ["The workspace has no event types.", "L'espace de travail n'a aucun type d'événement."],
  noneFound: ["No event type is called so.", "Aucun type d'événement ne porte ce nom."],
  example: ["Example", "Exemple"],
  schema: ["Schema, version {{version}}", "Schéma, version {{version}}"],
  copyOf: ["Copy: {{title}}, {{name}}", "Copier : {{title}}, {{name}}"],
  link: ["How to verify requests", "Comment vérifier les requêtes"],
} as const satisfies Messages;
