import { asDeliveryId, asRecordId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import { describe, expect, test } from "@jest/globals";
import { readAcceptedAt, toDeliveryId } from "./delivery-id.js";

const acceptedAt = Date.parse("2026-01-15T10:00:00.123Z");
const record = { workspaceId: asWorkspaceId("ws_1"), recordId: asRecordId("evt_1"), acceptedAt };
const webhook = asWebhookId("wh_1");

describe("the id of a delivery", () => {
  test("is the same however often it is made, and another for every webhook, record and workspace", () => {
    expect(toDeliveryId(record, webhook)).toBe(toDeliveryId({ ...record }, webhook));
    const ids = [
      toDeliveryId(record, webhook),
      toDeliveryId(record, asWebhookId("wh_2")),
      toDeliveryId({ ...record, recordId: asRecordId("evt_2") }, webhook),
      toDeliveryId({ ...record, workspaceId: asWorkspaceId("ws_2") }, webhook),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("tells when its record was accepted, and ids are in that order", () => {
    const times = [0, 1, acceptedAt, acceptedAt + 1, Date.parse("9999-12-31T23:59:59.999Z")];
    const ids = times.map((time) => toDeliveryId({ ...record, acceptedAt: time }, webhook));
    expect(ids.map((id) => readAcceptedAt(id)?.getTime())).toEqual(times);
    expect([...ids].sort()).toEqual(ids);
  });

  test.each(["", "dl_", "dl_nothing", `dl_${"0".repeat(32)}`, `dl_${"g".repeat(36)}`])(
    "%j tells nothing",
    (text) => {
      expect(readAcceptedAt(asDeliveryId(text))).toBeUndefined();
    },
  );
});
