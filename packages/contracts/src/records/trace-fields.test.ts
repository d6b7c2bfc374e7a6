import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
  toTraceparent,
} from "@hooklane/core";
import { describe, expect, test } from "@jest/globals";
import { META_HEADER, type OutgoingRecord, type RawRecord } from "./codec.js";
import { decodeDelivery, encodeDelivery } from "./delivery-record.js";
import { decodeEventsRecord, encodeEvent } from "./event-record.js";

const traceparent = toTraceparent("a".repeat(32), "1".repeat(16), true);
const body = new TextEncoder().encode("{}");
const common = { workspaceId: asWorkspaceId("ws_1"), eventId: asEventId("evt_1"), type: "t", acceptedAt: 1 };
const event = { ...common, recordId: asRecordId("evt_1"), source: "api" as const };
const delivery = {
  ...common,
  webhookId: asWebhookId("wh_1"),
  generation: 1,
  version: 1,
  endpointId: asEndpointId("ep_1"),
  deliveryId: asDeliveryId("dl_1"),
  trigger: "automatic" as const,
  source: [0, 0, 0, 0] as [number, number, number, number],
};

function toRaw({ value, headers = {} }: OutgoingRecord): RawRecord {
  const meta = new TextEncoder().encode(String(headers[META_HEADER]));
  return { partition: 0, offset: 0, key: null, value, headers: { [META_HEADER]: meta } };
}

const cases = [
  [
    "an event in line",
    (trace: object) => encodeEvent("events", 0, { ...event, ...trace }, body),
    (record: RawRecord) => decodeEventsRecord(record),
  ],
  [
    "a delivery",
    (trace: object) => encodeDelivery("deliveries", 0, { ...delivery, ...trace }, body),
    (record: RawRecord) => decodeDelivery(record),
  ],
] as const;

describe.each(cases)("the trace of %s", (_, encode, decode) => {
  const metaOf = (trace: object) => {
    const decoded = decode(toRaw(encode(trace)));
    if (!decoded.ok) throw new Error(decoded.detail);
    return decoded.value.meta;
  };

  test("is read as it was written", () => {
    expect(metaOf({ traceparent, tracestate: "a=b" })).toMatchObject({ traceparent, tracestate: "a=b" });
  });

  test("takes no byte where there is none", () => {
    const plain = String(encode({}).headers?.[META_HEADER]);
    expect(plain).not.toContain("trace");
    expect(String(encode({ traceparent: undefined, tracestate: undefined }).headers?.[META_HEADER])).toBe(
      plain,
    );
  });

  test.each([
    ["traceparent", "nonsense"],
    ["traceparent", 7],
    ["tracestate", "a=b\r\nx: y"],
  ])("is left out where its %s is not one, and the record is read all the same", (name, value) => {
    const meta = metaOf({ traceparent, tracestate: "a=b", [name]: value });
    expect(meta).toMatchObject({ ...common, traceparent, tracestate: "a=b", [name]: undefined });
  });
});
