import { beforeEach, describe, expect, test } from "@jest/globals";
import { at, EngineHarness, FRESH, OK, SETTINGS } from "./testing/engine-harness.js";

let engine: EngineHarness;
beforeEach(() => {
  engine = new EngineHarness();
});

/** The backlog is read to its end, two deliveries (1, 2) of it are left, and the lane is in CATCH-UP. */
function catchUp(): void {
  engine.draining("a", 3);
  engine.moves();
  expect(engine.answerRead()).toEqual([1, 2]);
  expect(engine.moves()).toEqual([{ to: "catching_up", cause: "done" }]);
}

const isLive = () => engine.lanes.checkpoint().lanes.ep_a === undefined;

describe("CATCH-UP", () => {
  test("keeps arrivals in memory, unresolved, and sends them live behind the backlog", () => {
    catchUp();
    engine.take("a");
    engine.pass(1_000);
    expect(engine.all("park")).toEqual([]);
    expect(engine.lanes.committed).toBe(3);
    expect([engine.deliver(), engine.deliver()]).toEqual([[1], [2]]);
    expect(engine.answerRead()).toEqual([]);
    expect(engine.moves()).toEqual([{ to: "live", cause: "done" }]);
    expect(engine.deliver()).toEqual([3]);
  });

  test("does not begin while more than a page is left", () => {
    engine.draining("a", 10);
    engine.moves();
    engine.answerRead();
    expect(engine.moves()).toEqual([]);
    engine.take("a");
    engine.pass(SETTINGS.parkDelayMs);
    expect(engine.park()).toEqual([10]);
  });

  test("does not begin while a former owner resolved something that was not read yet", () => {
    engine.restart({
      ...FRESH,
      committed: 1,
      done: Uint8Array.of(0b10),
      lanes: {
        ep_a: {
          state: "D",
          cursor: at(0),
          last: at(0),
          attempts: 0,
          firstAttemptAt: undefined,
          nextAt: undefined,
        },
      },
    });
    expect(engine.answerRead()).toEqual([]);
    expect(engine.moves()).toEqual([]);
    engine.takeMany("a", 2);
    engine.pass(SETTINGS.parkDelayMs);
    expect(engine.park()).toEqual([1]);
    expect(engine.answerRead()).toEqual([1]);
    expect(engine.moves()).toEqual([{ to: "catching_up", cause: "done" }]);
  });

  test("ends with a failure: what was kept in memory is parked", () => {
    catchUp();
    engine.takeMany("a", 2);
    engine.fail(engine.one("send"));
    engine.acknowledge();
    engine.pass(SETTINGS.parkDelayMs);
    expect(engine.park()).toEqual([3, 4]);
    expect(engine.storedLane("a")).toMatchObject({ state: "R", cursor: at(0) });
  });

  test("ends when more arrives than it can keep: all of it is parked", () => {
    catchUp();
    engine.takeMany("a", SETTINGS.pageRecordsMax + 1);
    expect(engine.moves()).toEqual([{ to: "draining", cause: "catch_up" }]);
    engine.pass(SETTINGS.parkDelayMs);
    expect(engine.park()).toEqual([3, 4, 5, 6, 7]);
    expect(engine.runOut()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test("sends nothing from the backlog that is also in its queue", () => {
    catchUp();
    engine.take("a");
    // A former owner had parked it, and its checkpoint did not follow.
    engine.writeToBacklog({ position: at(3), facts: engine.facts(3, "a"), body: new Uint8Array(1) });
    expect([engine.deliver(), engine.deliver()]).toEqual([[1], [2]]);
    expect(engine.answerRead()).toEqual([3]);
    expect(engine.deliver()).toEqual([3]);
    expect(isLive()).toBe(true);
  });
});

describe("a lane is live again only when", () => {
  test("everything in the backlog above its cursor is in its queue", () => {
    catchUp();
    // Parked by a former owner, not read from the log yet.
    engine.writeToBacklog({ position: at(4), facts: engine.facts(4, "a"), body: new Uint8Array(1) });
    expect([engine.deliver(), engine.deliver()]).toEqual([[1], [2]]);
    expect(engine.answerRead()).toEqual([4]);
    expect(isLive()).toBe(false);
    engine.takeMany("a", 2);
    expect(engine.runOut()).toEqual([3, 4]);
    expect(isLive()).toBe(true);
  });

  test("none of its parks is un-acknowledged", () => {
    engine.draining("a", 3);
    engine.take("a");
    engine.pass(SETTINGS.parkDelayMs);
    const { records } = engine.one("park");
    engine.answerRead();
    expect(engine.moves().at(-1)).toEqual({ to: "catching_up", cause: "done" });
    expect([engine.deliver(), engine.deliver()]).toEqual([[1], [2]]);
    for (const record of records) engine.writeToBacklog(record);
    engine.pass(1_000);
    expect(isLive()).toBe(false);
    expect(engine.sent()).toEqual([]);
  });

  test("no park was acknowledged since its last read began", () => {
    catchUp();
    expect([engine.deliver(), engine.deliver()]).toEqual([[1], [2]]);
    const stale = engine.one("read");
    engine.takeMany("a", SETTINGS.pageRecordsMax + 1);
    engine.pass(SETTINGS.parkDelayMs);
    expect(engine.park()).toEqual([3, 4, 5, 6, 7]);
    const nothing = { records: [], isComplete: true };
    engine.lanes.onPage(stale.endpointId, stale.ticket, nothing, engine.now);
    expect(isLive()).toBe(false);
    expect(engine.runOut()).toEqual([3, 4, 5, 6, 7]);
    expect(isLive()).toBe(true);
  });

  test("all of its outcomes up to its cursor are recorded", () => {
    catchUp();
    engine.deliver();
    engine.settle(engine.one("send"), OK);
    engine.pass(1_000);
    expect(engine.all("read")).toEqual([]);
    expect(isLive()).toBe(false);
    engine.acknowledge();
    engine.runOut();
    expect(isLive()).toBe(true);
  });
});
