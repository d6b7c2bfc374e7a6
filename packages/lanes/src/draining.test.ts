import { beforeEach, describe, expect, test } from "@jest/globals";
import { asEndpointId } from "@hooklane/core";
import { at, EngineHarness, OK, positions, SETTINGS } from "./testing/engine-harness.js";

let engine: EngineHarness;
beforeEach(() => {
  engine = new EngineHarness();
});

describe("a lane that is draining its backlog", () => {
  test("sends it page by page in order, and goes live behind it", () => {
    engine.draining("a", 10);
    expect(engine.runOut()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(engine.lanes.checkpoint()).toMatchObject({ committed: 10, lanes: {} });
    engine.take("a");
    expect(engine.one("send")).toMatchObject({ pool: "live" });
  });

  test("reads the next page while this one is being sent", () => {
    engine.draining("a", 10);
    expect(engine.answerRead()).toEqual([1, 2, 3, 4]);
    expect(engine.deliver()).toEqual([1]);
    expect(engine.deliver()).toEqual([2]);
    expect(engine.one("send")).toMatchObject({ pool: "drain" });
    expect(engine.one("read")).toMatchObject({ after: at(4) });
  });

  test("sends nothing that stands behind a delivery whose park is not acknowledged", () => {
    engine.draining("a", 3);
    engine.takeMany("a", 2);
    engine.pass(SETTINGS.parkDelayMs);
    const { records } = engine.one("park");
    expect(positions({ records })).toEqual([3, 4]);
    // Written in part: the later one alone.
    engine.writeToBacklog(records[1]!);
    expect(engine.answerRead()).toEqual([1, 2, 4]);
    expect([engine.deliver(), engine.deliver()]).toEqual([[1], [2]]);
    engine.answerRead();
    engine.pass(1_000);
    expect(engine.sent()).toEqual([]);
    engine.writeToBacklog(records[0]!);
    engine.lanes.onParked(engine.now);
    expect(engine.runOut()).toEqual([3, 4]);
  });

  test("is R again when a request fails, with its cursor before that", () => {
    engine.draining("a", 4);
    engine.answerRead();
    engine.deliver();
    engine.fail(engine.one("send"));
    engine.acknowledge();
    expect(engine.storedLane("a")).toMatchObject({ state: "R", cursor: at(1), last: at(2), attempts: 1 });
    expect(engine.moves().at(-1)).toEqual({ to: "retrying", cause: "failure" });
  });

  test("keeps the stored cursor before an outcome that is not in attempts.v1 yet", () => {
    engine.draining("a", 4);
    engine.answerRead();
    engine.settle(engine.one("send"), OK);
    expect(engine.storedLane("a")).toMatchObject({ state: "D", cursor: at(0) });
    engine.acknowledge();
    expect(engine.storedLane("a")).toMatchObject({ state: "D", cursor: at(1) });
  });

  test("skips what is queued of a webhook that is switched off, without a request", () => {
    engine.draining("a", 4);
    engine.setWebhook("a", { version: 2, generation: 2, status: "inactive" });
    engine.lanes.onWebhookChanged(asEndpointId("ep_a"), engine.now);
    engine.answerRead();
    expect(engine.sent()).toEqual([]);
    expect(engine.acknowledge()).toMatchObject([{ kind: "settled", records: [{}, {}, {}] }]);
    expect(engine.runOut()).toEqual([]);
    expect(engine.lanes.checkpoint().lanes).toEqual({});
  });

  test("fills a batch from the next page before it sends it", () => {
    engine.setWebhook("a", { batching: { maxEvents: 3, maxWaitSeconds: 5 } });
    engine.draining("a", 9);
    const sent: number[][] = [];
    for (let i = 0; i < 3; i++) {
      if (i !== 1) engine.answerRead();
      const [send] = engine.all("send");
      if (send === undefined) continue;
      sent.push(positions(send));
      engine.settle(send, OK);
      engine.acknowledge();
    }
    expect(sent[0]).toEqual([3, 4, 5]);
    expect([...sent.flat(), ...engine.runOut()]).toEqual([3, 4, 5, 6, 7, 8]);
  });
});
