import { beforeEach, describe, expect, test } from "@jest/globals";
import { at, EngineHarness, FRESH, SETTINGS } from "./testing/engine-harness.js";
import type { StoredLane } from "./stored-lane.js";

let engine: EngineHarness;
beforeEach(() => {
  engine = new EngineHarness();
});

const draining = (cursor: number): StoredLane => ({
  state: "D",
  cursor: at(0) + cursor,
  last: at(0) + cursor,
  attempts: 0,
  firstAttemptAt: undefined,
  nextAt: undefined,
});

describe("the next owner", () => {
  test("of a retrying lane makes the same request again at the same time, as the next attempt", () => {
    engine.setWebhook("a", { batching: { maxEvents: 2, maxWaitSeconds: 5 } });
    engine.retrying("a", 4);
    const dueAt = engine.storedLane("a")?.nextAt ?? 0;
    engine.restart(engine.store());
    // Read at once: its webhook may have been switched off meanwhile.
    expect(engine.answerRead()).toEqual([0, 1]);
    expect(engine.sent()).toEqual([]);
    engine.pass(dueAt - 1 - engine.now);
    expect(engine.answerRead()).toEqual([0, 1]);
    expect(engine.sent()).toEqual([]);
    engine.pass(1);
    expect(engine.one("send")).toMatchObject({ attempt: 2, records: [{}, {}] });
  });

  test("of a retrying lane knows its attempts: the fourth failure is the last", () => {
    engine.retrying("a", 1);
    const { lanes, ...rest } = engine.store();
    const lane = { ...lanes.ep_a!, attempts: 3 };
    engine.restart({ ...rest, lanes: { ep_a: lane } });
    engine.answerRead();
    engine.pass(29_900);
    engine.answerRead();
    engine.fail(engine.one("send"));
    expect(engine.acknowledge()).toMatchObject([{ attempt: 4, next: { kind: "dead_letter" } }]);
  });

  test("of a retrying lane waits until all of its request was read from the log and parked", () => {
    engine.takeMany("a", 2);
    engine.fail(engine.one("send"));
    engine.acknowledge();
    const checkpoint = engine.store();
    expect(checkpoint).toMatchObject({ committed: 0, lanes: { ep_a: { state: "R" } } });
    engine.restart(checkpoint);
    engine.pass(60_000);
    expect(engine.all("read")).toEqual([]);
    engine.takeMany("a", 2);
    engine.pass(SETTINGS.parkDelayMs);
    expect(engine.all("read")).toEqual([]);
    engine.park();
    expect(engine.answerRead()).toEqual([0]);
    expect(engine.sent()).toEqual([[0]]);
  });

  test("of a retrying lane goes on behind its request when all of that was settled at intake", () => {
    engine.takeMany("a", 2);
    engine.fail(engine.one("send"));
    engine.acknowledge();
    engine.setWebhook("a", { version: 2, generation: 2 });
    engine.restart(engine.store());
    engine.take("a");
    engine.take("a", { generation: 2, version: 2 });
    engine.acknowledge();
    engine.pass(SETTINGS.parkDelayMs);
    engine.park();
    engine.pass(1_000);
    expect(engine.answerRead()).toEqual([]);
    expect(engine.storedLane("a")).toMatchObject({ state: "D", cursor: at(0) });
    expect(engine.runOut()).toEqual([1]);
  });

  test("of a draining lane reads on behind its cursor", () => {
    engine.draining("a", 4);
    engine.answerRead();
    engine.deliver();
    engine.restart(engine.store());
    expect(engine.runOut()).toEqual([2, 3]);
  });

  test("takes what a lane's cursor has passed as resolved", () => {
    engine.restart({ ...FRESH, lanes: { ep_a: draining(1) } });
    expect([engine.take("a"), engine.take("a"), engine.take("a")]).toEqual(["resolved", "resolved", "taken"]);
    expect(engine.runOut()).toEqual([2]);
  });

  test("parks again what was parked and not yet resolved in a checkpoint: it is sent once", () => {
    engine.takeMany("a", 3);
    engine.fail(engine.one("send"));
    engine.acknowledge();
    const checkpoint = engine.store();
    engine.pass(SETTINGS.parkDelayMs);
    engine.park();
    engine.restart(checkpoint);
    engine.takeMany("a", 3);
    engine.pass(SETTINGS.parkDelayMs);
    expect(engine.park()).toEqual([0, 1, 2]);
    engine.pass(30_000);
    expect(engine.runOut()).toEqual([0, 1, 2]);
  });
});

describe("a log of which no stored checkpoint names a record", () => {
  beforeEach(() => {
    engine.restart(FRESH, { isLogSeen: false });
    engine.takeMany("a", 3);
    engine.fail(engine.one("send"));
    engine.acknowledge();
    engine.pass(10 * SETTINGS.parkDelayMs);
  });

  test("has nothing of it parked: were it replaced now, other records would stand in the same places", () => {
    expect(engine.all("park")).toEqual([]);
    expect(engine.lanes.committed).toBe(0);
  });

  test("has what waits parked as soon as one does", () => {
    engine.lanes.onLogSeen(engine.now);
    expect(engine.park()).toEqual([0, 1, 2]);
    expect(engine.lanes.committed).toBe(3);
  });
});
