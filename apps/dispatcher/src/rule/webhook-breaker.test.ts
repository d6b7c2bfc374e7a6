import { EventEmitter } from "node:events";
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import type { AttemptEnd } from "@hooklane/core";
import type { ExchangeOwner } from "@hooklane/outbound";
import { WebhookBreaker } from "./webhook-breaker.js";

const TIMED_OUT: AttemptEnd = {
  outcome: { kind: "failed", error: "timeout" },
  startedAt: 0,
  durationMs: 5_000,
};

/** Of opossum's statistics, in steps of {@link rotate}. */
const WINDOW_STEPS = 10;

describe("WebhookBreaker", () => {
  const rotation = new EventEmitter();
  const breaker = new WebhookBreaker(rotation);
  afterEach(() => breaker.shutdown());

  /** A request that ends `steps` after its start. */
  async function failAfter(steps: number): Promise<void> {
    let guarded: ExchangeOwner | undefined;
    breaker.fire({ mayStart: () => true, onRefused: jest.fn(), onEnd: jest.fn() }, (owner) => {
      guarded = owner;
    });
    for (let step = 0; step < steps; step++) rotation.emit("rotate");
    guarded?.onEnd(TIMED_OUT);
    // The breaker hears of it through its promise.
    await new Promise(setImmediate);
  }

  test("stays closed whatever fails, also when starts leave its statistics before their failures", async () => {
    for (let attempt = 0; attempt < 5; attempt++) await failAfter(WINDOW_STEPS / 2);
    for (let attempt = 0; attempt < 5; attempt++) await failAfter(WINDOW_STEPS + 1);
    expect(breaker.isClosed).toBe(true);
  });
});
