import { beforeEach, describe, expect, jest, test } from "@jest/globals";
import { LaneMap } from "./lane-map.js";
import { at, EngineHarness, FRESH } from "./testing/engine-harness.js";

let engine: EngineHarness;
beforeEach(() => {
  engine = new EngineHarness();
});

describe("a line of which one webhook is off, with much of it still coming from the log,", () => {
  beforeEach(() => {
    engine.lineOf.set("a", "line").set("b", "line");
    engine.setWebhook("b", { status: "inactive" });
  });

  /** One more of it is skipped before the result of the one before is acknowledged. */
  function skipAlong(rounds: number): void {
    for (let i = 0; i < rounds; i++) {
      const before = engine.all("report");
      engine.take("b");
      for (const { report } of before) engine.lanes.onReported(report, engine.now);
    }
  }

  test("retries what failed all the same", () => {
    engine.take("a");
    engine.fail(engine.one("send"));
    skipAlong(50);
    expect(engine.storedLane("a")).toMatchObject({ state: "R", cursor: at(0) - 1, last: at(0) });
  });

  test("goes live from CATCH-UP all the same", () => {
    engine.writeToBacklog({ position: at(0), facts: engine.facts(0, "a"), body: new Uint8Array(1) });
    const cursor = at(0) - 1;
    const draining = { cursor, last: cursor, attempts: 0, firstAttemptAt: undefined, nextAt: undefined };
    engine.restart({ ...FRESH, committed: 1, lanes: { ep_line: { state: "D", ...draining } } });
    engine.answerRead();
    engine.deliver();
    for (let i = 0; i < 20; i++) {
      skipAlong(1);
      engine.pass(200);
      if (engine.lanes.pending.inFlight > 0) break;
      for (const { endpointId, ticket, after } of engine.all("read")) {
        const records = (engine.backlog.get(endpointId) ?? []).filter(({ position }) => position > after);
        engine.lanes.onPage(endpointId, ticket, { records, isComplete: true }, engine.now);
      }
    }
    expect(engine.storedLane("a")).toBeUndefined();
  });
});

test("an endpoint that was delivered to is forgotten when there are too many", () => {
  for (let i = 0; i < 5_000; i++) {
    engine.setWebhook(`w${i}`, {});
    engine.take(`w${i}`);
    engine.deliver();
  }
  const all = jest.spyOn(LaneMap.prototype, "all");
  engine.lanes.onConfigurationReloaded(engine.now);
  expect((all.mock.results[0]?.value as readonly unknown[]).length).toBeLessThanOrEqual(4_097);
  all.mockRestore();
});
