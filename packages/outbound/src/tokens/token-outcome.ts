import type { AttemptOutcome } from "@hooklane/core";

/** A token that can be sent. */
export interface AccessToken {
  readonly value: string;
  /** Of the clock of who fetched it, milliseconds: from then on another one is fetched. */
  readonly usableUntil: number;
}

/** Why there is no token: what the attempt it was for ends in. */
export type NoToken = Exclude<AttemptOutcome, { readonly kind: "succeeded" }>;

export type TokenOutcome = { readonly kind: "token"; readonly token: AccessToken } | NoToken;

/** The endpoint answered, and the answer is no: the user's affair, or their authorization server's. */
export const refused = (detail: string): NoToken => ({ kind: "failed", error: "token_refused", detail });

/** The endpoint did not answer, or said that it cannot now. */
export const unavailable = (detail: string): NoToken => ({
  kind: "failed",
  error: "token_unavailable",
  detail,
});
