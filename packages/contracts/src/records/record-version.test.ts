import { describe, expect, test } from "@jest/globals";
import { META_HEADER, type RawRecord, RECORD_VERSION } from "./codec.js";
import { decodeDelivery } from "./delivery-record.js";
import { decodeEventsRecord } from "./event-record.js";
import { decodeResults } from "./result-record.js";

const utf8 = new TextEncoder();
const text = (value: unknown) => utf8.encode(JSON.stringify(value));

const delivery = {
  v: 1,
  workspaceId: "ws_1",
  webhookId: "wh_1",
  generation: 1,
  version: 1,
  endpointId: "ep_1",
  deliveryId: "dl_1",
  eventId: "evt_1",
  type: "t",
  trigger: "automatic",
  acceptedAt: 1,
  source: [0, 0, 0, 0],
};
const control = {
  v: 1,
  kind: "control",
  workspaceId: "ws_1",
  recordId: "ctl:1",
  webhookId: "wh_1",
  version: 1,
};
const settled = {
  kind: "settled",
  webhookId: "wh_1",
  generation: 1,
  endpointId: "ep_1",
  deliveries: [{ id: "dl_1", eventId: "evt_1", type: "t", acceptedAt: 1 }],
  epoch: 1,
  at: 1,
  status: "skipped",
  reason: "inactive",
};

function withMeta(meta: object): RawRecord {
  return { partition: 0, offset: 0, key: null, value: text({}), headers: { [META_HEADER]: text(meta) } };
}
const withValue = (value: object): RawRecord => ({ ...withMeta({}), value: text(value) });

const kinds = [
  ["deliveries.v1", (more: object) => decodeDelivery(withMeta({ ...delivery, ...more }))],
  ["events.v1", (more: object) => decodeEventsRecord(withMeta({ ...control, ...more }))],
  [
    "attempts.v1",
    (more: object) => decodeResults(withValue({ v: 1, workspaceId: "ws_1", results: [settled], ...more })),
  ],
] as const;

describe.each(kinds)("a record of %s", (_, decode) => {
  test("of a newer release that has more fields is read without them", () => {
    expect(decode({ ofTheNextRelease: { a: 1 } })).toEqual(decode({}));
    expect(decode({}).ok).toBe(true);
  });

  test("with a version raised is too new, whatever else it holds, and not taken for damaged", () => {
    const v = RECORD_VERSION + 1;
    expect(decode({ v })).toMatchObject({ ok: false, isTooNew: true });
    expect(decode({ v, kind: "of_the_next_release", results: "elsewhere", source: {} })).toMatchObject({
      ok: false,
      isTooNew: true,
    });
  });

  test("that is damaged is not taken for a newer one", () => {
    expect(decode({ v: "2" })).not.toHaveProperty("isTooNew");
    expect(decode({ v: 0 })).not.toHaveProperty("isTooNew");
    expect(decode({ workspaceId: 3 })).not.toHaveProperty("isTooNew");
  });
});
