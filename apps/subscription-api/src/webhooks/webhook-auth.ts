import type { CreateWebhook, FieldError, ShownAuth } from "@hooklane/contracts";
import type { DestinationPolicy, WebhookAuth } from "@hooklane/core";
import { checkDestination } from "../http/destination-check.js";
import { isObject } from "../http/merge-patch.js";

/** What of it may be shown: no password, token or client secret. */
export function toAuthAnswer(auth: WebhookAuth): ShownAuth {
  switch (auth.type) {
    case "basic":
      return { type: auth.type, username: auth.username };
    case "bearer":
      return { type: auth.type };
    case "oauth2":
      return {
        type: auth.type,
        tokenUrl: auth.tokenUrl,
        clientId: auth.clientId,
        ...(auth.scope !== undefined && { scope: auth.scope }),
        ...(auth.audience !== undefined && { audience: auth.audience }),
      };
  }
}

/** The token endpoint is a destination like a webhook's own URL (product.md O6). */
export function checkAuth(
  destinations: DestinationPolicy,
  auth: CreateWebhook["auth"],
): readonly FieldError[] {
  return auth?.type === "oauth2" ? checkDestination(destinations, auth.tokenUrl, "auth.tokenUrl") : [];
}

/**
 * Whether a merge patch makes `auth` another kind: then nothing of the one before stays. Merged field by field, a
 * password would be left over in a bearer's `auth`.
 */
export function isOtherAuth(auth: WebhookAuth | undefined, patch: unknown): boolean {
  if (auth === undefined || !isObject(patch) || !isObject(patch.auth)) return false;
  return Object.hasOwn(patch.auth, "type") && patch.auth.type !== auth.type;
}
