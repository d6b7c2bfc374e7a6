import type { AttemptResult, SettledResult } from "@hooklane/contracts";
import { asDeliveryId, asEndpointId, asEventId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import { describe, expect, test } from "@jest/globals";
import { toDeliveryChanges } from "./delivery-change.js";

const workspaceId = asWorkspaceId("ws_1");
const ref = (id: string) => ({
  id: asDeliveryId(id),
  eventId: asEventId(`evt_${id}`),
  type: "contact.created",
  acceptedAt: 1_000,
});

function attempt(over: Partial<AttemptResult> = {}): AttemptResult {
  return {
    kind: "attempt",
    webhookId: asWebhookId("wh_1"),
    generation: 1,
    endpointId: asEndpointId("ep_1"),
    deliveries: [ref("dl_1")],
    number: 1,
    trigger: "automatic",
    epoch: 3,
    startedAt: 2_000,
    durationMs: 10,
    statusCode: 200,
    next: { kind: "delivered" },
    ...over,
  };
}

const failed = (number: number): Partial<AttemptResult> => ({
  number,
  startedAt: 2_000 + number * 30_000,
  statusCode: 500,
  error: "status",
  next: { kind: "retrying", nextAttemptAt: 2_000 + (number + 1) * 30_000 },
});

const changesOf = (...results: (AttemptResult | SettledResult)[]) =>
  toDeliveryChanges([{ workspaceId, results, retentionDays: 7 }]);

describe("toDeliveryChanges", () => {
  test("a delivered first attempt is one whole document", () => {
    expect([...changesOf(attempt()).values()]).toEqual([
      {
        _id: "dl_1",
        workspaceId: "ws_1",
        eventId: "evt_dl_1",
        eventType: "contact.created",
        webhookId: "wh_1",
        endpointId: "ep_1",
        acceptedAt: new Date(1_000),
        status: "delivered",
        rank: expect.any(Number),
        firstAttemptAt: new Date(2_000),
        settledAt: new Date(2_010),
        attempts: {
          "1:3": {
            number: 1,
            epoch: 3,
            trigger: "automatic",
            startedAt: new Date(2_000),
            durationMs: 10,
            statusCode: 200,
          },
        },
        expiresAt: new Date(2_010 + 7 * 86_400_000),
      },
    ]);
  });

  test("every delivery of a batch gets the batch's attempt", () => {
    const changes = changesOf(attempt({ deliveries: [ref("dl_1"), ref("dl_2")], batchId: "msg_b" }));
    expect([...changes.keys()]).toEqual(["dl_1", "dl_2"]);
    for (const change of changes.values()) {
      expect(change.batchId).toBe("msg_b");
      expect(Object.keys(change.attempts)).toEqual(["1:3"]);
    }
  });

  test("results of one delivery fold into one change, in whatever order they come", () => {
    const results = [attempt(failed(1)), attempt(failed(2)), attempt({ number: 3, startedAt: 95_000 })];
    for (const order of [results, [...results].reverse()]) {
      const change = changesOf(...order).get(asDeliveryId("dl_1"))!;
      expect(change.status).toBe("delivered");
      expect(change.nextAttemptAt).toBeUndefined();
      expect(change.firstAttemptAt).toEqual(new Date(32_000));
      expect(change.lastError).toEqual({ error: "status", statusCode: 500 });
      expect(Object.keys(change.attempts).sort()).toEqual(["1:3", "2:3", "3:3"]);
    }
  });

  test("a delivery settled after attempts keeps them and says why", () => {
    const settled: SettledResult = {
      kind: "settled",
      webhookId: asWebhookId("wh_1"),
      generation: 1,
      endpointId: asEndpointId("ep_1"),
      deliveries: [ref("dl_1")],
      epoch: 3,
      at: 40_000,
      status: "skipped",
      reason: "auto_disabled",
    };
    const change = changesOf(attempt(failed(1)), settled).get(asDeliveryId("dl_1"))!;
    expect(change).toMatchObject({
      status: "skipped",
      reason: "auto_disabled",
      settledAt: new Date(40_000),
      lastError: { error: "status", statusCode: 500 },
    });
    expect(Object.keys(change.attempts)).toEqual(["1:3"]);
  });
});
