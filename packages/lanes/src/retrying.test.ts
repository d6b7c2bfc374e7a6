import { beforeEach, describe, expect, test } from "@jest/globals";
import { asEndpointId, type AttemptOutcome } from "@hooklane/core";
import { at, EngineHarness, FAILED, OK, OWN_FAULT, positions, SETTINGS } from "./testing/engine-harness.js";

const EP_A = asEndpointId("ep_a");
let engine: EngineHarness;
beforeEach(() => {
  engine = new EngineHarness();
});

describe("a lane whose request failed", () => {
  test("is stored as R with its cursor before the request, and all of its queue goes to the backlog", () => {
    engine.takeMany("a", 3);
    const startedAt = engine.now;
    engine.fail(engine.one("send"));
    engine.acknowledge();
    expect(engine.moves()).toEqual([{ to: "retrying", cause: "failure" }]);
    expect(engine.storedLane("a")).toEqual({
      state: "R",
      cursor: at(0) - 1,
      last: at(0),
      attempts: 1,
      firstAttemptAt: startedAt,
      nextAt: startedAt + 30_000,
    });
    engine.pass(SETTINGS.parkDelayMs);
    expect(engine.park()).toEqual([0, 1, 2]);
  });

  test("is R only when everything it did before is recorded", () => {
    engine.takeMany("a", 2);
    engine.settle(engine.one("send"), OK);
    engine.fail(engine.one("send"));
    expect(engine.storedLane("a")).toBeUndefined();
    const [delivered, failed] = engine.all("report").map(({ report }) => report);
    engine.lanes.onReported(failed!, engine.now);
    expect(engine.storedLane("a")).toBeUndefined();
    engine.lanes.onReported(delivered!, engine.now);
    expect(engine.storedLane("a")).toMatchObject({ state: "R", cursor: at(0), last: at(1) });
  });

  test("has its offsets resolved only when the backlog has acknowledged them", () => {
    engine.takeMany("a", 3);
    engine.fail(engine.one("send"));
    engine.acknowledge();
    engine.pass(SETTINGS.parkDelayMs);
    expect(positions(engine.one("park"))).toEqual([0, 1, 2]);
    expect(engine.lanes.committed).toBe(0);
    engine.lanes.onParked(engine.now);
    expect(engine.lanes.committed).toBe(3);
  });

  test("is read one second before it is due, exactly the frozen deliveries, and sent at its time", () => {
    engine.setWebhook("a", { batching: { maxEvents: 2, maxWaitSeconds: 5 } });
    engine.retrying("a", 3);
    engine.pass(28_899);
    expect(engine.all("read")).toEqual([]);
    engine.pass(1);
    expect(engine.answerRead()).toEqual([0, 1]);
    engine.pass(999);
    expect(engine.sent()).toEqual([]);
    engine.pass(1);
    const again = engine.one("send");
    expect(positions(again)).toEqual([0, 1]);
    expect(again).toMatchObject({ attempt: 2, pool: "retry", batched: true });
  });

  test("is not made again before all of it is acknowledged by the backlog", () => {
    engine.takeMany("a", 2);
    engine.fail(engine.one("send"));
    engine.acknowledge();
    engine.pass(60_000);
    expect(engine.all("read")).toEqual([]);
    engine.park();
    expect(engine.answerRead()).toEqual([0]);
    expect(engine.sent()).toEqual([[0]]);
  });

  test("waits 30, 60 and 90 s from the start of the attempt before; the fourth failure is its last", () => {
    engine.takeMany("a", 2);
    let send = engine.one("send");
    for (const [index, wait] of [30_000, 60_000, 90_000].entries()) {
      const startedAt = engine.now;
      engine.pass(4_000);
      engine.fail(send, FAILED, startedAt);
      expect(engine.acknowledge()).toMatchObject([
        { attempt: index + 1, next: { kind: "retrying", dueAt: startedAt + wait, attempt: index + 2 } },
      ]);
      engine.pass(SETTINGS.parkDelayMs);
      if (index === 0) engine.park();
      engine.pass(startedAt + wait - 1 - engine.now);
      engine.answerRead();
      expect(engine.sent()).toEqual([]);
      engine.pass(1);
      send = engine.one("send");
      expect(send.attempt).toBe(index + 2);
      expect(positions(send)).toEqual([0]);
    }
    engine.fail(send);
    expect(engine.acknowledge()).toMatchObject([
      { next: { kind: "dead_letter", reason: "retries_exhausted" } },
    ]);
    expect(engine.storedLane("a")).toMatchObject({ state: "D", cursor: at(0) });
    engine.answerRead();
    expect(engine.sent()).toEqual([[1]]);
  });

  test("makes its last attempt when Retry-After passes over the others", () => {
    engine.take("a");
    const later: AttemptOutcome = { kind: "failed", error: "status", statusCode: 503, retryAfterMs: 100_000 };
    engine.fail(engine.one("send"), later);
    expect(engine.acknowledge()).toMatchObject([{ next: { kind: "retrying", attempt: 4 } }]);
    expect(engine.storedLane("a")).toMatchObject({ state: "R", attempts: 3 });
    engine.pass(SETTINGS.parkDelayMs);
    engine.park();
    engine.pass(180_000 - SETTINGS.parkDelayMs - 1);
    engine.answerRead();
    expect(engine.sent()).toEqual([]);
    engine.pass(1);
    const last = engine.one("send");
    expect(last.attempt).toBe(4);
    engine.fail(last);
    expect(engine.acknowledge()).toMatchObject([{ next: { kind: "dead_letter" } }]);
  });

  test("is skipped before it is due when its webhook is switched off", () => {
    engine.retrying("a", 2);
    engine.setWebhook("a", { version: 2, generation: 2, status: "inactive" });
    engine.lanes.onWebhookChanged(EP_A, engine.now);
    expect(engine.answerRead()).toEqual([0]);
    expect(engine.acknowledge()).toMatchObject([{ kind: "settled", status: "skipped" }]);
    expect(engine.storedLane("a")).toMatchObject({ state: "D", cursor: at(0) });
    expect(engine.answerRead()).toEqual([1]);
    expect(engine.acknowledge()).toMatchObject([{ kind: "settled", status: "skipped" }]);
  });

  test("that is read early because its webhook changed waits for its time all the same", () => {
    engine.retrying("a", 1);
    engine.setWebhook("a", { version: 2 });
    engine.lanes.onWebhookChanged(EP_A, engine.now);
    engine.answerRead();
    engine.pass(28_900);
    engine.answerRead();
    expect(engine.sent()).toEqual([]);
    engine.pass(1_000);
    expect(engine.sent()).toEqual([[0]]);
  });

  test("parks what arrives meanwhile", () => {
    engine.retrying("a", 1);
    engine.takeMany("a", 2);
    engine.pass(SETTINGS.parkDelayMs);
    expect(engine.park()).toEqual([1, 2]);
    expect(engine.lanes.committed).toBe(3);
    expect(engine.sent()).toEqual([]);
  });

  test("uses up no attempt by a fault of our own", () => {
    engine.retrying("a", 1);
    engine.pass(29_900);
    engine.answerRead();
    engine.settle(engine.one("send"), OWN_FAULT);
    expect(engine.storedLane("a")).toMatchObject({ state: "R", attempts: 1 });
    engine.pass(1_000);
    if (engine.lanes.pending.inFlight === 0) engine.answerRead();
    expect(engine.one("send").attempt).toBe(2);
  });

  test("leaves out of a batch what a former owner parked in it and this one skipped at intake", () => {
    engine.lineOf.set("a", "line").set("b", "line");
    engine.setWebhook("a", { batching: { maxEvents: 2, maxWaitSeconds: 5 } });
    engine.setWebhook("b", { status: "inactive" });
    engine.take("a");
    engine.take("b");
    engine.take("a");
    const send = engine.one("send");
    expect(positions(send)).toEqual([0, 2]);
    engine.fail(send);
    engine.acknowledge();
    engine.writeToBacklog({ position: at(1), facts: engine.facts(1, "b"), body: new Uint8Array(1) });
    engine.pass(SETTINGS.parkDelayMs);
    engine.park();
    engine.pass(29_900);
    expect(engine.answerRead()).toEqual([0, 1, 2]);
    expect(engine.sent()).toEqual([[0, 2]]);
  });
});
