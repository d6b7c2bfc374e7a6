import type { Webhook } from "@hooklane/client";

export const WEBHOOK_STATUSES = [
  "active",
  "inactive",
  "auto_disabled",
  "recovering",
  "plan_locked",
] as const satisfies readonly Webhook["status"][];

/** Which webhooks the list shows. */
export interface WebhookSearch {
  /** In the name or the URL. */
  readonly search?: string | undefined;
  readonly status?: Webhook["status"] | undefined;
}

/** What an address asks for; what cannot be understood is left out. */
export const readWebhookSearch = (raw: Readonly<Record<string, unknown>>): WebhookSearch => ({
  // A number or `true` is what the router makes of a text that looks so.
  search: ["string", "number", "boolean"].includes(typeof raw.search)
    ? String(raw.search) || undefined
    : undefined,
  status: WEBHOOK_STATUSES.find((status) => status === raw.status),
});
