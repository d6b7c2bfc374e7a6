import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asWebhookId,
  asWorkspaceId,
  toTraceparent,
} from "@hooklane/core";
import { type StoredDelivery, toPosition } from "@hooklane/lanes";
import { expect, test } from "@jest/globals";
import { fromBacklogRecord, toParkedRecord } from "./backlog-codec.js";

const delivery = (trace: Partial<StoredDelivery["facts"]>): StoredDelivery => ({
  position: toPosition(2, 40),
  facts: {
    workspaceId: asWorkspaceId("ws_1"),
    webhookId: asWebhookId("wh_1"),
    generation: 1,
    version: 3,
    endpointId: asEndpointId("ep_1"),
    deliveryId: asDeliveryId("dl_1"),
    eventId: asEventId("evt_1"),
    type: "t",
    trigger: "automatic",
    acceptedAt: 1,
    source: [0, 0, 7, 1],
    ...trace,
  },
  body: Buffer.from("{}"),
});

test.each([
  ["as it is", {}],
  ["with its trace", { traceparent: toTraceparent("a".repeat(32), "b".repeat(16), true), tracestate: "a=b" }],
])("a delivery comes back from the backlog %s", (_, trace) => {
  const parked = toParkedRecord(5, delivery(trace), false);
  const { position, facts, body } = fromBacklogRecord({ ...parked, epoch: 1 } as Parameters<
    typeof fromBacklogRecord
  >[0]);
  expect({ position, facts, body }).toEqual({
    ...delivery(trace),
    facts: { v: 1, ...delivery(trace).facts },
  });
});
