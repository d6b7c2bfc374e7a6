/** How requests of a webhook prove who they come from (product.md D12). Secrets inside: never shown, never logged. */
export type WebhookAuth = BasicAuth | BearerAuth | OAuth2Auth;

/** HTTP Basic (RFC 7617). */
export interface BasicAuth {
  readonly type: "basic";
  /** Without a colon: it would end there. */
  readonly username: string;
  readonly password: string;
}

/** A token the receiver knows, sent as it is (RFC 6750). */
export interface BearerAuth {
  readonly type: "bearer";
  readonly token: string;
}

/** A token is fetched with these before a request, and used until shortly before it expires (RFC 6749 §4.4). */
export interface OAuth2Auth {
  readonly type: "oauth2";
  /** Absolute, http or https. A destination like a webhook's own URL (product.md O6). */
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Space-separated (RFC 6749 §3.3). */
  readonly scope?: string;
  /** Not of the RFC; several authorization servers want it to know whom a token is for. */
  readonly audience?: string;
}

/** One list, so that schemas and rules share it. */
export const WEBHOOK_AUTH_TYPES = ["basic", "bearer", "oauth2"] as const satisfies WebhookAuth["type"][];
