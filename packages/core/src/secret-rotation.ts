/** What a webhook signs with (product.md D10). */
export interface SigningSecret {
  /** `whsec_…`. */
  readonly value: string;
  readonly createdAt: Date;
  /** Absent: the current one. */
  readonly expiresAt?: Date;
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
  value: string,
  at: Date,
  overlapMs: number,
): SecretRotation {
  const current: SigningSecret = { value, createdAt: at };
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
