import { randomUUID } from "node:crypto";
import type { DeliveryResult, ResendManyAnswer } from "@hooklane/contracts";
import { asDeliveryId, asEndpointId, asEventId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import { DeliveryLog, JobRepository, JOBS } from "@hooklane/store";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

const ACCEPTED_AT = Date.UTC(2026, 0, 15, 10);

let api: TestApi;
let workspace: TestWorkspace;
let other: TestWorkspace;
let readKey: string;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
  other = await api.createWorkspace();
  const made = await workspace.call("POST", "/v1/api-keys", { body: { name: "r", scopes: ["read"] } });
  readKey = made.body.apiKey;
}, 60_000);

afterAll(() => api.stop());

beforeEach(async () => {
  await api.store.db.collection(JOBS).deleteMany({});
});

interface Webhook {
  readonly id: string;
  readonly endpointId: string;
}

async function makeWebhook(name: string, status = "active"): Promise<Webhook> {
  const made = await workspace.call("POST", "/v1/webhooks", {
    body: { name, url: `https://${name}.example.org/`, eventTypes: ["email.opened"], status },
  });
  return made.body;
}

/** Logs a delivery of an event accepted so many seconds after the first. */
async function logDelivery(
  { id, endpointId }: Webhook,
  seconds: number,
  next: Extract<DeliveryResult, { kind: "attempt" }>["next"],
): Promise<void> {
  const acceptedAt = ACCEPTED_AT + seconds * 1_000;
  const ids = { id: asDeliveryId(`dl_${randomUUID()}`), eventId: asEventId(`evt_${randomUUID()}`) };
  await new DeliveryLog(api.store).record([
    {
      workspaceId: asWorkspaceId(workspace.id),
      retentionDays: 36_500,
      results: [
        {
          kind: "attempt",
          webhookId: asWebhookId(id),
          generation: 1,
          endpointId: asEndpointId(endpointId),
          deliveries: [{ ...ids, type: "email.opened", acceptedAt }],
          number: 1,
          trigger: "automatic",
          epoch: 1,
          startedAt: acceptedAt,
          durationMs: 1,
          next,
        },
      ],
    },
  ]);
}

const dead = { kind: "dead_letter", reason: "gone" } as const;
const codeOf = ({ status, body }: TestAnswer) => [status, body.code];
const bodyOf = ({ body }: TestAnswer) => body as unknown as ResendManyAnswer;
const resendMany = (body: object, options: object = {}, caller: TestWorkspace = workspace) =>
  caller.call("POST", "/v1/deliveries/resend-many", { body, ...options });
const countJobs = () => api.store.db.collection(JOBS).countDocuments();
const begin = async (body: object = { filter: { status: "dead_letter" } }) =>
  bodyOf(await resendMany(body)).job!;

describe("POST /v1/deliveries/resend-many", () => {
  test("with dryRun it counts by webhook, type, status and time, and begins nothing: 200", async () => {
    const [one, two] = [await makeWebhook("one"), await makeWebhook("two")];
    for (const seconds of [0, 10, 20]) await logDelivery(one, seconds, { kind: "delivered" });
    await logDelivery(one, 30, dead);
    await logDelivery(one, 40, { kind: "retrying", nextAttemptAt: ACCEPTED_AT });
    await logDelivery(two, 50, dead);
    const at = (seconds: number) => new Date(ACCEPTED_AT + seconds * 1_000).toISOString();
    const counts: [object, number][] = [
      [{ webhookId: one.id }, 4],
      [{ webhookId: one.id, status: "delivered" }, 3],
      [{ webhookId: one.id, from: at(10), to: at(30) }, 2],
      [{ webhookId: one.id, eventType: "email.opened" }, 4],
      [{ webhookId: one.id, eventType: "email.bounced" }, 0],
      [{ status: "dead_letter" }, 2],
      [{ status: "dead_letter", from: at(40) }, 1],
      [{ status: "skipped" }, 0],
    ];
    for (const [filter, count] of counts) {
      const answer = await resendMany({ filter, dryRun: true });
      expect([filter, answer.status, answer.body]).toEqual([filter, 200, { count, isAtLeast: false }]);
    }
    expect(bodyOf(await resendMany({ filter: { status: "dead_letter" }, dryRun: true }, {}, other))).toEqual({
      count: 0,
      isAtLeast: false,
    });
    expect(await countJobs()).toBe(0);
  });

  test("begins a job, which can be read: 200", async () => {
    const webhook = await makeWebhook("job");
    await logDelivery(webhook, 0, { kind: "delivered" });
    const filter = { webhookId: webhook.id, from: "2026-01-01T00:00:00.000Z" };
    const answer = await resendMany({ filter });
    expect(answer.status).toBe(200);
    const { count, job } = bodyOf(answer);
    expect(count).toBe(1);
    expect(job).toMatchObject({
      kind: "resend_many",
      status: "running",
      filter,
      expected: { count: 1, isAtLeast: false },
      resent: 0,
    });
    expect((await workspace.call("GET", `/v1/jobs/${job!.id}`)).body).toEqual(job);
  });

  test("with an Idempotency-Key it is one job however often it is called, without one each is another", async () => {
    const body = { filter: { status: "dead_letter" } };
    const keyed = () => resendMany(body, { headers: { "idempotency-key": "one-job" } });
    const answers = await Promise.all([keyed(), keyed(), keyed()]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await countJobs()).toBe(1);
    await resendMany(body);
    expect(await countJobs()).toBe(2);
  });

  test("of everything there is, or in a state that has no end: 422", async () => {
    for (const filter of [
      {},
      { status: "delivered" },
      { eventType: "email.opened" },
      { status: "pending" },
      { status: "retrying" },
      { status: "dead_letter", from: "yesterday" },
      { status: "dead_letter", url: "x" },
    ]) {
      expect(codeOf(await resendMany({ filter }))).toEqual([422, "validation_failed"]);
    }
    const missing = await resendMany({ filter: { status: "delivered" } });
    expect(missing.body.errors).toMatchObject([{ path: "filter.webhookId", code: "required" }]);
    expect(codeOf(await resendMany({ dryRun: true }))).toEqual([422, "validation_failed"]);
    expect(await countJobs()).toBe(0);
  });

  test("an unknown or another workspace's webhook: 404; a key without write: 403", async () => {
    const { id } = await makeWebhook("theirs");
    const filter = { webhookId: id };
    expect(codeOf(await resendMany({ filter: { webhookId: "wh_nobody" } }))).toEqual([404, "not_found"]);
    expect(codeOf(await resendMany({ filter }, {}, other))).toEqual([404, "not_found"]);
    expect(codeOf(await resendMany({ filter }, { key: readKey }))).toEqual([403, "forbidden"]);
  });

  test("to a webhook that is not sent to: 409, though it can be counted", async () => {
    const off = await makeWebhook("switched-off", "inactive");
    await logDelivery(off, 0, dead);
    const filter = { webhookId: off.id };
    expect(codeOf(await resendMany({ filter }))).toEqual([409, "webhook_not_active"]);
    expect(bodyOf(await resendMany({ filter, dryRun: true })).count).toBe(1);
    await workspace.call("DELETE", `/v1/webhooks/${off.id}`);
    expect(codeOf(await resendMany({ filter }))).toEqual([409, "webhook_not_active"]);
  });
});

describe("GET /v1/jobs/{id}", () => {
  test("tells how far it is: 200; unknown or another workspace's: 404; no key: 401", async () => {
    const { id } = await begin();
    const jobs = new JobRepository(api.store);
    await jobs.claim(id, "hm", 60_000);
    const skipped = { webhook_not_active: 1, event_expired: 2, repeated: 3, test: 4 };
    await jobs.advance(id, "hm", { resent: 4, skipped }, new Date());
    await jobs.complete(id, "hm");
    const answer = await workspace.call("GET", `/v1/jobs/${id}`, { key: readKey });
    expect([answer.status, answer.body]).toMatchObject([
      200,
      { status: "completed", resent: 4, skipped, finishedAt: expect.any(String) },
    ]);
    expect(codeOf(await workspace.call("GET", "/v1/jobs/job_nobody"))).toEqual([404, "not_found"]);
    expect(codeOf(await other.call("GET", `/v1/jobs/${id}`))).toEqual([404, "not_found"]);
    expect(codeOf(await api.call("GET", `/v1/jobs/${id}`))).toEqual([401, "unauthorized"]);
  });
});

describe("POST /v1/jobs/{id}/cancel", () => {
  const cancel = (id: string, options: object = {}, caller: TestWorkspace = workspace) =>
    caller.call("POST", `/v1/jobs/${id}/cancel`, options);

  test("ends it, and again: 200; completed: 409", async () => {
    const [one, two] = [await begin(), await begin()];
    for (let n = 0; n < 2; n++) {
      const answer = await cancel(one.id);
      expect([answer.status, answer.body.status]).toEqual([200, "cancelled"]);
    }
    const jobs = new JobRepository(api.store);
    await jobs.claim(two.id, "hm", 60_000);
    await jobs.complete(two.id, "hm");
    expect(codeOf(await cancel(two.id))).toEqual([409, "conflict"]);
  });

  test("unknown or another workspace's: 404; a key without write: 403; a body: 422", async () => {
    const { id } = await begin();
    expect(codeOf(await cancel("job_nobody"))).toEqual([404, "not_found"]);
    expect(codeOf(await cancel(id, {}, other))).toEqual([404, "not_found"]);
    expect(codeOf(await cancel(id, { key: readKey }))).toEqual([403, "forbidden"]);
    expect(codeOf(await cancel(id, { body: { why: "x" } }))).toEqual([422, "validation_failed"]);
    expect((await workspace.call("GET", `/v1/jobs/${id}`)).body.status).toBe("running");
  });
});
