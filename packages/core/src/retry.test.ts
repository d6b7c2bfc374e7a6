import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type AttemptOutcome, toTemplateFailure } from "./outcome.js";
import { DEFAULT_RETRY_POLICY, type NextStep, nextStep, nextStepOfTest, type RetryPolicy } from "./retry.js";

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

  test("a body that could not be made is given up at once, whatever the number of the attempt", () => {
    for (const number of [1, 2, 3, 4])
      expect(nextStep(toTemplateFailure("line 1"), number, at(0), DEFAULT_RETRY_POLICY)).toEqual({
        kind: "dead_letter",
        reason: "template_failed",
      });
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

describe("a wish to be retried later", () => {
  const FIRST = 1_000_000;
  const throttled = (retryAfterMs: number): AttemptOutcome => ({
    kind: "failed",
    error: "status",
    statusCode: 429,
    retryAfterMs,
  });
  /** What follows attempt `number`, all in seconds after the first attempt. */
  const after = (number: number, startedAt: number, retryAfterS: number) => {
    const started = new Date(FIRST + startedAt * 1000);
    const outcome = throttled(retryAfterS * 1000);
    const step = nextStep(outcome, number, started, DEFAULT_RETRY_POLICY, new Date(FIRST));
    return step.kind === "retry"
      ? [step.attemptNumber, (step.dueAt.getTime() - FIRST) / 1000]
      : [step.kind, 0];
  };

  test.each([
    { number: 1, startedAt: 0, wish: 0, next: [2, 30] },
    { number: 1, startedAt: 0, wish: 29, next: [2, 30] },
    { number: 1, startedAt: 0, wish: 30.4, next: [2, 30] },
    { number: 1, startedAt: 0, wish: 31, next: [3, 90] },
    { number: 1, startedAt: 0, wish: 90.9, next: [3, 90] },
    { number: 1, startedAt: 0, wish: 100, next: [4, 180] },
    { number: 1, startedAt: 0, wish: 86_400, next: [4, 180] },
    { number: 2, startedAt: 30, wish: 60.2, next: [3, 90] },
    { number: 2, startedAt: 30, wish: 61, next: [4, 180] },
    { number: 3, startedAt: 90, wish: 3600, next: [4, 180] },
    { number: 4, startedAt: 180, wish: 10, next: ["dead_letter", 0] },
  ])(
    "attempt $number at $startedAt s that asks for $wish s is followed by $next",
    ({ number, startedAt, wish, next }) => {
      expect(after(number, startedAt, wish)).toEqual(next);
    },
  );

  test("the last attempt stands at 180 s even where the slots have slipped", () => {
    expect(after(2, 32, 3600)).toEqual([4, 180]);
  });

  test("what is late already is not made later still", () => {
    expect(after(2, 150, 3600)).toEqual([3, 210]);
  });

  test("410 gives up however long it asks to wait", () => {
    const gone: AttemptOutcome = { kind: "failed", error: "status", statusCode: 410, retryAfterMs: 5000 };
    expect(nextStep(gone, 1, at(0), DEFAULT_RETRY_POLICY, at(0))).toEqual({
      kind: "dead_letter",
      reason: "gone",
    });
  });

  const policies = fc.record({
    waitsSeconds: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 6 }),
  });
  /** Of each attempt in turn: what it asks for, and how late the next one starts after it is due, milliseconds. */
  const course = fc.array(
    fc.record({
      wishMs: fc.option(fc.integer({ min: 0, max: 2_000_000 }), { nil: undefined }),
      lateMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400_000 })),
    }),
    { minLength: 6, maxLength: 6 },
  );
  const totalMs = ({ waitsSeconds }: RetryPolicy) =>
    waitsSeconds.reduce((total, wait) => total + wait * 1000, 0);

  test("never early, never past the last slot by a wish, numbers rise, and the last attempt is made", () => {
    fc.assert(
      fc.property(policies, course, (policy, attempts) => {
        let number = 1;
        let start = FIRST;
        for (const { wishMs, lateMs } of attempts) {
          const outcome = wishMs === undefined ? failed : throttled(wishMs);
          const step = nextStep(outcome, number, new Date(start), policy, new Date(FIRST));
          const natural = start + (policy.waitsSeconds[number - 1] ?? NaN) * 1000;
          const last = FIRST + totalMs(policy);
          if (step.kind !== "retry") {
            expect(number).toBe(policy.waitsSeconds.length + 1);
            return;
          }
          const due = step.dueAt.getTime();
          expect(due).toBeGreaterThanOrEqual(natural);
          expect(due).toBeLessThanOrEqual(Math.max(natural, last));
          expect(step.attemptNumber).toBeGreaterThan(number);
          expect(step.attemptNumber).toBeLessThanOrEqual(policy.waitsSeconds.length + 1);
          // Before the wish only where the last slot, or a whole second's rounding, says so.
          if (wishMs !== undefined && due < Math.min(start + wishMs, last) - 1_000)
            expect(natural).toBeGreaterThanOrEqual(last);
          number = step.attemptNumber;
          start = due + lateMs;
        }
      }),
    );
  });

  test("as long as attempts start when due, each starts in its own slot, whatever was asked", () => {
    fc.assert(
      fc.property(policies, course, (policy, attempts) => {
        const slots = policy.waitsSeconds.map(
          (_, index) => FIRST + totalMs({ waitsSeconds: policy.waitsSeconds.slice(0, index + 1) }),
        );
        let number = 1;
        let start = FIRST;
        for (const { wishMs } of attempts) {
          const outcome = wishMs === undefined ? failed : throttled(wishMs);
          const step = nextStep(outcome, number, new Date(start), policy, new Date(FIRST));
          if (step.kind !== "retry") return;
          expect(step.dueAt.getTime()).toBe(slots[step.attemptNumber - 2]);
          expect(nextStep(outcome, number, new Date(start), policy)).toEqual(step);
          number = step.attemptNumber;
          start = step.dueAt.getTime();
        }
      }),
    );
  });
});

describe("what follows the attempt of a test event", () => {
  const failed = (statusCode: number): AttemptOutcome => ({ kind: "failed", error: "status", statusCode });

  test.each<[AttemptOutcome, NextStep]>([
    [{ kind: "succeeded", statusCode: 200 }, { kind: "settled" }],
    [failed(500), { kind: "dead_letter", reason: "retries_exhausted" }],
    [failed(410), { kind: "dead_letter", reason: "retries_exhausted" }],
    [toTemplateFailure("x"), { kind: "dead_letter", reason: "template_failed" }],
    [
      { kind: "own_fault", fault: "aborted" },
      { kind: "deferred", attemptNumber: 1 },
    ],
  ])("%j: %j", (outcome, next) => expect(nextStepOfTest(outcome, 1)).toEqual(next));
});
