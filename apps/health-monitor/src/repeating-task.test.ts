import { setImmediate as nextTurn } from "node:timers/promises";
import { createLogger } from "@hooklane/service";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { RepeatingTask } from "./repeating-task.js";

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "queueMicrotask"] });
});
afterEach(() => {
  jest.useRealTimers();
});

function createTask(run: (signal: AbortSignal) => Promise<void>): RepeatingTask {
  return new RepeatingTask({
    failureEvent: "test.failed",
    intervalMs: 1_000,
    run,
    logger: createLogger("test", "silent"),
  });
}

describe("RepeatingTask", () => {
  test("runs at the start, at every interval and when rung", async () => {
    let runs = 0;
    const task = createTask(() => {
      runs++;
      return Promise.resolve();
    });
    task.start();
    await nextTurn();
    expect(runs).toBe(1);
    jest.advanceTimersByTime(1_000);
    await nextTurn();
    expect(runs).toBe(2);
    task.ring();
    await nextTurn();
    expect(runs).toBe(3);
    await task.close();
  });

  test("never two runs at once; rings during a run lead to exactly one more", async () => {
    const ends: (() => void)[] = [];
    const task = createTask(() => new Promise((resolve) => ends.push(resolve)));
    task.start();
    task.ring();
    task.ring();
    await nextTurn();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await nextTurn();
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await nextTurn();
    expect(ends).toHaveLength(2);
    await task.close();
  });

  test("a run that fails does not end it", async () => {
    let runs = 0;
    const task = createTask(() => {
      runs++;
      return Promise.reject(new Error("broken"));
    });
    task.start();
    await nextTurn();
    jest.advanceTimersByTime(1_000);
    await nextTurn();
    expect(runs).toBe(2);
    await task.close();
  });

  test("closing lets the run in progress end, and starts none", async () => {
    const signals: AbortSignal[] = [];
    const ends: (() => void)[] = [];
    const task = createTask((signal) => {
      signals.push(signal);
      return new Promise((resolve) => ends.push(resolve));
    });
    task.start();
    await nextTurn();
    const closed = task.close();
    expect(signals[0]?.aborted).toBe(true);
    ends[0]?.();
    await closed;
    task.ring();
    jest.advanceTimersByTime(5_000);
    await nextTurn();
    expect(signals).toHaveLength(1);
  });
});
