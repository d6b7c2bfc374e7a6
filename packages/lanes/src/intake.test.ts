import { beforeEach, describe, expect, test } from "@jest/globals";
import { EngineHarness, FRESH, OK, SETTINGS } from "./testing/engine-harness.js";

const BODY = new Uint8Array(100);
let engine: EngineHarness;
beforeEach(() => {
  engine = new EngineHarness();
});

describe("intake", () => {
  test("a fan-out that was produced twice is dropped, and the mark rises with what is not", () => {
    expect(engine.take("a", { source: [2, 0, 7, 0] })).toBe("taken");
    expect(engine.take("b", { source: [2, 0, 7, 1] })).toBe("taken");
    expect(engine.take("a", { source: [2, 0, 7, 0] })).toBe("resolved");
    expect(engine.take("a", { source: [2, 0, 6, 9] })).toBe("resolved");
    expect(engine.take("b", { source: [1, 0, 7, 1] })).toBe("taken");
    expect(engine.take("b", { source: [2, 1, 0, 0] })).toBe("taken");
  });

  test("the mark advances also over what an earlier owner had done", () => {
    engine.restart({ ...FRESH, done: Uint8Array.of(0b1) });
    expect(engine.take("a", { source: [0, 0, 5, 0] })).toBe("resolved");
    expect(engine.take("a", { source: [0, 0, 5, 0] })).toBe("resolved");
    expect(engine.sent()).toEqual([]);
  });

  test("what is read twice is dropped, what is ahead is a gap", () => {
    engine.take("a");
    expect(engine.lanes.onRecord(0, engine.facts(0, "a"), BODY, engine.now)).toBe("stale");
    expect(engine.lanes.onRecord(2, engine.facts(2, "a"), BODY, engine.now)).toBe("gap");
    expect(engine.lanes.next).toBe(1);
  });

  test("a record nobody can read holds the watermark until it is kept elsewhere", () => {
    expect(engine.lanes.onUnreadable(0)).toBe("taken");
    engine.nextOffset = 1;
    engine.take("a");
    engine.deliver();
    expect(engine.lanes.committed).toBe(0);
    engine.lanes.onUnreadableKept(0);
    expect(engine.lanes.committed).toBe(2);
  });
});

describe("memory", () => {
  test("what is settled stays in memory until Kafka has its result, and pauses the partition meanwhile", () => {
    engine.setWebhook("a", { status: "inactive" });
    engine.takeMany("a", SETTINGS.queuedRecordsMax);
    expect(engine.lanes.queued.records).toBe(SETTINGS.queuedRecordsMax);
    expect(engine.all("pause")).toHaveLength(1);
    engine.acknowledge();
    expect(engine.all("resume")).toHaveLength(1);
    expect(engine.lanes.queued).toEqual({ records: 0, bytes: 0 });
  });

  test("what is on its way to the backlog counts as held until that has it", () => {
    engine.takeMany("a", 3);
    engine.fail(engine.one("send"));
    engine.acknowledge();
    expect(engine.lanes.queued.records).toBe(3);
    engine.pass(SETTINGS.parkDelayMs);
    engine.park();
    expect(engine.lanes.queued).toEqual({ records: 0, bytes: 0 });
  });

  test("too much in memory pauses the partition, and it goes on well below the limit", () => {
    engine.takeMany("a", 9);
    expect(engine.all("pause")).toEqual([]);
    engine.take("a");
    expect(engine.all("pause")).toHaveLength(1);
    for (let left = 9; left >= 6; left--) {
      engine.deliver();
      expect(engine.all("resume")).toEqual([]);
    }
    engine.deliver();
    expect(engine.all("resume")).toHaveLength(1);
  });

  test("a partition read too far ahead of an unreadable record pauses, and goes on once that is kept", () => {
    engine.lanes.onUnreadable(0);
    engine.nextOffset = 1;
    for (let i = 0; i < SETTINGS.openOffsetsMax; i++) {
      engine.take("a");
      engine.deliver();
    }
    expect(engine.all("pause")).toHaveLength(1);
    engine.lanes.onUnreadableKept(0);
    expect(engine.all("resume")).toHaveLength(1);
  });

  test("results that Kafka does not take stop new requests, until it does", () => {
    engine.takeMany("a", 8);
    for (let i = 0; i < SETTINGS.unreportedMax; i++) engine.settle(engine.one("send"), OK);
    expect(engine.sent()).toEqual([]);
    engine.acknowledge();
    expect(engine.sent()).toEqual([[SETTINGS.unreportedMax]]);
  });
});
