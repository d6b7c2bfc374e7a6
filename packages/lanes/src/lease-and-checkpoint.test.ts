import { beforeEach, describe, expect, test } from "@jest/globals";
import { EngineHarness, OK } from "./testing/engine-harness.js";

let engine: EngineHarness;
beforeEach(() => {
  engine = new EngineHarness();
});

describe("the lease", () => {
  test("no request starts that could outlive it, and they go on when it is renewed", () => {
    const { now } = engine;
    engine.lanes.onLease(now + 5_999, now);
    engine.take("a");
    expect(engine.sent()).toEqual([]);
    engine.lanes.onLease(now + 6_000, now);
    const { endpointId, ticket } = engine.one("send");
    expect(engine.lanes.mayStart(endpointId, ticket, now)).toBe(true);
    expect(engine.lanes.mayStart(endpointId, ticket, now + 1)).toBe(false);
  });

  test("after a stop nothing starts, and what runs may end", () => {
    engine.takeMany("a", 2);
    const send = engine.one("send");
    engine.lanes.stop();
    engine.settle(send, OK);
    expect(engine.sent()).toEqual([]);
    expect(engine.lanes.pending).toEqual({ inFlight: 0, counting: 0, unreported: 1 });
    engine.acknowledge();
    expect(engine.lanes.checkpoint().committed).toBe(1);
    expect(engine.lanes.pending.unreported).toBe(0);
  });
});

describe("what a checkpoint holds", () => {
  test("an outcome enters it only when its result is acknowledged", () => {
    engine.take("a");
    engine.settle(engine.one("send"), OK);
    expect(engine.lanes.checkpoint().committed).toBe(0);
    engine.acknowledge();
    expect(engine.lanes.isDirty).toBe(true);
    expect(engine.lanes.checkpoint()).toMatchObject({ committed: 1, sources: { 0: [0, 0, 0] } });
    expect(engine.lanes.isDirty).toBe(false);
  });

  test("a live lane is absent from it", () => {
    engine.take("a");
    engine.deliver();
    expect(engine.lanes.checkpoint().lanes).toEqual({});
  });

  test("what is done above the watermark is remembered, and not sent again by the next owner", () => {
    engine.take("a");
    for (let i = 0; i < 3; i++) engine.take("b");
    const [slow, ...others] = engine.all("send");
    expect(slow).toMatchObject({ endpointId: "ep_a" });
    for (let [send] = others; send !== undefined; [send] = engine.all("send")) {
      engine.settle(send, OK);
      engine.acknowledge();
    }
    const checkpoint = engine.lanes.checkpoint();
    expect(checkpoint.committed).toBe(0);
    // Marks as of committed, not as of next: what lies between is read again.
    expect(checkpoint.sources).toEqual({});
    engine.restart(checkpoint);
    expect(["a", "b", "b", "b", "b"].map((webhook) => engine.take(webhook))).toEqual([
      "taken",
      "resolved",
      "resolved",
      "resolved",
      "taken",
    ]);
    expect(engine.sent()).toEqual([[0], [4]]);
  });
});
