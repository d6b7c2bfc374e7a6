import { describe, expect, test } from "@jest/globals";
import { backoff } from "./backoff.js";
import { retryForever } from "./retry-forever.js";

describe("the pause between attempts", () => {
  test("doubles from the base to the cap, at least half of it certain", () => {
    const policy = { baseMs: 100, capMs: 1_000 };
    expect([1, 2, 3, 4, 5, 500].map((attempt) => backoff(attempt, 0, policy))).toEqual([
      50, 100, 200, 400, 500, 500,
    ]);
    expect([1, 2, 3, 4, 5].map((attempt) => backoff(attempt, 1, policy))).toEqual([
      100, 200, 400, 800, 1_000,
    ]);
  });
});

describe("a call repeated for ever", () => {
  test("goes on until it succeeds, and reports every failure", async () => {
    const failures: [string, number, number][] = [];
    const result = await retryForever(
      (attempt) => (attempt < 4 ? Promise.reject(new Error(`no ${attempt}`)) : Promise.resolve("yes")),
      {
        signal: new AbortController().signal,
        backoff: (attempt) => attempt,
        onError: (error, attempt, waitMs) => failures.push([(error as Error).message, attempt, waitMs]),
      },
    );
    expect(result).toBe("yes");
    expect(failures).toEqual([
      ["no 1", 1, 1],
      ["no 2", 2, 2],
      ["no 3", 3, 3],
    ]);
  });

  test("ends with the signal's reason, also in the middle of a long pause", async () => {
    const stop = new AbortController();
    const reason = new Error("stopped");
    const calling = retryForever(() => Promise.reject(new Error("down")), {
      signal: stop.signal,
      backoff: () => 3_600_000,
      onError: () => setImmediate(() => stop.abort(reason)),
    });
    await expect(calling).rejects.toBe(reason);
  });

  test("does not begin when already stopped", async () => {
    let calls = 0;
    const calling = retryForever(() => Promise.resolve(calls++), {
      signal: AbortSignal.abort(new Error("stopped")),
    });
    await expect(calling).rejects.toThrow("stopped");
    expect(calls).toBe(0);
  });
});
