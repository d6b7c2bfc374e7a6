import type { ContentType } from "./vocabulary.js";

/** One field of a form; names may repeat, the order counts (product.md D12). */
export interface BodyField {
  readonly name: string;
  /** A template over the event. */
  readonly value: string;
}

/** What a webhook sends instead of the event (product.md D12): one template for JSON, one a field for the form types. */
export type WebhookBody = string | readonly BodyField[];

/** Characters of all templates of a body together; what parsing costs is bounded by it. */
export const BODY_TEMPLATE_CHARS_MAX = 16 * 1024;

/** Fields of a form. */
export const BODY_FIELDS_MAX = 50;

/** Characters of a field's name. */
export const BODY_FIELD_NAME_MAX = 200;

/** The body of one request made from a template is at most this long, bytes in UTF-8. */
export const RENDERED_BODY_BYTES_MAX = 1024 * 1024;

/** Whether a body is of the form its content type needs. */
export function fitsContentType(body: WebhookBody, contentType: ContentType): boolean {
  return (typeof body === "string") === (contentType === "application/json");
}
