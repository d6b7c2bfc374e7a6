import type { SignatureScheme } from "./vocabulary.js";

/** What a webhook signs with (product.md D10). */
export interface SigningSecret extends NewSecret {
  readonly createdAt: Date;
  /** Absent: the current one. */
  readonly expiresAt?: Date;
}

/** A secret that does not sign yet. */
export interface NewSecret {
  /** `whsec_…`, or the key pair of ed25519 as `whsk_…`. */
  readonly value: string;
  /** `whpk_…`, of ed25519 only: what receivers verify with. */
  readonly publicKey?: string;
}

/**
 * The current one and two that run out: each costs a signature in every request, and who rotates more often than
 * receivers can follow wants the old ones to end.
 */
export const LIVE_SECRETS_MAX = 3;

/** How long the secret before signs too, hours. */
export const SECRET_OVERLAP_HOURS = { min: 0, max: 168, byDefault: 24 } as const;

export type SecretRotation =
  | { readonly kind: "rotated"; readonly secrets: readonly SigningSecret[] }
  /** There would be more than {@link LIVE_SECRETS_MAX}. `until`: when the next one runs out. */
  | { readonly kind: "too_many"; readonly until: Date };

/**
 * A new current secret in front; the one before signs too until `overlapMs` from `at`, older ones as long as they were
 * given, and what has expired is dropped. Without an overlap every older one ends at once: that is for a secret that
 * became known to others.
 */
export function rotateSecrets(
  secrets: readonly SigningSecret[],
  next: NewSecret,
  at: Date,
  overlapMs: number,
): SecretRotation {
  const current: SigningSecret = { ...next, createdAt: at };
  if (overlapMs <= 0) return { kind: "rotated", secrets: [current] };
  const before = secrets.filter(({ expiresAt }) => expiresAt === undefined);
  const ending = secrets.filter(({ expiresAt = at }) => expiresAt > at);
  if (1 + before.length + ending.length > LIVE_SECRETS_MAX) {
    const ends = ending.map(({ expiresAt = at }) => expiresAt.getTime());
    return { kind: "too_many", until: new Date(Math.min(...ends)) };
  }
  const expiresAt = new Date(at.getTime() + overlapMs);
  return {
    kind: "rotated",
    secrets: [current, ...before.map((secret) => ({ ...secret, expiresAt })), ...ending],
  };
}

/** The scheme of the current secret. */
export function signatureSchemeOf(secrets: readonly SigningSecret[]): SignatureScheme {
  return secrets[0]?.publicKey === undefined ? "hmac-sha256" : "ed25519";
}

/** A key receivers verify with. */
export interface PublicKey {
  /** `whpk_…`. */
  readonly key: string;
  /** Absent: the current one. */
  readonly expiresAt?: Date;
}

/** The public keys of what signs at this time, in the order of the secrets. */
export function publicKeysOf(secrets: readonly SigningSecret[], at: Date): readonly PublicKey[] {
  return secrets.flatMap(({ publicKey, expiresAt }) => {
    if (publicKey === undefined || (expiresAt !== undefined && expiresAt <= at)) return [];
    return [{ key: publicKey, ...(expiresAt && { expiresAt }) }];
  });
}
