import { beforeEach, describe, expect, test } from "@jest/globals";
import { asEndpointId, asWebhookId } from "@hooklane/core";
import { EngineHarness } from "./testing/engine-harness.js";

let engine: EngineHarness;
beforeEach(() => {
  engine = new EngineHarness();
});

describe("what is sent at all", () => {
  test("a delivery newer than our copy holds its lane, asks once, and again only after a pause", () => {
    engine.take("a", { version: 2 });
    engine.take("a", { version: 2 });
    expect(engine.one("refresh")).toMatchObject({ endpointId: "ep_a", webhookId: "wh_a" });
    engine.lanes.onRefreshed(asEndpointId("ep_a"), engine.now);
    expect(engine.all("refresh")).toEqual([]);
    engine.pass(1_000);
    expect(engine.all("refresh")).toHaveLength(1);
    engine.setWebhook("a", { version: 2 });
    engine.lanes.onRefreshed(asEndpointId("ep_a"), engine.now);
    expect(engine.sent()).toEqual([[0]]);
  });

  test("an unknown webhook's is held, never skipped", () => {
    engine.take("nobody");
    expect(engine.all("refresh")).toHaveLength(1);
    expect(engine.all("report")).toEqual([]);
  });

  test.each([
    [{ status: "inactive" }, "skipped", "inactive"],
    [{ status: "auto_disabled" }, "skipped", "auto_disabled"],
    [{ status: "plan_locked" }, "skipped", "plan_locked"],
    [{ generation: 2 }, "skipped", "older_generation"],
    [{ deletedAt: new Date(0) }, "cancelled", "webhook_deleted"],
  ] as const)("%j is settled at once as %s, %s", (state, status, reason) => {
    engine.setWebhook("a", state);
    engine.take("a");
    expect(engine.one("report")).toMatchObject({ report: { kind: "settled", status, reason } });
    expect(engine.sent()).toEqual([]);
  });

  test("a recovering webhook of equal generation is sent to", () => {
    engine.setWebhook("a", { status: "recovering" });
    engine.take("a");
    expect(engine.sent()).toEqual([[0]]);
  });

  test("status and breaker are asked again when the bytes are written", () => {
    engine.take("a");
    const { endpointId, ticket } = engine.one("send");
    expect(engine.lanes.mayStart(endpointId, ticket, engine.now)).toBe(true);
    engine.tripped.mark(asWebhookId("wh_a"), 1);
    expect(engine.lanes.mayStart(endpointId, ticket, engine.now)).toBe(false);
    engine.lanes.onRefused(endpointId, ticket, engine.now);
    expect(engine.one("report")).toMatchObject({ report: { kind: "settled", status: "skipped" } });
  });
});
