import { beforeEach, describe, expect, test } from "@jest/globals";
import type { AttemptOutcome } from "@hooklane/core";
import { EngineHarness, FAILED, OK, positions } from "./testing/engine-harness.js";

let engine: EngineHarness;
beforeEach(() => {
  engine = new EngineHarness();
});

const takeTest = (webhook = "a") => engine.take(webhook, { trigger: "test" });

describe("a test event", () => {
  test("takes its place in line, and what stands behind it waits for its end", () => {
    engine.take("a");
    takeTest();
    engine.take("a");
    expect(engine.deliver()).toEqual([0]);
    expect(engine.deliver()).toEqual([1]);
    expect(engine.deliver()).toEqual([2]);
  });

  test.each<[AttemptOutcome, string]>([
    [FAILED, "retries_exhausted"],
    [{ kind: "failed", error: "status", statusCode: 410 }, "retries_exhausted"],
    [{ kind: "failed", error: "status", statusCode: 503, retryAfterMs: 60_000 }, "retries_exhausted"],
    [{ kind: "failed", error: "template" }, "template_failed"],
  ])("that fails with %j is given up at once, counts for nothing and disables nothing", (outcome, reason) => {
    takeTest();
    engine.take("a");
    engine.settle(engine.one("send"), outcome);
    expect(engine.all("count")).toEqual([]);
    expect(engine.all("gone")).toEqual([]);
    expect(engine.one("report").report).toMatchObject({ attempt: 1, next: { kind: "dead_letter", reason } });
    expect(engine.deliver()).toEqual([1]);
  });

  test("is attempted again after a fault of our own: that was no attempt", () => {
    takeTest();
    engine.settle(engine.one("send"), { kind: "own_fault", fault: "sockets_exhausted" });
    engine.pass(1_000);
    expect(engine.one("send")).toMatchObject({ attempt: 1 });
  });

  test("waits behind an event that is retried, and is attempted once from the backlog too", () => {
    engine.retrying("a", 1);
    takeTest();
    engine.pass(1_000);
    engine.park();
    engine.pass(29_000);
    engine.answerRead();
    engine.pass(1_000);
    expect(engine.deliver()).toEqual([0]);
    engine.answerRead();
    const send = engine.one("send");
    expect(positions(send)).toEqual([1]);
    engine.settle(send, FAILED);
    expect(engine.all("count")).toEqual([]);
    expect(engine.one("report").report).toMatchObject({ next: { kind: "dead_letter" } });
  });

  test("is skipped like any other when its webhook is switched off meanwhile", () => {
    engine.take("a");
    takeTest();
    const send = engine.one("send");
    engine.setWebhook("a", { status: "inactive", version: 2, generation: 2 });
    engine.settle(send, OK);
    expect(engine.acknowledge().at(-1)).toMatchObject({ kind: "settled", status: "skipped" });
  });
});

describe("in the line of a webhook with batches, a test event", () => {
  beforeEach(() => engine.setWebhook("a", { batching: { maxEvents: 3, maxWaitSeconds: 5 } }));

  test("goes alone, as an array, and waits for nothing", () => {
    takeTest();
    expect(engine.one("send")).toMatchObject({ batched: true, records: [{ isTest: true }] });
  });

  test("ends the batch before it, which goes at once, and begins none", () => {
    engine.takeMany("a", 2);
    takeTest();
    engine.takeMany("a", 3);
    expect(engine.deliver()).toEqual([0, 1]);
    expect(engine.deliver()).toEqual([2]);
    expect(engine.deliver()).toEqual([3, 4, 5]);
  });

  test("is not of the batch that is retried before it", () => {
    engine.takeMany("a", 2);
    takeTest();
    engine.fail(engine.one("send"));
    engine.acknowledge();
    engine.pass(100);
    expect(engine.park()).toEqual([0, 1, 2]);
    engine.pass(29_000);
    expect(engine.answerRead()).toEqual([0, 1]);
    engine.pass(1_000);
    expect(engine.deliver()).toEqual([0, 1]);
  });
});
