import type { AttemptOutcome } from "@hooklane/core";
import { expect, test } from "@jest/globals";
import { withExpiry } from "./client-expiry.js";

const identity = { id: "i", certificate: "", privateKey: "", expiresAt: Date.UTC(2026, 0, 2) };
const failed = (error: "tls" | "connection_reset" | "timeout"): AttemptOutcome => ({
  kind: "failed",
  error,
  detail: "CODE",
});

test.each(["tls", "connection_reset"] as const)(
  "a certificate that expired is named where %s is",
  (error) => {
    expect(withExpiry(failed(error), identity, identity.expiresAt)).toEqual({
      kind: "failed",
      error: "tls",
      detail: "the client certificate expired on 2026-01-02T00:00:00.000Z (CODE)",
    });
  },
);

test("it is not where it is in force, where there is none, and where it cannot be why", () => {
  expect(withExpiry(failed("tls"), identity, identity.expiresAt - 1)).toEqual(failed("tls"));
  expect(withExpiry(failed("tls"), undefined, identity.expiresAt)).toEqual(failed("tls"));
  expect(withExpiry(failed("timeout"), identity, identity.expiresAt)).toEqual(failed("timeout"));
  const own: AttemptOutcome = { kind: "own_fault", fault: "aborted" };
  expect(withExpiry(own, identity, identity.expiresAt)).toBe(own);
});
