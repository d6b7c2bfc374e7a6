import { beforeEach, describe, expect, test } from "@jest/globals";
import { at, EngineHarness, OK, SETTINGS } from "./testing/engine-harness.js";

let engine: EngineHarness;
beforeEach(() => {
  engine = new EngineHarness();
});

/** A request is in flight, two deliveries behind it are too old: they go to the backlog. */
function overflow() {
  engine.takeMany("a", 3);
  const send = engine.one("send");
  engine.pass(SETTINGS.overflowAfterMs + 1_500);
  expect(engine.moves()).toEqual([{ to: "draining", cause: "age" }]);
  expect(engine.park()).toEqual([1, 2]);
  return send;
}

describe("a live lane that holds its partition back", () => {
  test("by age goes to the backlog; its request in flight stays, its cursor before that until it ends", () => {
    const send = overflow();
    expect(engine.storedLane("a")).toMatchObject({ state: "D", cursor: at(0) - 1 });
    expect(engine.lanes.committed).toBe(0);
    engine.settle(send, OK);
    engine.acknowledge();
    expect(engine.storedLane("a")).toMatchObject({ state: "D", cursor: at(0) });
    expect(engine.lanes.committed).toBe(3);
    expect(engine.runOut()).toEqual([1, 2]);
  });

  test("stays live when it has nothing behind its request in flight", () => {
    engine.take("a");
    engine.pass(SETTINGS.overflowAfterMs + 1_500);
    expect(engine.moves()).toEqual([]);
  });

  test("is not old while it waits for its batch to fill", () => {
    engine.setWebhook("a", { batching: { maxEvents: 5, maxWaitSeconds: 60 } });
    engine.takeMany("a", 2);
    engine.pass(SETTINGS.overflowAfterMs + 40_000);
    expect(engine.moves()).toEqual([]);
    engine.pass(20_000);
    expect(engine.sent()).toEqual([[0, 1]]);
  });

  test("by age goes to the backlog again from CATCH-UP, however slowly its backlog is taken", () => {
    engine.draining("a", 3);
    engine.answerRead();
    engine.take("a");
    engine.moves();
    engine.pass(SETTINGS.overflowAfterMs + 1_500);
    expect(engine.moves()).toEqual([{ to: "draining", cause: "age" }]);
    expect(engine.park()).toEqual([3]);
    expect(engine.lanes.committed).toBe(4);
    expect(engine.runOut()).toEqual([1, 2, 3]);
  });

  test("by weight goes to the backlog when others have nothing to do, and the partition goes on", () => {
    engine.take("b");
    engine.deliver();
    engine.takeMany("a", SETTINGS.queuedRecordsMax);
    expect(engine.all("pause")).toHaveLength(1);
    engine.pass(1_500);
    expect(engine.moves()).toEqual([{ to: "draining", cause: "weight" }]);
    engine.park();
    expect(engine.all("resume")).toHaveLength(1);
  });

  test("by weight stays live while nobody else could do more", () => {
    engine.take("b");
    engine.takeMany("a", SETTINGS.queuedRecordsMax);
    engine.pass(1_500);
    expect(engine.moves()).toEqual([]);
  });
});

describe("a request in flight when its lane leaves the live path", () => {
  test("is parked when it is refused at the last moment, and sent in its turn", () => {
    const { endpointId, ticket } = overflow();
    engine.lanes.onRefused(endpointId, ticket, engine.now);
    engine.pass(SETTINGS.parkDelayMs);
    expect(engine.park()).toEqual([0]);
    expect(engine.lanes.committed).toBe(3);
    expect(engine.runOut()).toEqual([0, 1, 2]);
  });

  test("is parked when it fails, and retried", () => {
    engine.fail(overflow());
    engine.acknowledge();
    expect(engine.storedLane("a")).toMatchObject({ state: "R", cursor: at(0) - 1, last: at(0) });
    engine.pass(SETTINGS.parkDelayMs);
    expect(engine.park()).toEqual([0]);
  });
});
