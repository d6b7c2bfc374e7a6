import { beforeEach, describe, expect, test } from "@jest/globals";
import { asWebhookId } from "@hooklane/core";
import { EngineHarness, OK, OWN_FAULT, positions } from "./testing/engine-harness.js";

let engine: EngineHarness;
beforeEach(() => {
  engine = new EngineHarness();
});

describe("a lane", () => {
  test("has one request in flight; the next starts when it is settled", () => {
    engine.takeMany("a", 2);
    const first = engine.one("send");
    expect(positions(first)).toEqual([0]);
    engine.settle(first, OK);
    expect(engine.sent()).toEqual([[1]]);
  });

  test("does not hold another of its partition while it is retried", () => {
    engine.retrying("a", 1);
    engine.take("b");
    expect(engine.one("send")).toMatchObject({ endpointId: "ep_b", pool: "live" });
  });

  test("stands still until its error was counted", () => {
    engine.take("a");
    engine.settle(engine.one("send"), { kind: "failed", error: "timeout" });
    expect(engine.one("count")).toMatchObject({
      workspaceId: "ws_1",
      error: { id: "ep_a:3:0:1", webhookId: "wh_a", generation: 1 },
    });
    engine.take("a");
    engine.lanes.onLease(engine.now + 3_600_000, engine.now);
    expect(engine.sent()).toEqual([]);
    expect(engine.all("report")).toEqual([]);
  });

  test("of a webhook its own error tripped is skipped, with all that is queued", () => {
    engine.takeMany("a", 3);
    engine.settle(engine.one("send"), { kind: "failed", error: "timeout" });
    const { endpointId, ticket } = engine.one("count");
    engine.tripped.mark(asWebhookId("wh_a"), 1);
    engine.lanes.onCounted(endpointId, ticket, engine.now);
    expect(engine.sent()).toEqual([]);
    expect(engine.acknowledge()).toMatchObject([
      { kind: "attempt", attempt: 1, next: { kind: "skipped", reason: "auto_disabled" } },
      { kind: "settled", status: "skipped", reason: "auto_disabled", records: [{}, {}] },
    ]);
  });

  test("is deferred by a fault of our own, longer each time, without using up the attempt", () => {
    engine.take("a");
    for (const pause of [1_000, 2_000, 4_000, 4_000]) {
      const send = engine.one("send");
      expect(send.attempt).toBe(1);
      engine.settle(send, OWN_FAULT);
      expect(engine.one("deferred")).toMatchObject({ until: engine.now + pause });
      expect([...engine.all("count"), ...engine.all("report")]).toEqual([]);
      engine.pass(pause - 1);
      expect(engine.sent()).toEqual([]);
      engine.pass(1);
    }
  });

  test("gives up at 410, and bans the webhook's generation before anything else leaves", () => {
    engine.lineOf.set("a", "line").set("b", "line");
    engine.takeMany("a", 2);
    engine.take("b");
    engine.settle(engine.one("send"), { kind: "failed", error: "status", statusCode: 410 });
    expect(engine.one("gone")).toMatchObject({ webhookId: "wh_a", generation: 1 });
    const { endpointId, ticket } = engine.one("count");
    engine.lanes.onCounted(endpointId, ticket, engine.now);
    expect(engine.acknowledge()).toMatchObject([
      { next: { kind: "dead_letter", reason: "gone" } },
      { kind: "settled", status: "skipped" },
    ]);
    expect(engine.sent()).toEqual([[2]]);
  });

  test("gives up what no body can be made of at once, with one error, and goes on", () => {
    engine.takeMany("a", 2);
    engine.settle(engine.one("send"), { kind: "failed", error: "template", detail: "line 1" });
    expect(engine.sent()).toEqual([]);
    const { endpointId, ticket } = engine.one("count");
    engine.lanes.onCounted(endpointId, ticket, engine.now);
    expect(engine.acknowledge()).toMatchObject([
      { attempt: 1, next: { kind: "dead_letter", reason: "template_failed" } },
    ]);
    expect([...engine.all("gone"), ...engine.all("count")]).toEqual([]);
    expect(engine.sent()).toEqual([[1]]);
  });

  test("ignores an answer to a request it no longer waits for", () => {
    engine.takeMany("a", 2);
    const first = engine.one("send");
    engine.settle(first, OK);
    const second = engine.one("send");
    engine.settle(first, OK);
    expect(engine.sent()).toEqual([]);
    expect(engine.lanes.mayStart(first.endpointId, first.ticket, engine.now)).toBe(false);
    expect(engine.lanes.mayStart(second.endpointId, second.ticket, engine.now)).toBe(true);
  });

  test("that is refused at the last moment asks again, and does not spin", () => {
    engine.take("a");
    for (const isFirst of [true, false]) {
      const { endpointId, ticket, attempt } = engine.one("send");
      expect(attempt).toBe(1);
      engine.lanes.onRefused(endpointId, ticket, engine.now);
      if (!isFirst) expect(engine.sent()).toEqual([]);
    }
    engine.pass(100);
    expect(engine.sent()).toEqual([[0]]);
  });
});

describe("batches", () => {
  const batching = { maxEvents: 3, maxWaitSeconds: 5 };
  beforeEach(() => {
    for (const name of ["a", "b"]) engine.setWebhook(name, { batching });
  });

  test("go when full, or when the oldest has waited long enough in the lane", () => {
    engine.takeMany("a", 4);
    expect(engine.deliver()).toEqual([0, 1, 2]);
    engine.pass(4_999);
    expect(engine.all("send")).toEqual([]);
    engine.pass(1);
    const lone = engine.one("send");
    expect(positions(lone)).toEqual([3]);
    expect(lone.batched).toBe(true);
  });

  test("are frozen over their retries, whatever comes behind them", () => {
    engine.retrying("a", 3);
    engine.takeMany("a", 3);
    engine.pass(29_900);
    expect(engine.answerRead()).toEqual([0, 1, 2]);
    engine.pass(1_000);
    expect(engine.sent()).toEqual([[0, 1, 2]]);
  });

  test("end where another webhook's event stands, and do not wait then", () => {
    engine.lineOf.set("a", "line").set("b", "line");
    engine.takeMany("a", 2);
    engine.take("b");
    expect(engine.sent()).toEqual([[0, 1]]);
  });

  test("hold when their last event is newer than our copy", () => {
    engine.take("a");
    engine.take("a", { version: 2 });
    engine.take("a", { version: 2 });
    expect(engine.sent()).toEqual([]);
    expect(engine.all("refresh")).toHaveLength(1);
  });
});
