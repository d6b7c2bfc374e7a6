import type { CreateWebhook, FieldError } from "@hooklane/contracts";
import type { WebhookAuth } from "@hooklane/core";
import type { WebhookDocument } from "@hooklane/store";
import { isObject } from "../http/merge-patch.js";

/** The part of each kind of `auth` that no answer shows again. */
const SECRET_PART = {
  basic: "password",
  bearer: "token",
  oauth2: "clientSecret",
} as const satisfies Record<WebhookAuth["type"], string>;

type Kept = Pick<WebhookDocument, "url" | "auth" | "clientCertificate">;
type Next = Pick<CreateWebhook, "url" | "auth" | "clientCertificate">;

/**
 * A secret that nobody can read back may not be sent elsewhere by who does not know it: a patch that leads the requests, or
 * the token's, to another origin has to give the secret again. Else a key that writes could have it sent to itself. A
 * private key is sent nowhere, but it vouches for who connects: that too is not for another origin.
 *
 * @param next what the patch leads to
 */
export function checkKeptSecret(current: Kept, next: Next, patch: unknown): readonly FieldError[] {
  return [...checkAuthSecret(current, next, patch), ...checkPrivateKey(current, next, patch)];
}

function checkAuthSecret({ url, auth }: Kept, next: Next, patch: unknown): readonly FieldError[] {
  // Of another type nothing is kept.
  if (!auth || next.auth?.type !== auth.type) return [];
  const secret = SECRET_PART[auth.type];
  if (isGiven(patch, "auth", secret)) return [];
  const moved = [
    ...(isElsewhere(url, next.url) ? ["url"] : []),
    ...(auth.type === "oauth2" &&
    next.auth.type === "oauth2" &&
    isElsewhere(auth.tokenUrl, next.auth.tokenUrl)
      ? ["auth.tokenUrl"]
      : []),
  ];
  return toErrors(`auth.${secret}`, moved);
}

function checkPrivateKey(
  { url, clientCertificate }: Kept,
  next: Next,
  patch: unknown,
): readonly FieldError[] {
  if (!clientCertificate || !next.clientCertificate || !isElsewhere(url, next.url)) return [];
  return isGiven(patch, "clientCertificate", "privateKey")
    ? []
    : toErrors("clientCertificate.privateKey", ["url"]);
}

function toErrors(path: string, moved: readonly string[]): readonly FieldError[] {
  if (moved.length === 0) return [];
  const message = `has to be given again: ${moved.join(" and ")} would lead it to another origin`;
  return [{ path, code: "required", message }];
}

function isGiven(patch: unknown, option: string, part: string): boolean {
  const given = isObject(patch) ? patch[option] : undefined;
  return isObject(given) && Object.hasOwn(given, part);
}

/** Whether another scheme, host or port. Both were checked. */
const isElsewhere = (one: string, other: string): boolean => new URL(one).origin !== new URL(other).origin;
