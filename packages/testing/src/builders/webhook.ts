import { DEFAULT_EVENT_TYPE } from "./event.js";

/** The body of `POST /v1/webhooks`, as far as this version accepts options (api.md §2). */
export interface WebhookInput {
  readonly name: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly status?: "inactive" | "active";
  readonly batching?: { readonly maxEvents: number; readonly maxWaitSeconds: number };
  readonly successStatus?: "2xx" | "200";
  readonly sources?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly auth?: { readonly type: "basic"; readonly username: string; readonly password: string };
  readonly contentType?: string;
}

/** An active webhook for {@link DEFAULT_EVENT_TYPE}. */
export function aWebhook(overrides: Partial<WebhookInput> & { readonly url: string }): WebhookInput {
  return { name: "Clicks", eventTypes: [DEFAULT_EVENT_TYPE], status: "active", ...overrides };
}
