import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { decodeEventsRecord, type ResendAcceptedAnswer, type ResendMeta } from "@hooklane/contracts";
import {
  asContactId,
  asDeliveryId,
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
  type ContactId,
  toResendRecordId,
} from "@hooklane/core";
import { createKafka, GroupConsumer, topicNames } from "@hooklane/kafka";
import { createLogger } from "@hooklane/service";
import {
  DeliveryLog,
  DocumentSecrets,
  EventLog,
  EVENTS,
  type LoggedEvent,
  type NewLoggedEvent,
  toDeliveryId,
} from "@hooklane/store";
import { eventually } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

const ACCEPTED_AT = Date.UTC(2026, 0, 15, 10);

interface Webhook {
  readonly id: string;
  readonly endpointId: string;
}
type Resend = ResendMeta & { readonly body: string };

let api: TestApi;
let workspace: TestWorkspace;
let other: TestWorkspace;
let log: EventLog;
let reader: GroupConsumer;
const inLine: Resend[] = [];
let on: Webhook;
let off: Webhook;

beforeAll(async () => {
  api = await TestApi.start({ SUBSCRIPTION_API_ANNOUNCE_TIMEOUT_MS: "2000" });
  reader = openReader();
  workspace = await api.createWorkspace();
  other = await api.createWorkspace();
  log = new EventLog(api.store);
  on = await makeWebhook("on", "active");
  off = await makeWebhook("off", "inactive");
}, 60_000);

afterAll(async () => {
  await reader.close();
  await api.stop();
}, 30_000);

/** Reads `events.v1` from its beginning, whatever was read before. */
function openReader(): GroupConsumer {
  const prefix = api.config.HOOKLANE_TOPIC_PREFIX;
  const logger = createLogger("test", "silent");
  const kafka = createKafka({ brokers: api.config.KAFKA_BROKERS, clientId: "test", logger });
  const opened = new GroupConsumer(kafka, {
    groupId: `${prefix}.reader-${randomUUID()}`,
    topics: [topicNames(prefix).events],
    handler: ({ records }) => {
      for (const record of records) {
        const decoded = decodeEventsRecord(record);
        if (!decoded.ok || decoded.value.meta.kind !== "resend") continue;
        inLine.push({ ...decoded.value.meta, body: String(record.value) });
      }
      return Promise.resolve();
    },
  });
  opened.start();
  return opened;
}

async function makeWebhook(name: string, status: string): Promise<Webhook> {
  const made = await workspace.call("POST", "/v1/webhooks", {
    body: { name, url: `https://${name}.example.org/`, eventTypes: ["email.opened"], status },
  });
  return made.body;
}

/** Logs an event that went to these webhooks. */
async function logEvent(
  webhooks: readonly Webhook[],
  change: Partial<NewLoggedEvent> = {},
  into = log,
): Promise<LoggedEvent> {
  const id = `evt/${randomUUID()}`;
  const event: NewLoggedEvent = {
    workspaceId: asWorkspaceId(workspace.id),
    recordId: asRecordId(id),
    eventId: asEventId(id),
    position: { partition: 0, epoch: 0, offset: 0 },
    type: "email.opened",
    timestamp: "2026-01-15T11:00:00+01:00",
    source: "subscriber",
    acceptedAt: new Date(ACCEPTED_AT),
    status: "accepted",
    shownBody: Buffer.from(`{"id":"${id}",  "data":{"n":1.10}}`),
    decision: {
      matched: webhooks.map((webhook, ordinal) => ({
        webhookId: asWebhookId(webhook.id),
        generation: 1,
        version: 1,
        endpointId: asEndpointId(webhook.endpointId),
        partition: 0,
        ordinal,
        deliveryId: toDeliveryId(
          { workspaceId: asWorkspaceId(workspace.id), recordId: asRecordId(id), acceptedAt: ACCEPTED_AT },
          asWebhookId(webhook.id),
        ),
      })),
      unmatched: [],
    },
    expiresAt: new Date("2100-01-01T00:00:00Z"),
    ...change,
  };
  await into.record([event]);
  return event;
}

const deliveriesOf = (event: LoggedEvent) => event.decision.matched.map(({ deliveryId }) => deliveryId);
const pathOf = (event: LoggedEvent) => `/v1/events/${encodeURIComponent(event.eventId)}`;
const accepted = ({ body }: TestAnswer) => body as unknown as ResendAcceptedAnswer;
const codeOf = ({ status, body }: TestAnswer) => [status, body.code];
const resendsOf = (event: LoggedEvent) => inLine.filter(({ eventId }) => eventId === event.eventId);

describe("POST /v1/deliveries/{id}/resend", () => {
  test("202 means that its record stands in line: exact bytes, one webhook, an id of its own", async () => {
    const event = await logEvent([on, off]);
    const [first] = deliveriesOf(event);
    const before = Date.now();
    const answer = await workspace.call("POST", `/v1/deliveries/${first!}/resend`);
    expect(answer.status).toBe(202);
    const [resend] = await eventually(() => resendsOf(event).length > 0 && resendsOf(event));
    expect(resend).toMatchObject({
      webhookId: on.id,
      resendOf: first,
      type: event.type,
      source: event.source,
      body: String(event.shownBody),
    });
    expect(resend!.acceptedAt).toBeGreaterThanOrEqual(before);
    expect(resend!.recordId).toMatch(new RegExp(`^rs:job_[0-9a-f]+:${first!}$`));
    expect(accepted(answer)).toEqual({
      count: 1,
      resends: [
        {
          deliveryId: toDeliveryId(resend!, asWebhookId(on.id)),
          resendOf: first,
          eventId: event.eventId,
          webhookId: on.id,
          endpointId: on.endpointId,
          waitsBehind: { deliveries: expect.any(Number), isAtLeast: false },
        },
      ],
      skipped: [],
    });
  });

  test("with an Idempotency-Key it is one resend however often it is called, without one each is another", async () => {
    const event = await logEvent([on]);
    const path = `/v1/deliveries/${deliveriesOf(event)[0]!}/resend`;
    const keyed = () => workspace.call("POST", path, { headers: { "idempotency-key": `again-${path}` } });
    const answers = await Promise.all([keyed(), keyed(), keyed()]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0].status).toBe(202);
    await eventually(() => resendsOf(event).length === 3);
    expect(new Set(resendsOf(event).map(({ recordId }) => recordId)).size).toBe(1);
    await workspace.call("POST", path);
    await workspace.call("POST", path);
    await eventually(() => new Set(resendsOf(event).map(({ recordId }) => recordId)).size === 3);
  });

  test("a repeat of what the router has is not produced again", async () => {
    const event = await logEvent([on]);
    const [first] = deliveriesOf(event);
    const call = () =>
      workspace.call("POST", `/v1/deliveries/${first!}/resend`, {
        headers: { "idempotency-key": `routed-${first!}` },
      });
    const answer = accepted(await call());
    const [resend] = await eventually(() => resendsOf(event).length === 1 && resendsOf(event));
    await logEvent([on], {
      recordId: resend!.recordId,
      eventId: event.eventId,
      resendOf: first!,
      acceptedAt: new Date(resend!.acceptedAt),
      shownBody: event.shownBody,
      decision: {
        matched: [{ ...event.decision.matched[0]!, deliveryId: asDeliveryId(answer.resends[0]!.deliveryId) }],
        unmatched: [],
      },
    });
    // Not even when the event itself is forgotten meanwhile.
    await api.store.db
      .collection<{ _id: string }>(EVENTS)
      .deleteOne({ _id: `${workspace.id}:${event.eventId}` });
    expect(accepted(await call())).toEqual(answer);
    const marker = await logEvent([on]);
    await workspace.call("POST", `/v1/deliveries/${deliveriesOf(marker)[0]!}/resend`);
    await eventually(() => resendsOf(marker).length === 1);
    expect(resendsOf(event)).toHaveLength(1);

    const shown = await workspace.call("GET", `/v1/deliveries/${answer.resends[0]!.deliveryId}`);
    expect(shown.body).toMatchObject({ status: "pending", resendOf: first, eventId: event.eventId });
    // A resend has the bytes, so it can be resent when the event cannot.
    const twice = await workspace.call("POST", `/v1/deliveries/${answer.resends[0]!.deliveryId}/resend`);
    expect(accepted(twice).resends[0]).toMatchObject({ resendOf: answer.resends[0]!.deliveryId });
    await eventually(() => resendsOf(event).length === 2);
    expect(resendsOf(event)[1]!.body).toBe(String(event.shownBody));
  });

  test("has the original bytes of an event that is shown without some of its fields", async () => {
    const shownBody = Buffer.from('{"data":{"email":"[redacted]"}}');
    const originalBody = Buffer.from('{"data": {"email":"ann@example.org"}}');
    const event = await logEvent([on], { shownBody, originalBody });
    const shown = await workspace.call("GET", pathOf(event));
    expect(shown.body).toMatchObject({ data: { email: "[redacted]" } });
    expect((await workspace.call("POST", `${pathOf(event)}/resend`, { body: {} })).status).toBe(202);
    const [resend] = await eventually(() => resendsOf(event).length > 0 && resendsOf(event));
    expect(resend!.body).toBe(String(originalBody));
  });

  test("says whom it is about, and that the contact is gone where it was deleted before", async () => {
    const audience = await workspace.call("POST", "/v1/audiences", { body: { name: "Readers" } });
    const contacts = `/v1/audiences/${audience.body.id}/contacts`;
    const add = async (email: string): Promise<ContactId> => {
      const { body } = await workspace.call("POST", contacts, { body: { email } });
      return asContactId(body.id);
    };
    const [there, gone] = [await add("a@example.org"), await add("b@example.org")];
    await workspace.call("DELETE", `${contacts}/${gone}`);
    for (const [contactId, isContactDeleted] of [
      [there, undefined],
      [gone, true],
    ] as const) {
      const event = await logEvent([on], { contactId });
      await workspace.call("POST", `${pathOf(event)}/resend`, { body: {} });
      await workspace.call("POST", `/v1/deliveries/${deliveriesOf(event)[0]!}/resend`);
      await eventually(() => resendsOf(event).length === 2);
      for (const resend of resendsOf(event))
        expect([resend.contactId, resend.isContactDeleted]).toEqual([contactId, isContactDeleted]);
    }
  });

  test("that is sealed with a key the service does not have: 503, it says why, and nothing is lost", async () => {
    const lost = { id: "lost", key: createSecretKey(randomBytes(32)) };
    const elsewhere = new EventLog({ ...api.store, secrets: new DocumentSecrets([lost]) });
    const originalBody = Buffer.from('{"data":{"email":"ann@example.org"}}');
    const event = await logEvent([on], { originalBody }, elsewhere);
    const headers = { "idempotency-key": randomUUID() };
    const resend = () => workspace.call("POST", `${pathOf(event)}/resend`, { body: {}, headers });
    const refused = await resend();
    expect(codeOf(refused)).toEqual([503, "unavailable"]);
    expect(JSON.stringify(refused.body)).toContain("cannot be opened");
    expect((await workspace.call("GET", pathOf(event))).status).toBe(200);
    expect(resendsOf(event)).toEqual([]);
    const kept = await elsewhere.readOriginalBody(event.workspaceId, event.recordId);
    expect(Buffer.from(kept!).equals(originalBody)).toBe(true);
  });

  test("unknown, malformed or another workspace's: 404; a key without write: 403", async () => {
    const [first] = deliveriesOf(await logEvent([on]));
    expect(codeOf(await workspace.call("POST", "/v1/deliveries/dl_nobody/resend"))).toEqual([
      404,
      "not_found",
    ]);
    expect(codeOf(await workspace.call("POST", "/v1/deliveries/nobody/resend"))).toEqual([404, "not_found"]);
    expect(codeOf(await other.call("POST", `/v1/deliveries/${first!}/resend`))).toEqual([404, "not_found"]);
    const made = await workspace.call("POST", "/v1/api-keys", { body: { name: "r", scopes: ["read"] } });
    const key = made.body.apiKey;
    const answer = await workspace.call("POST", `/v1/deliveries/${first!}/resend`, { key });
    expect(codeOf(answer)).toEqual([403, "forbidden"]);
  });

  test("to a webhook that is switched off, disabled, locked or deleted: 409", async () => {
    const gone = await makeWebhook("gone", "active");
    const event = await logEvent([gone]);
    const path = `/v1/deliveries/${deliveriesOf(event)[0]!}/resend`;
    for (const status of ["inactive", "auto_disabled", "plan_locked"]) {
      await api.store.db
        .collection<{ _id: string }>("webhooks")
        .updateOne({ _id: gone.id }, { $set: { status } });
      expect(codeOf(await workspace.call("POST", path))).toEqual([409, "webhook_not_active"]);
    }
    await workspace.call("DELETE", `/v1/webhooks/${gone.id}`);
    expect(codeOf(await workspace.call("POST", path))).toEqual([409, "webhook_not_active"]);
    expect(resendsOf(event)).toEqual([]);
  });

  test("of an event that is not kept any more: 410", async () => {
    const deliveryId = asDeliveryId(`dl_${randomUUID()}`);
    await new DeliveryLog(api.store).record([
      {
        workspaceId: asWorkspaceId(workspace.id),
        retentionDays: 36_500,
        results: [
          {
            kind: "attempt",
            webhookId: asWebhookId(on.id),
            generation: 1,
            endpointId: asEndpointId(on.endpointId),
            deliveries: [
              { id: deliveryId, eventId: asEventId("forgotten"), type: "t", acceptedAt: ACCEPTED_AT },
            ],
            number: 1,
            trigger: "automatic",
            epoch: 1,
            startedAt: ACCEPTED_AT,
            durationMs: 1,
            next: { kind: "delivered" },
          },
        ],
      },
    ]);
    const answer = await workspace.call("POST", `/v1/deliveries/${deliveryId}/resend`);
    expect(codeOf(answer)).toEqual([410, "event_expired"]);
  });
});

describe("POST /v1/events/{id}/resend", () => {
  test("goes to every webhook it matched that is sent to, and names the others", async () => {
    const second = await makeWebhook("second", "active");
    const event = await logEvent([on, off, second]);
    const answer = accepted(await workspace.call("POST", `${pathOf(event)}/resend`, { body: {} }));
    const [toOn, toOff, toSecond] = deliveriesOf(event);
    expect(answer.count).toBe(2);
    expect(answer.resends.map(({ resendOf }) => resendOf)).toEqual([toOn, toSecond]);
    expect(answer.skipped).toEqual([{ deliveryId: toOff, webhookId: off.id, status: "inactive" }]);
    await eventually(() => resendsOf(event).length === 2);
    expect(resendsOf(event).map(({ webhookId }) => webhookId)).toEqual([on.id, second.id]);
    const jobs = resendsOf(event).map(({ recordId }) => recordId.split(":")[1]);
    expect(new Set(jobs).size).toBe(1);
  });

  test("goes to one of them when it is named", async () => {
    const event = await logEvent([on, off]);
    const answer = await workspace.call("POST", `${pathOf(event)}/resend`, { body: { webhookId: on.id } });
    expect(accepted(answer)).toMatchObject({ count: 1, resends: [{ webhookId: on.id }], skipped: [] });
    const toOff = await workspace.call("POST", `${pathOf(event)}/resend`, { body: { webhookId: off.id } });
    expect(codeOf(toOff)).toEqual([409, "webhook_not_active"]);
    const toNobody = await workspace.call("POST", `${pathOf(event)}/resend`, { body: { webhookId: "wh_x" } });
    expect(codeOf(toNobody)).toEqual([409, "conflict"]);
  });

  test("unknown, another workspace's, or a record of ours: 404; nobody got it: 409; a wrong body: 422", async () => {
    const event = await logEvent([on]);
    const internal = toResendRecordId("job_1", deliveriesOf(event)[0]!);
    await logEvent([on], { recordId: internal, eventId: event.eventId, resendOf: deliveriesOf(event)[0]! });
    expect(codeOf(await workspace.call("POST", "/v1/events/nobody/resend"))).toEqual([404, "not_found"]);
    expect(codeOf(await workspace.call("POST", `/v1/events/${internal}/resend`))).toEqual([404, "not_found"]);
    expect(codeOf(await other.call("POST", `${pathOf(event)}/resend`))).toEqual([404, "not_found"]);
    const unmatched = await logEvent([]);
    expect(codeOf(await workspace.call("POST", `${pathOf(unmatched)}/resend`))).toEqual([409, "conflict"]);
    const wrong = await workspace.call("POST", `${pathOf(event)}/resend`, { body: { webhook: "x" } });
    expect(codeOf(wrong)).toEqual([422, "validation_failed"]);
  });
});

describe("a scheduled event", () => {
  test("is shown with its time, cannot be explained or resent, and is listed once", async () => {
    const deliverAt = new Date(Date.now() + 3_600_000);
    const event = await logEvent([], { status: "scheduled", deliverAt });
    const shown = await workspace.call("GET", pathOf(event));
    expect(shown.body).toMatchObject({
      status: "scheduled",
      deliverAt: deliverAt.toISOString(),
      deliveryIds: [],
    });
    expect(codeOf(await workspace.call("GET", `${pathOf(event)}/explain`))).toEqual([409, "conflict"]);
    expect(codeOf(await workspace.call("POST", `${pathOf(event)}/resend`))).toEqual([409, "conflict"]);
    const listed = await workspace.call("GET", "/v1/events?status=scheduled");
    expect(listed.body.data.map(({ id }) => id)).toEqual([event.eventId]);
  });
});

describe("a resend in the logs", () => {
  test("names what it repeats in every list and is no event of its own", async () => {
    const event = await logEvent([on]);
    const [first] = deliveriesOf(event);
    const resent = asDeliveryId(`dl_${randomUUID()}`);
    await logEvent([on], {
      recordId: asRecordId(`rs:job_9:${first!}`),
      eventId: event.eventId,
      resendOf: first!,
      acceptedAt: new Date(ACCEPTED_AT + 1_000),
      decision: { matched: [{ ...event.decision.matched[0]!, deliveryId: resent }], unmatched: [] },
    });
    await new DeliveryLog(api.store).record([
      {
        workspaceId: event.workspaceId,
        retentionDays: 36_500,
        results: [
          {
            kind: "attempt",
            webhookId: asWebhookId(on.id),
            generation: 1,
            endpointId: asEndpointId(on.endpointId),
            deliveries: [
              { id: resent, eventId: event.eventId, type: event.type, acceptedAt: ACCEPTED_AT + 1_000 },
            ],
            number: 1,
            trigger: "manual",
            epoch: 1,
            startedAt: ACCEPTED_AT + 2_000,
            durationMs: 1,
            error: "status",
            next: { kind: "dead_letter", reason: "gone" },
          },
        ],
      },
    ]);
    const eventQuery = `eventId=${encodeURIComponent(event.eventId)}`;
    const byEvent = await workspace.call("GET", `/v1/deliveries?${eventQuery}`);
    expect(byEvent.body.data).toMatchObject([
      { id: resent, resendOf: first, status: "dead_letter", attempts: [{ trigger: "manual" }] },
      { id: first, status: "pending" },
    ]);
    const byStatus = await workspace.call("GET", "/v1/deliveries?status=dead_letter");
    expect(byStatus.body.data).toMatchObject([{ id: resent, resendOf: first }]);
    expect((await workspace.call("GET", `/v1/deliveries/${resent}`)).body).toMatchObject({ resendOf: first });
    expect((await workspace.call("GET", pathOf(event))).body).toMatchObject({ deliveryIds: [first, resent] });
    const events = await workspace.call("GET", "/v1/events?limit=200");
    expect(events.body.data.filter(({ id }) => id === event.eventId)).toHaveLength(1);
  });
});

test("a resend the broker does not take is 503; repeated with its key it is sent once", async () => {
  const event = await logEvent([on]);
  await api.deleteEventsTopic();
  const resend = () =>
    workspace.call("POST", `/v1/deliveries/${deliveriesOf(event)[0]!}/resend`, {
      headers: { "idempotency-key": "while-away" },
    });
  const refused = await resend();
  expect(codeOf(refused)).toEqual([503, "unavailable"]);
  expect(refused.headers.get("retry-after")).toBe("5");
  await api.createTopics();
  const answer = await eventually(async () => {
    const repeated = await resend();
    return repeated.status === 202 && accepted(repeated);
  });
  await reader.close();
  reader = openReader();
  await eventually(() => resendsOf(event).length > 0);
  expect(new Set(resendsOf(event).map(({ recordId }) => recordId)).size).toBe(1);
  const [inLineNow] = resendsOf(event);
  expect(answer.resends[0]!.deliveryId).toBe(toDeliveryId(inLineNow!, asWebhookId(on.id)));
}, 90_000);
