import type { Messages } from "./messages.js";

/** What a journey's point or a campaign's touchpoint sends, and where (console-flows.md F3, F4). */
export const requestBuilder = {
  name: ["Webhook Name", "Nom du webhook"],
  url: ["Destination URL", "URL destination"],
  urlHelp: [
    "Where the request is posted. Your server answers within five seconds.",
    "L'adresse à laquelle la requête est envoyée. Votre serveur répond en moins de cinq secondes.",
  ],
  username: ["Username", "Nom d'utilisateur"],
  usernameHelp: [
    "With the password, what each request signs in with at your server (HTTP Basic).",
    "Avec le mot de passe, ce qui identifie chaque requête auprès de votre serveur (HTTP Basic).",
  ],
  password: ["Password", "Mot de passe"],
  passwordHelp: ["Kept encrypted, and never shown again.", "Conservé chiffré, et plus jamais affiché."],
  passwordKept: [
    "Leave it empty to keep the one you have. A URL on another server needs it again.",
    "Laissez vide pour garder l'actuel. Une URL vers un autre serveur le demande à nouveau.",
  ],
  passwordUnchanged: ["Unchanged", "Inchangé"],
  headers: ["Headers", "En-têtes"],
  headersHelp: [
    "Sent with every request, beside those Hooklane sets itself.",
    "Envoyés avec chaque requête, en plus de ceux que Hooklane définit.",
  ],
  header: ["Header {{number}}", "En-tête {{number}}"],
  key: ["Key", "Clé"],
  value: ["Value", "Valeur"],
  addHeader: ["Add a header", "Ajouter un en-tête"],
  removeHeader: ["Remove header {{number}}", "Retirer l'en-tête {{number}}"],
  contentType: ["Content type", "Type de contenu"],
  json: ["JSON", "JSON"],
  formData: ["FormData", "FormData"],
  dataToSend: ["Data to send", "Données à envoyer"],
  jsonHelp: [
    "JSON in which {{placeholder}} stands for a field of the contact. Empty: the whole event is sent.",
    "Du JSON dans lequel {{placeholder}} remplace un champ du contact. Vide : tout l'événement est envoyé.",
  ],
  fieldsHelp: [
    "Fields of the form; a value may hold fields of the contact such as {{placeholder}}. None: the whole event is sent.",
    "Champs du formulaire ; une valeur peut contenir des champs du contact comme {{placeholder}}. Aucun : tout l'événement est envoyé.",
  ],
  field: ["Field {{number}}", "Champ {{number}}"],
  addField: ["Add a field", "Ajouter un champ"],
  removeField: ["Remove field {{number}}", "Retirer le champ {{number}}"],
  insert: ["Insert a contact or event field", "Insérer un champ du contact ou de l'événement"],
  insertInto: ["Insert into field {{number}}", "Insérer dans le champ {{number}}"],
} as const satisfies Messages;
