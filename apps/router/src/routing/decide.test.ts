import { describe, expect, test } from "@jest/globals";
import type { EventMeta, ResendMeta, TestMeta } from "@hooklane/contracts";
import { asContactId, asDeliveryId, asEventId, asRecordId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import { toDeliveryId, type WebhookDocument } from "@hooklane/store";
import { decide, type DecideDeps, decideLost, type InLine, isAimed, UnknownWebhookError } from "./decide.js";

const workspaceId = asWorkspaceId("ws_1");
const webhookId = asWebhookId("wh_1");

/** A copy with one webhook, which asks for other types, is switched off, and of which nothing is asked but its document. */
function deps(webhook: Partial<WebhookDocument> | undefined): DecideDeps {
  const off = {
    _id: webhookId,
    workspaceId,
    endpointId: "ep_1",
    generation: 4,
    version: 9,
    status: "inactive",
  };
  return {
    copy: {
      webhook: () => webhook && ({ ...off, ...webhook } as WebhookDocument),
      endpoint: () => ({ _id: "ep_1", partition: 3 }),
      workspace: () => ({ retentionDays: 30, redact: [] }),
    },
    index: { of: () => new Map() },
  } as unknown as DecideDeps;
}

const meta: TestMeta = {
  v: 1,
  kind: "test",
  workspaceId,
  recordId: asRecordId("test:1"),
  eventId: asEventId("test:1"),
  type: "email.opened",
  source: "api",
  acceptedAt: 1_000,
  webhookId,
};
const record: InLine<TestMeta> = {
  meta,
  body: Buffer.from('{"id":"test:1","type":"email.opened"}'),
  position: { partition: 0, epoch: 0, offset: 7 },
};

describe("a test event", () => {
  test("is decided for its webhook as it is now, whatever that asks for, and marked", () => {
    expect(isAimed(record)).toBe(true);
    expect(decide(deps({}), record)).toMatchObject({
      isTest: true,
      status: "accepted",
      decision: {
        matched: [
          { webhookId, generation: 4, version: 9, partition: 3, deliveryId: toDeliveryId(meta, webhookId) },
        ],
        unmatched: [],
      },
    });
  });

  test("reaches nobody in another workspace", () => {
    const foreign = deps({ workspaceId: asWorkspaceId("ws_2") });
    expect(decide(foreign, record).decision.matched).toEqual([]);
  });

  test("of a webhook that is not there is undecided, and at last decided for nobody", () => {
    const nobody = deps(undefined);
    expect(() => decide(nobody, record)).toThrow(UnknownWebhookError);
    expect(decideLost(nobody, record)).toMatchObject({ isTest: true, decision: { matched: [] } });
  });
});

describe("what the log keeps of a record", () => {
  const { webhookId: _, kind: __, ...fields } = meta;
  const event: EventMeta = { ...fields, kind: "event" };
  const resend: ResendMeta = { ...fields, kind: "resend", webhookId, resendOf: asDeliveryId("dl_1") };

  test.each([event, resend])("is whom it is about, for what is sent of it once more: $kind", (line) => {
    const contactId = asContactId("ct_1");
    expect(decide(deps({}), { ...record, meta: { ...line, contactId } })).toMatchObject({ contactId });
    expect(decide(deps({}), { ...record, meta: line })).not.toHaveProperty("contactId");
  });
});
