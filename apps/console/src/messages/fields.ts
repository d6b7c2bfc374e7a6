import type { FieldError } from "@hooklane/client";
import type { Message } from "./messages.js";

/** What is wrong with a field, by the API's code. */
export const fields = {
  required: ["This is needed.", "Ce champ est obligatoire."],
  unknown_field: ["There is no such field.", "Ce champ n'existe pas."],
  invalid_type: ["This is not the kind of value that is needed.", "Ce type de valeur ne convient pas."],
  invalid_value: ["This value is not possible: {{message}}", "Cette valeur n'est pas possible : {{message}}"],
  too_short: ["Too little: {{message}}", "Trop peu : {{message}}"],
  too_long: ["Too much: {{message}}", "Trop : {{message}}"],
  too_small: ["Too small: {{message}}", "Trop petit : {{message}}"],
  too_large: ["Too large: {{message}}", "Trop grand : {{message}}"],
  invalid_format: ["This is not in the right form: {{message}}", "Le format n'est pas bon : {{message}}"],
  duplicate: ["This stands here twice.", "Cet élément figure deux fois."],
  unknown_event_type: [
    "The workspace has no such event type.",
    "L'espace de travail n'a pas ce type d'événement.",
  ],
  schema_mismatch: [
    "This does not match the schema: {{message}}",
    "Ne correspond pas au schéma : {{message}}",
  ],
  event_too_large: ["The event is too large.", "L'événement est trop volumineux."],
  invalid_url: [
    "This is not a URL: begin with https:// or http://.",
    "Ce n'est pas une URL : commencez par https:// ou http://.",
  ],
  url_credentials: [
    "A URL must not hold a user name or password: use the fields for them.",
    "L'URL ne doit contenir ni nom d'utilisateur ni mot de passe : utilisez les champs prévus.",
  ],
  url_fragment: ["A URL must not have a part behind #.", "L'URL ne doit pas avoir de partie après #."],
  destination_refused: [
    "Requests to this address are not allowed here: {{message}}",
    "Les requêtes vers cette adresse ne sont pas autorisées ici : {{message}}",
  ],
  invalid_header_name: ["This is not a header's name.", "Ce n'est pas un nom d'en-tête."],
  invalid_header_value: ["A header cannot have this value.", "Un en-tête ne peut pas avoir cette valeur."],
  reserved_header: ["Hooklane sets this header itself.", "Hooklane définit lui-même cet en-tête."],
  excluded_by: ["This does not go with the rest: {{message}}", "Incompatible avec le reste : {{message}}"],
  invalid_template: [
    "The template has a mistake: {{message}}",
    "Le modèle contient une erreur : {{message}}",
  ],
  invalid_filter: ["The filter has a mistake: {{message}}", "Le filtre contient une erreur : {{message}}"],
  invalid_certificate: ["This is not a certificate: {{message}}", "Ce n'est pas un certificat : {{message}}"],
  certificate_expired: ["The certificate has expired.", "Le certificat a expiré."],
  invalid_private_key: [
    "This is not a private key: {{message}}",
    "Ce n'est pas une clé privée : {{message}}",
  ],
  key_mismatch: [
    "The private key does not belong to the certificate.",
    "La clé privée ne correspond pas au certificat.",
  ],
} as const satisfies Record<FieldError["code"], Message>;
