import type {
  ClientCertificate,
  ContentType,
  SuccessStatus,
  WebhookAuth,
  WebhookBody,
  WebhookId,
} from "@hooklane/core";
import { type ClientIdentity, toClientIdentity } from "./client-identity.js";
import { type SigningKey, toSigningKey } from "./signing-key.js";
import { BodyTemplate } from "./template.js";
import { VERSION } from "./version.js";

/** What a profile is made of: a webhook as it is configured. */
export interface RequestWebhook {
  readonly _id: WebhookId;
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of `oauth2` the token is given with each request. */
  readonly auth?: WebhookAuth;
  /** Only where the endpoint's URL is https. */
  readonly clientCertificate?: ClientCertificate;
  readonly contentType: ContentType;
  /** Absent: the event itself. */
  readonly body?: WebhookBody;
  readonly successStatus: SuccessStatus;
  /** The current one first. */
  readonly secrets: readonly { readonly value: string; readonly expiresAt?: Date }[];
}

/** Where it leads to. */
export interface RequestEndpoint {
  /** Normalised (product.md D14). */
  readonly url: string;
}

/** What of a webhook's requests does not change from one to the next. */
export interface RequestProfile {
  /** `https://example.com:8443`. */
  readonly origin: string;
  /** With the query, byte for byte. */
  readonly path: string;
  /** Names and values in turn, as undici takes them. */
  readonly headers: readonly string[];
  readonly contentType: ContentType;
  /** Parsed once; undefined: the body is the event itself. */
  readonly template?: BodyTemplate | undefined;
  readonly successStatus: SuccessStatus;
  /** The webhook has a header of its own for the trace, which is sent as it is. */
  readonly namesTrace?: boolean;
  readonly keys: readonly SigningKey[];
  /** Undefined: nobody in particular. */
  readonly clientIdentity?: ClientIdentity | undefined;
}

/**
 * Profiles by configuration document. The copy hands out the same frozen object until it changes, so its identity says
 * whether a profile still fits.
 */
export class RequestProfiles {
  readonly #profiles = new WeakMap<RequestWebhook, { endpoint: RequestEndpoint; profile: RequestProfile }>();

  of(webhook: RequestWebhook, endpoint: RequestEndpoint): RequestProfile {
    const known = this.#profiles.get(webhook);
    if (known?.endpoint === endpoint) return known.profile;
    const profile = toProfile(webhook, endpoint);
    this.#profiles.set(webhook, { endpoint, profile });
    return profile;
  }
}

/** For whoever makes one request; for many, {@link RequestProfiles}. */
export function toProfile(webhook: RequestWebhook, endpoint: RequestEndpoint): RequestProfile {
  const url = new URL(endpoint.url);
  const { body, clientCertificate } = webhook;
  return {
    origin: url.origin,
    path: pathOf(endpoint.url, url.origin),
    headers: toHeaders(webhook),
    contentType: webhook.contentType,
    template: body === undefined ? undefined : new BodyTemplate(body, webhook),
    successStatus: webhook.successStatus,
    namesTrace: Object.keys(webhook.headers).some((name) => /^trace(?:parent|state)$/i.test(name)),
    keys: webhook.secrets.flatMap((secret) => toSigningKey(secret) ?? []),
    clientIdentity: clientCertificate && toClientIdentity(clientCertificate),
  };
}

/** The URL is normalised (product.md D14), so what follows its origin is the path as it was saved. */
function pathOf(url: string, origin: string): string {
  if (url.startsWith(`${origin}/`)) return url.slice(origin.length);
  const parsed = new URL(url);
  return parsed.pathname + parsed.search;
}

function toHeaders({ headers, auth }: RequestWebhook): string[] {
  const own = Object.entries(headers).filter(
    ([name]) => auth === undefined || name.toLowerCase() !== "authorization",
  );
  const authorization = auth && toAuthorization(auth);
  return [
    "user-agent",
    `Hooklane/${VERSION}`,
    ...own.flat(),
    ...(authorization === undefined ? [] : ["authorization", authorization]),
  ];
}

function toAuthorization(auth: WebhookAuth): string | undefined {
  switch (auth.type) {
    case "basic":
      return `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString("base64")}`;
    case "bearer":
      return toBearer(auth.token);
    case "oauth2":
      return undefined;
  }
}

/** The value of `authorization` (RFC 6750 §2.1). */
export const toBearer = (token: string): string => `Bearer ${token}`;
