import { randomUUID } from "node:crypto";
import type { RecoverJobAnswer, WebhookAnswer } from "@hooklane/contracts";
import { asRecordId, asEventId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import { EventLog, type NewLoggedEvent, RecoveryRepository, WebhookRepository } from "@hooklane/store";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { OPERATOR_KEY, type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;
let other: TestWorkspace;
let recoveries: RecoveryRepository;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
  other = await api.createWorkspace();
  recoveries = new RecoveryRepository(api.store);
}, 60_000);

afterAll(() => api.stop());

/** Of one in its second generation: it was on, and is off. */
async function makeOff(overrides: object = {}, of: TestWorkspace = workspace): Promise<WebhookAnswer> {
  const webhook = await makeOn(overrides, of);
  const off = await of.call("POST", `/v1/webhooks/${webhook.id}/deactivate`);
  return webhookOf(off);
}

async function makeOn(overrides: object = {}, of: TestWorkspace = workspace): Promise<WebhookAnswer> {
  const made = await of.call("POST", "/v1/webhooks", {
    body: {
      name: "Clicks",
      url: `https://hooks.example.org/${randomUUID()}`,
      eventTypes: ["email.opened"],
      status: "active",
      ...overrides,
    },
  });
  expect(made.status).toBe(201);
  return webhookOf(made);
}

const webhookOf = ({ body }: TestAnswer) => body as unknown as WebhookAnswer;
const codeOf = ({ status, body }: TestAnswer) => [status, body.code];
const patch = (id: string, body: object) => workspace.call("PATCH", `/v1/webhooks/${id}`, { body });
const recover = (id: string, options: { headers?: Record<string, string>; body?: object } = {}) =>
  workspace.call("POST", `/v1/webhooks/${id}/activate`, { body: { recover: true }, ...options });
const deactivate = (id: string) => workspace.call("POST", `/v1/webhooks/${id}/deactivate`);
const readJob = async (id = "") =>
  (await workspace.call("GET", `/v1/jobs/${id}`)).body as unknown as RecoverJobAnswer;
const countRecoveries = (id: string) =>
  api.store.db.collection("recoveries").countDocuments({ webhookId: id });

describe("POST /v1/webhooks/{id}/activate with recover", () => {
  test("makes it recovering, in a new generation, with a job that can be read: 200", async () => {
    const { id } = await makeOff();
    const answer = await recover(id);
    expect(answer.status).toBe(200);
    const webhook = webhookOf(answer);
    expect(webhook).toMatchObject({ status: "recovering", version: 3, generation: 3 });
    expect(webhook.recoveryJobId).toMatch(/^job_/);
    expect(answer.headers.get("etag")).toBe('"3"');
    expect(webhookOf(await workspace.call("GET", `/v1/webhooks/${id}`))).toEqual(webhook);
    expect(await readJob(webhook.recoveryJobId)).toMatchObject({
      id: webhook.recoveryJobId,
      kind: "recover",
      status: "running",
      webhookId: id,
      phase: "waiting",
      waitingFor: 0,
      sent: 0,
      remaining: { count: 0, isAtLeast: false },
    });
    const stored = await recoveries.find(asWorkspaceId(workspace.id), webhook.recoveryJobId ?? "");
    expect(stored).toMatchObject({ generation: 3, version: 3, owedSince: 1 });
  });

  test("without it, or with false, is plainly active: nothing of before is owed from then on", async () => {
    for (const body of [{}, { recover: false }]) {
      const { id } = await makeOff();
      const on = webhookOf(await recover(id, { body }));
      expect(on).toMatchObject({ status: "active", generation: 3 });
      expect(on).not.toHaveProperty("recoveryJobId");
      expect(await countRecoveries(id)).toBe(0);
      await deactivate(id);
      const { recoveryJobId = "" } = webhookOf(await recover(id));
      expect(await recoveries.find(asWorkspaceId(workspace.id), recoveryJobId)).toMatchObject({
        generation: 5,
        owedSince: 3,
      });
    }
  });

  test("of one that is active or recovering changes nothing: 200", async () => {
    const active = await makeOn();
    expect(webhookOf(await recover(active.id))).toEqual(
      webhookOf(await workspace.call("GET", `/v1/webhooks/${active.id}`)),
    );
    expect(await countRecoveries(active.id)).toBe(0);

    const { id } = await makeOff();
    const recovering = webhookOf(await recover(id));
    for (const body of [{ recover: true }, { recover: false }, {}]) {
      expect(webhookOf(await recover(id, { body }))).toEqual(recovering);
    }
    expect(await countRecoveries(id)).toBe(1);
  });

  test("called twice at once is one recovery", async () => {
    const { id } = await makeOff();
    const answers = (await Promise.all([recover(id), recover(id), recover(id)])).map(webhookOf);
    expect(new Set(answers.map(({ recoveryJobId }) => recoveryJobId)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: "recovering", version: 3 });
    expect(await countRecoveries(id)).toBe(1);
  });

  test("of one that was disabled forgets why", async () => {
    const { id } = await makeOn();
    const disabled = { reason: "error_rate", at: new Date(), lastError: "HTTP 500" };
    await new WebhookRepository(api.store).change(
      asWebhookId(id),
      {},
      (webhook) => ({ webhook: { ...webhook, status: "auto_disabled", disabled } as never }),
      new Date(),
    );
    const webhook = webhookOf(await recover(id));
    expect(webhook).toMatchObject({ status: "recovering" });
    expect(webhook).not.toHaveProperty("disabled");
  });

  test("with the ETag of an older version: 412; with another field: 422; of nobody's or another's: 404", async () => {
    const { id } = await makeOff();
    expect((await recover(id, { headers: { "if-match": '"1"' } })).status).toBe(412);
    const wrong = await recover(id, { body: { recover: true, since: "2026-01-01" } });
    expect(codeOf(wrong)).toEqual([422, "validation_failed"]);
    expect(wrong.body.errors).toMatchObject([{ path: "since", code: "unknown_field" }]);
    expect(codeOf(await recover(id, { body: { recover: "yes" } }))).toEqual([422, "validation_failed"]);
    expect((await recover("wh_nobody")).status).toBe(404);
    const theirs = await other.call("POST", `/v1/webhooks/${id}/activate`, { body: { recover: true } });
    expect(theirs.status).toBe(404);
    expect(webhookOf(await workspace.call("GET", `/v1/webhooks/${id}`))).toMatchObject({
      status: "inactive",
      version: 2,
    });
    expect((await recover(id, { headers: { "if-match": '"2"' } })).status).toBe(200);
  });

  test("where the plan allows no active webhook: 403", async () => {
    const asOperator = (method: string, path: string, body: object) =>
      api.call(method, path, { key: OPERATOR_KEY, body });
    await asOperator("POST", "/v1/plans/families/audience", {});
    const own = await api.createWorkspace({ plan: "audience.standard" });
    const { id } = await makeOff({}, own);
    await asOperator("PATCH", `/v1/workspaces/${own.id}`, { plan: "audience.free" });
    const refused = await own.call("POST", `/v1/webhooks/${id}/activate`, { body: { recover: true } });
    expect(codeOf(refused)).toEqual([403, "plan_upgrade_required"]);
    expect(await countRecoveries(id)).toBe(0);
  });

  test("is in the audit log with both states, once", async () => {
    const own = await api.createWorkspace();
    const { id } = await makeOff({}, own);
    const call = () => own.call("POST", `/v1/webhooks/${id}/activate`, { body: { recover: true } });
    await call();
    await call();
    const log = await own.call("GET", `/v1/audit-log?object=${id}`);
    const entries = (log.body.data as unknown as { operation: string }[]).filter(
      ({ operation }) => operation === "activateWebhook",
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      actor: { kind: "api_key" },
      changes: expect.arrayContaining(["generation", "status"]),
    });
  });
});

describe("a webhook that recovers", () => {
  test("goes on recovering when it is changed, also to active", async () => {
    const { id } = await makeOff();
    const { recoveryJobId } = webhookOf(await recover(id));
    const changed = [
      { status: "active" },
      { name: "New" },
      { status: "active", name: "Newer", url: `https://hooks.example.org/${randomUUID()}` },
    ];
    for (const body of changed) {
      const answer = await patch(id, body);
      expect([body, answer.status, answer.body]).toMatchObject([
        body,
        200,
        { status: "recovering", generation: 3, recoveryJobId },
      ]);
    }
    expect(await countRecoveries(id)).toBe(1);
  });

  test("is off at once when it is deactivated, in either way; the next recovery is another job", async () => {
    for (const off of [deactivate, (id: string) => patch(id, { status: "inactive" })]) {
      const { id } = await makeOff();
      const first = webhookOf(await recover(id));
      const stopped = webhookOf(await off(id));
      expect(stopped).toMatchObject({ status: "inactive", generation: 4 });
      expect(stopped).not.toHaveProperty("recoveryJobId");
      const second = webhookOf(await recover(id));
      expect(second).toMatchObject({ status: "recovering", generation: 5 });
      expect(second.recoveryJobId).not.toBe(first.recoveryJobId);
      // What the first left is the second's.
      const stored = await recoveries.find(asWorkspaceId(workspace.id), second.recoveryJobId ?? "");
      expect(stored).toMatchObject({ owedSince: 1 });
    }
  });
});

describe("a new URL", () => {
  test("of an active webhook on a shared line: it moves there as recovering, in a new generation: 200", async () => {
    const shared = await makeOn({ url: "https://shared.example.org/" });
    await makeOn({ url: "https://shared.example.org/" });
    const moved = await patch(shared.id, { url: "https://third.example.org/" });
    expect(moved.status).toBe(200);
    const webhook = webhookOf(moved);
    expect(webhook).toMatchObject({ status: "recovering", generation: 2, url: "https://third.example.org/" });
    expect(webhook.endpointId).not.toBe(shared.endpointId);
    expect(await readJob(webhook.recoveryJobId)).toMatchObject({ kind: "recover", status: "running" });
    const stored = await recoveries.find(asWorkspaceId(workspace.id), webhook.recoveryJobId ?? "");
    expect(stored).toMatchObject({ generation: 2, owedSince: 1 });
  });

  test("that has a line already: likewise; moved once more while it recovers: another recovery", async () => {
    const target = await makeOn({ url: "https://target.example.org/" });
    const own = await makeOn({ url: "https://own.example.org/" });
    const moved = webhookOf(await patch(own.id, { url: "https://target.example.org/" }));
    expect(moved).toMatchObject({ status: "recovering", generation: 2, endpointId: target.endpointId });
    const again = webhookOf(await patch(own.id, { url: "https://fourth.example.org/" }));
    expect(again).toMatchObject({ status: "recovering", generation: 3 });
    expect(again.recoveryJobId).not.toBe(moved.recoveryJobId);
    expect(await countRecoveries(own.id)).toBe(2);
  });

  test("of a webhook that is off, or goes off with it, begins no recovery", async () => {
    await makeOn({ url: "https://busy.example.org/" });
    const one = await makeOff({ url: "https://busy.example.org/" });
    expect(webhookOf(await patch(one.id, { url: "https://free.example.org/" }))).toMatchObject({
      status: "inactive",
    });
    const two = await makeOn({ url: "https://busy.example.org/" });
    const off = webhookOf(await patch(two.id, { url: "https://free2.example.org/", status: "inactive" }));
    expect(off).toMatchObject({ status: "inactive" });
    expect(await countRecoveries(one.id)).toBe(0);
    expect(await countRecoveries(two.id)).toBe(0);
  });
});

describe("GET /v1/jobs/{id} of a recovery", () => {
  const owe = (id: string, count: number) =>
    new EventLog(api.store).record(
      Array.from({ length: count }, (_, n): NewLoggedEvent => {
        const recordId = asRecordId(`${id}-${n}`);
        return {
          workspaceId: asWorkspaceId(workspace.id),
          recordId,
          eventId: asEventId(recordId),
          position: { partition: 0, epoch: 0, offset: 10 + n },
          type: "email.opened",
          timestamp: "2026-01-15T10:00:00Z",
          source: "api",
          acceptedAt: new Date(),
          status: "accepted",
          shownBody: Buffer.from("{}"),
          decision: { matched: [], unmatched: [] },
          // The first of them before it was plainly activated.
          owed: [{ webhookId: asWebhookId(id), generation: n === 0 ? 0 : 2 }],
          expiresAt: new Date("2100-01-01T00:00:00Z"),
        };
      }),
    );

  test("tells waiting, sending and done, for how many it waits, and what is left", async () => {
    const { id } = await makeOff();
    await owe(id, 6);
    const { recoveryJobId: job = "" } = webhookOf(await recover(id));
    await recoveries.claim(job, "hm", 60_000);
    await recoveries.advance(job, "hm", { waitingFor: 4 });
    expect(await readJob(job)).toMatchObject({ phase: "waiting", waitingFor: 4, remaining: { count: 5 } });
    await recoveries.advance(job, "hm", { isCollected: true, waitingFor: 0 });
    expect(await readJob(job)).toMatchObject({ phase: "sending", waitingFor: 0, remaining: { count: 5 } });
    await recoveries.advance(job, "hm", { sentThrough: { epoch: 0, offset: 12 }, sent: 2 });
    expect(await readJob(job)).toMatchObject({
      phase: "sending",
      sent: 2,
      remaining: { count: 3, isAtLeast: false },
    });
    await recoveries.noteEnding(job, "hm", 1);
    const position = { partition: 0, epoch: 0, offset: 90 };
    await recoveries.noteEnd(job, 1, { position, kind: "enter", entering: [] });
    expect(await readJob(job)).toMatchObject({ status: "running", remaining: { count: 0 } });
    await recoveries.finish(job, "completed");
    const done = await readJob(job);
    expect(done).toMatchObject({ status: "completed", phase: "done", remaining: { count: 0 } });
    expect(done.finishedAt).toBeDefined();
  });

  test("is nobody else's: 404", async () => {
    const { id } = await makeOff();
    const { recoveryJobId = "" } = webhookOf(await recover(id));
    expect((await other.call("GET", `/v1/jobs/${recoveryJobId}`)).status).toBe(404);
    expect((await other.call("POST", `/v1/jobs/${recoveryJobId}/cancel`)).status).toBe(404);
  });

  test("is not cancelled by itself: 409, it goes on", async () => {
    const { id } = await makeOff();
    const { recoveryJobId = "" } = webhookOf(await recover(id));
    const refused = await workspace.call("POST", `/v1/jobs/${recoveryJobId}/cancel`);
    expect(codeOf(refused)).toEqual([409, "conflict"]);
    expect(await readJob(recoveryJobId)).toMatchObject({ status: "running" });
    expect(webhookOf(await workspace.call("GET", `/v1/webhooks/${id}`))).toMatchObject({
      status: "recovering",
    });
  });
});
