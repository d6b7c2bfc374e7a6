import {
  type NewSecret,
  rotateSecrets,
  SECRET_OVERLAP_HOURS,
  type SignatureScheme,
  signatureSchemeOf,
  type SigningSecret,
} from "@hooklane/core";
import type { WebhookDocument } from "@hooklane/store";
import { type Answer, refusal } from "../http/answer.js";
import { newSigningSecret } from "../secrets.js";

const HOUR_MS = 3_600_000;

/** What a secret's user is shown of it, this once; of a key pair nothing, as the public key is always shown. */
export const toShownSecret = ({ value, publicKey }: NewSecret): { readonly secret?: string } =>
  publicKey === undefined ? { secret: value } : {};

export type Rotated =
  | {
      readonly ok: true;
      readonly secrets: readonly SigningSecret[];
      readonly shown: { readonly secret?: string };
    }
  | { readonly ok: false; readonly refusal: Answer };

/** A new secret in front of those of a webhook. */
export function rotate(
  { secrets }: WebhookDocument,
  scheme: SignatureScheme,
  at: Date,
  overlapHours: number,
): Rotated {
  const next = newSigningSecret(scheme);
  const rotation = rotateSecrets(secrets, next, at, overlapHours * HOUR_MS);
  if (rotation.kind === "rotated") return { ok: true, secrets: rotation.secrets, shown: toShownSecret(next) };
  return {
    ok: false,
    refusal: refusal(
      "conflict",
      `Too many older secrets still sign: try again after ${rotation.until.toISOString()}, or end all of them by rotating with overlapHours 0.`,
    ),
  };
}

/** Another scheme is a rotation: what receivers know now stays right until the overlap is over. */
export function withScheme(webhook: WebhookDocument, scheme: SignatureScheme, at: Date): Rotated {
  if (signatureSchemeOf(webhook.secrets) === scheme) return { ok: true, secrets: webhook.secrets, shown: {} };
  return rotate(webhook, scheme, at, SECRET_OVERLAP_HOURS.byDefault);
}
