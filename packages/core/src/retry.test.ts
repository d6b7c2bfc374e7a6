import { describe, expect, test } from "@jest/globals";
import type { AttemptOutcome } from "./outcome.js";
import { DEFAULT_RETRY_POLICY, nextStep } from "./retry.js";

const failed: AttemptOutcome = { kind: "failed", error: "timeout" };
const at = (seconds: number) => new Date(seconds * 1000);

describe("what follows an attempt", () => {
  test("attempts start 0, 30, 90 and 180 s after the first, then the delivery is a dead letter", () => {
    const starts = [at(1000)];
    for (let number = 1; ; number++) {
      const step = nextStep(failed, number, starts.at(-1)!, DEFAULT_RETRY_POLICY);
      if (step.kind !== "retry") {
        expect(step).toEqual({ kind: "dead_letter", reason: "retries_exhausted" });
        break;
      }
      expect(step.attemptNumber).toBe(number + 1);
      starts.push(step.dueAt);
    }
    expect(starts.map((start) => start.getTime() / 1000 - 1000)).toEqual([0, 30, 90, 180]);
  });

  test("the wait runs from the start of the attempt before, however late that was", () => {
    const step = nextStep(failed, 2, at(5000), DEFAULT_RETRY_POLICY);
    expect(step).toEqual({ kind: "retry", attemptNumber: 3, dueAt: at(5060) });
  });

  test("a success settles, whatever the number of the attempt", () => {
    for (const number of [1, 2, 3, 4]) {
      expect(nextStep({ kind: "succeeded", statusCode: 204 }, number, at(0), DEFAULT_RETRY_POLICY)).toEqual({
        kind: "settled",
      });
    }
  });

  test("410 gives up at once", () => {
    const gone: AttemptOutcome = { kind: "failed", error: "status", statusCode: 410 };
    expect(nextStep(gone, 1, at(0), DEFAULT_RETRY_POLICY)).toEqual({ kind: "dead_letter", reason: "gone" });
  });

  test("a fault of our own side uses up no attempt, not even the last", () => {
    const own: AttemptOutcome = { kind: "own_fault", fault: "sockets_exhausted" };
    expect(nextStep(own, 4, at(0), DEFAULT_RETRY_POLICY)).toEqual({ kind: "deferred", attemptNumber: 4 });
  });

  test("without waits the first failure is the last attempt", () => {
    expect(nextStep(failed, 1, at(0), { waitsSeconds: [] })).toEqual({
      kind: "dead_letter",
      reason: "retries_exhausted",
    });
  });
});
