import type { AttemptError, AttemptOutcome } from "@hooklane/core";
import type { ClientIdentity } from "@hooklane/request";

/** How a receiver looks that does not take our certificate: it says so, or hangs up. */
const REFUSALS: ReadonlySet<AttemptError> = new Set(["tls", "connection_reset", "protocol"]);

/**
 * Names a certificate of the webhook's own that has expired where that may be why a receiver refused it. What it says is
 * one of many codes or nothing at all, and whoever reads the log has to look at his own certificate, not at the receiver.
 *
 * @param wallNow milliseconds since 1970
 */
export function withExpiry(
  outcome: AttemptOutcome,
  identity: ClientIdentity | undefined,
  wallNow: number,
): AttemptOutcome {
  if (identity === undefined || wallNow < identity.expiresAt) return outcome;
  if (outcome.kind !== "failed" || !REFUSALS.has(outcome.error)) return outcome;
  const { error, detail = error } = outcome;
  const at = new Date(identity.expiresAt).toISOString();
  return { ...outcome, error: "tls", detail: `the client certificate expired on ${at} (${detail})` };
}
