import { DEFAULT_EVENT_TYPE } from "./event.js";

/** `auth` of a webhook. */
export type WebhookAuthInput =
  | { readonly type: "basic"; readonly username: string; readonly password: string }
  | { readonly type: "bearer"; readonly token: string }
  | {
      readonly type: "oauth2";
      readonly tokenUrl: string;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly scope?: string;
      readonly audience?: string;
    };

/** The body of `POST /v1/webhooks`, as far as this version accepts options (api.md §2). */
export interface WebhookInput {
  readonly kind?: "events" | "audience";
  readonly name: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly status?: "inactive" | "active";
  readonly batching?: { readonly maxEvents: number; readonly maxWaitSeconds: number };
  readonly successStatus?: "2xx" | "200";
  readonly sources?: readonly string[];
  readonly audienceId?: string;
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly auth?: WebhookAuthInput;
  readonly signatureScheme?: "hmac-sha256" | "ed25519";
  readonly clientCertificate?: {
    readonly certificate: string;
    readonly privateKey: string;
    readonly trustedCertificates?: string;
  };
  readonly contentType?: string;
  readonly body?: string | readonly { readonly name: string; readonly value: string }[];
}

/** An active webhook for {@link DEFAULT_EVENT_TYPE}. */
export function aWebhook(overrides: Partial<WebhookInput> & { readonly url: string }): WebhookInput {
  return { name: "Clicks", eventTypes: [DEFAULT_EVENT_TYPE], status: "active", ...overrides };
}
