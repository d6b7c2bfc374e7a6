import { randomUUID } from "node:crypto";
import {
  type AttemptResult,
  decodeEventsRecord,
  decodeResults,
  type EventsRecord,
  type TestDeliveryAnswer,
  type TestMeta,
} from "@hooklane/contracts";
import { createKafka, GroupConsumer, toRawRecord, topicNames } from "@hooklane/kafka";
import { createLogger } from "@hooklane/service";
import { answer as reply, eventually, type Receiver, startReceiver } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Webhook } from "standardwebhooks";
import { type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;
let other: TestWorkspace;
let receiver: Receiver;
let reader: GroupConsumer;
const tests: { readonly meta: TestMeta; readonly body: string }[] = [];
const results: AttemptResult[] = [];

beforeAll(async () => {
  receiver = await startReceiver();
  api = await TestApi.start({
    SUBSCRIPTION_API_ANNOUNCE_TIMEOUT_MS: "2000",
    // No dispatcher runs here.
    SUBSCRIPTION_API_TEST_WAIT_MS: "300",
    HOOKLANE_DESTINATION_ALLOW: "127.0.0.1/32",
  });
  workspace = await api.createWorkspace();
  other = await api.createWorkspace();
  reader = openReader();
}, 60_000);

afterAll(async () => {
  await reader.close();
  await api.stop();
  await receiver.close();
}, 30_000);

function openReader(): GroupConsumer {
  const prefix = api.config.HOOKLANE_TOPIC_PREFIX;
  const { events, attempts } = topicNames(prefix);
  const kafka = createKafka({
    brokers: api.config.KAFKA_BROKERS,
    clientId: "test",
    logger: createLogger("test", "silent"),
  });
  const opened = new GroupConsumer(kafka, {
    groupId: `${prefix}.reader-${randomUUID()}`,
    topics: [events, attempts],
    handler: ({ records }) => {
      for (const record of records) {
        if (record.topic === attempts) {
          const decoded = decodeResults(toRawRecord(record));
          if (decoded.ok) results.push(...decoded.value.results.filter((one) => one.kind === "attempt"));
        } else {
          const decoded = decodeEventsRecord(record);
          if (decoded.ok && isTest(decoded.value))
            tests.push({ meta: decoded.value.meta, body: String(record.value) });
        }
      }
      return Promise.resolve();
    },
  });
  opened.start();
  return opened;
}

const isTest = (record: EventsRecord): record is { meta: TestMeta; body: Uint8Array } =>
  record.meta.kind === "test";

/** Addresses of its own for every webhook: what the receiver got is told apart by them. */
async function make(options: object = {}) {
  const path = `/${randomUUID()}`;
  const answer = await workspace.call("POST", "/v1/webhooks", {
    body: { name: "Hook", url: receiver.url(path), eventTypes: ["contact.subscribed"], ...options },
  });
  expect(answer.status).toBe(201);
  return { ...answer.body, path, got: () => receiver.requests.filter((request) => request.path === path) };
}

const send = (
  id: string,
  body: object = { eventType: "email.opened" },
  headers: Record<string, string> = {},
) => workspace.call("POST", `/v1/webhooks/${id}/test`, { body, headers });

async function sent(id: string, body?: object): Promise<TestDeliveryAnswer> {
  const answer = await send(id, body);
  expect(answer.status).toBe(200);
  return answer.body as unknown as TestDeliveryAnswer;
}

const codeOf = ({ status, body }: TestAnswer) => [status, body.code];
const fieldsOf = ({ status, body }: TestAnswer) => [
  status,
  body.errors.map(({ path, code }) => [path, code]),
];

const recordOf = (eventId: string) => eventually(() => tests.find(({ meta }) => meta.eventId === eventId));

describe("a test of an active webhook", () => {
  test("takes its place in line: the type's example under an id of its own, for this webhook alone", async () => {
    const webhook = await make({ status: "active" });
    const delivery = await sent(webhook.id);
    expect(delivery).toMatchObject({
      id: expect.stringMatching(/^dl_/),
      eventId: expect.stringMatching(/^test:/),
      eventType: "email.opened",
      webhookId: webhook.id,
      endpointId: webhook.endpointId,
      status: "pending",
      attempts: [],
      waitsBehind: { deliveries: 0 },
    });
    const record = await recordOf(delivery.eventId);
    expect(record.meta).toMatchObject({
      webhookId: webhook.id,
      recordId: delivery.eventId,
      type: "email.opened",
    });
    expect(record.meta.isSent).toBeUndefined();
    const type = await workspace.call("GET", "/v1/event-types/email.opened");
    const { data } = type.body.example as unknown as { data: object };
    const event = JSON.parse(record.body) as { timestamp: string };
    expect(event).toMatchObject({ id: delivery.eventId, type: "email.opened", data });
    expect(Date.now() - Date.parse(event.timestamp)).toBeLessThan(60_000);
    expect(webhook.got()).toEqual([]);
  });
});

describe("a test of a webhook that is not sent to", () => {
  test("is sent from here as a real delivery is: signed, with its headers, and logged", async () => {
    const webhook = await make({
      headers: { "X-Own": "1" },
      auth: { type: "basic", username: "u", password: "p" },
    });
    const delivery = await sent(webhook.id);
    expect(delivery).toMatchObject({
      status: "delivered",
      webhookId: webhook.id,
      attempts: [{ number: 1, trigger: "test", statusCode: 200, durationMs: expect.any(Number) }],
    });
    const [request, ...more] = webhook.got();
    expect(more).toEqual([]);
    expect(request?.headers).toMatchObject({
      "x-own": "1",
      "webhook-attempt": "1",
      authorization: `Basic ${Buffer.from("u:p").toString("base64")}`,
      "webhook-id": `msg_${delivery.id.slice(3)}`,
    });
    const verified = new Webhook(webhook.secret).verify(String(request?.body), request?.headers as never);
    expect(verified).toMatchObject({ id: delivery.eventId, type: "email.opened" });
    const record = await recordOf(delivery.eventId);
    expect(record.meta).toMatchObject({ isSent: true, webhookId: webhook.id });
    expect(results.find(({ deliveries }) => deliveries[0]?.id === delivery.id)).toMatchObject({
      trigger: "test",
      next: { kind: "delivered" },
    });
  });

  test("of one that batches is an array of one event", async () => {
    const webhook = await make({ batching: {} });
    const delivery = await sent(webhook.id);
    expect(delivery.batchId).toMatch(/^msg_/);
    expect(JSON.parse(String(webhook.got()[0]?.body))).toMatchObject([{ id: delivery.eventId }]);
  });

  test("is attempted once: what failed is given up, with the head of the answer", async () => {
    const webhook = await make();
    receiver.behave(webhook.path, () => reply(410, { body: "gone for good" }));
    expect(await sent(webhook.id)).toMatchObject({
      status: "dead_letter",
      reason: "retries_exhausted",
      attempts: [{ statusCode: 410, error: "status", responseHead: "gone for good" }],
    });
    expect(webhook.got()).toHaveLength(1);
    const after = await workspace.call("GET", `/v1/webhooks/${webhook.id}`);
    expect(after.body.status).toBe("inactive");
    const health = await workspace.call("GET", "/v1/health");
    expect(health.body.errorQuota).toMatchObject({ used: 0 });
  });

  test("keeps nothing of an answer that repeats what the workspace does not have stored", async () => {
    const own = await api.createWorkspace();
    const path = `/${randomUUID()}`;
    const made = await own.call("POST", "/v1/webhooks", {
      body: { name: "Echo", url: receiver.url(path), eventTypes: ["contact.subscribed"] },
    });
    receiver.behave(path, ({ body }) => reply(200, { body: String(body) }));
    const head = async () => {
      const answer = await own.call("POST", `/v1/webhooks/${made.body.id}/test`, {
        body: { eventType: "email.opened" },
      });
      const { attempts } = answer.body as unknown as TestDeliveryAnswer;
      return String(attempts[0]?.responseHead);
    };
    const [name] = Object.keys((JSON.parse(await head()) as { data: object }).data);
    expect((await own.call("PATCH", "/v1/workspace", { body: { redact: [`data.${name}`] } })).status).toBe(
      200,
    );
    await eventually(async () => (await head()).includes(`"${name}":"[redacted]"`));
  });

  test("is not connected where the policy does not allow it", async () => {
    const { id } = await make({ url: "https://example.org/" });
    // Addresses are judged again when connecting, whatever was saved.
    await api.store.db
      .collection<{ _id: string }>("endpoints")
      .updateOne({ url: "https://example.org/" }, { $set: { url: "http://10.0.0.7/" } });
    expect(await sent(id)).toMatchObject({
      status: "dead_letter",
      attempts: [{ error: "destination_refused" }],
    });
  });

  test("whose own body cannot be made fails without a request", async () => {
    const webhook = await make({ body: '{"a":{{ data.none }}}' });
    expect(await sent(webhook.id)).toMatchObject({
      status: "dead_letter",
      reason: "template_failed",
      attempts: [{ error: "template" }],
    });
    expect(webhook.got()).toEqual([]);
  });
});

describe("a repeated call", () => {
  test("with its Idempotency-Key is the same test, sent once", async () => {
    const webhook = await make();
    const [one, other] = await Promise.all([
      send(webhook.id, { eventType: "email.opened" }, { "idempotency-key": "k1" }),
      send(webhook.id, { eventType: "email.opened" }, { "idempotency-key": "k1" }),
    ]);
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(one.body.id).toBe(other.body.id);
    expect(webhook.got()).toHaveLength(1);
  });

  test("in the same second is too much: 429 with Retry-After; of another webhook it is not", async () => {
    const webhook = await make();
    const another = await make();
    const answers = await Promise.all([send(webhook.id), send(webhook.id), send(another.id)]);
    expect(answers.slice(0, 2).map(codeOf)).toEqual(
      expect.arrayContaining([
        [200, undefined],
        [429, "rate_limited"],
      ]),
    );
    expect(answers.find(({ status }) => status === 429)?.headers.get("retry-after")).toBe("1");
    expect(answers[2].status).toBe(200);
  });
});

describe("what is refused", () => {
  test("a type that is not there or has no example, or that webhooks of the kind do not get: 422", async () => {
    const { id } = await make();
    await workspace.call("POST", "/v1/event-types", { body: { type: "own.bare", schema: {} } });
    expect(fieldsOf(await send(id, { eventType: "nobody.knows" }))).toEqual([
      422,
      [["eventType", "unknown_event_type"]],
    ]);
    expect(fieldsOf(await send(id, { eventType: "own.bare" }))).toEqual([
      422,
      [["eventType", "invalid_value"]],
    ]);
    expect(fieldsOf(await send(id, {}))).toEqual([422, [["eventType", "required"]]]);
    expect(fieldsOf(await send(id, { eventType: "email.opened", x: 1 }))).toEqual([
      422,
      [["x", "unknown_field"]],
    ]);
    const audience = await make({
      kind: "audience",
      audienceId: "a",
      eventTypes: ["audience.subscribed"],
      status: "inactive",
    });
    expect(fieldsOf(await send(audience.id))).toEqual([422, [["eventType", "invalid_value"]]]);
  });

  test("an unknown, deleted or another workspace's webhook: 404; no key 401, a key that reads 403; no JSON 400", async () => {
    const webhook = await make();
    const path = `/v1/webhooks/${webhook.id}/test`;
    const body = { eventType: "email.opened" };
    expect(codeOf(await send("wh_nobody"))).toEqual([404, "not_found"]);
    expect(codeOf(await other.call("POST", path, { body }))).toEqual([404, "not_found"]);
    expect(codeOf(await api.call("POST", path, { body }))).toEqual([401, "unauthorized"]);
    expect(codeOf(await workspace.call("POST", path, { rawBody: "{" }))).toEqual([400, "malformed_json"]);
    const reading = await workspace.call("POST", "/v1/api-keys", { body: { name: "r", scopes: ["read"] } });
    const { apiKey: key } = reading.body;
    expect(codeOf(await workspace.call("POST", path, { body, key }))).toEqual([403, "forbidden"]);
    await workspace.call("DELETE", `/v1/webhooks/${webhook.id}`);
    expect(codeOf(await send(webhook.id))).toEqual([404, "not_found"]);
  });
});
