import { describe, expect, test } from "@jest/globals";
import { isGone, isSuccess, isUnsent, toOutcome } from "./outcome.js";

describe("what a status line means", () => {
  test("every 2xx is a success by default, and nothing else is", () => {
    const successes = Array.from({ length: 500 }, (_, i) => i + 100).filter((code) => isSuccess(code, "2xx"));
    expect(successes[0]).toBe(200);
    expect(successes.at(-1)).toBe(299);
    expect(successes).toHaveLength(100);
  });

  test("with success status 200 no other 2xx is a success", () => {
    expect(isSuccess(200, "200")).toBe(true);
    expect(isSuccess(201, "200")).toBe(false);
    expect(isSuccess(204, "200")).toBe(false);
  });

  test("a redirect is a failure", () => {
    expect(toOutcome(302, "2xx")).toEqual({ kind: "failed", error: "status", statusCode: 302 });
  });

  test("a failure carries what the receiver asked for, a success does not", () => {
    expect(toOutcome(503, "2xx", 1_000)).toEqual({
      kind: "failed",
      error: "status",
      statusCode: 503,
      retryAfterMs: 1_000,
    });
    expect(toOutcome(200, "2xx", 1_000)).toEqual({ kind: "succeeded", statusCode: 200 });
  });

  test("only 410 says gone", () => {
    expect(isGone(toOutcome(410, "2xx"))).toBe(true);
    expect(isGone(toOutcome(404, "2xx"))).toBe(false);
    expect(isGone(toOutcome(200, "2xx"))).toBe(false);
  });
});

test("what failed before anything was sent says nothing about the receiver", () => {
  for (const error of ["template", "token_refused", "token_unavailable"] as const)
    expect(isUnsent({ kind: "failed", error })).toBe(true);
  for (const error of ["status", "timeout", "connection_refused", "destination_refused"] as const)
    expect(isUnsent({ kind: "failed", error })).toBe(false);
  expect(isUnsent({ kind: "own_fault", fault: "aborted" })).toBe(false);
});
