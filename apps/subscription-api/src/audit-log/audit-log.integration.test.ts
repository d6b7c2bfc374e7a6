import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { logEvent, scheduleEvent } from "../testing/logged.js";
import { makeAudience } from "../testing/statuses/audience-requests.js";
import { makeImport } from "../testing/statuses/import-requests.js";
import { AudienceCalls } from "../testing/audience-calls.js";
import { makeCampaign } from "../testing/statuses/campaign-requests.js";
import { makeJourney } from "../testing/statuses/journey-requests.js";
import { OPERATOR_KEY, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
});

afterAll(() => api.stop());

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id?: string };
  readonly operation: string;
  readonly object: { readonly kind: string; readonly id: string };
  readonly changes: readonly string[];
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly requestId?: string;
  readonly ip?: string;
}

async function entriesOf(of: TestWorkspace, query = ""): Promise<readonly Entry[]> {
  const answer = await of.call("GET", `/v1/audit-log?limit=200${query}`);
  expect(answer.status).toBe(200);
  return answer.body.data as unknown as readonly Entry[];
}

const asOperator = (method: string, path: string, body?: object) =>
  api.call(method, path, { key: OPERATOR_KEY, ...(body && { body }) });

const aPlan = (id: string) => ({
  id,
  family: "own",
  rank: 1,
  name: { en: id, fr: id },
  webhooks: { access: "full" },
});

const webhookBody = { name: "Clicks", url: "https://a.example/", eventTypes: ["contact.subscribed"] };
const newWebhook = async (of: TestWorkspace, body: object = {}) =>
  (await of.call("POST", "/v1/webhooks", { body: { ...webhookBody, ...body } })).body;

/** Writes that change nothing and set nothing going. */
const WITHOUT_ENTRY: ReadonlySet<string> = new Set([
  "previewWebhook",
  "testFilter",
  "testWebhook",
  "createArrival",
  "previewSegment",
  "createContact",
  "patchContact",
  "deleteContact",
]);

const sentBefore = async (of: TestWorkspace) =>
  logEvent(api.store, of.id, await newWebhook(of, { status: "active" }));

const beginJob = async (of: TestWorkspace) => {
  const { id } = await newWebhook(of, { status: "active" });
  const begun = await of.call("POST", "/v1/deliveries/resend-many", { body: { filter: { webhookId: id } } });
  return (begun.body as unknown as { readonly job: { readonly id: string } }).job;
};

/** How each write is made, so that it changes something. A new operation that changes something has its line here. */
const WRITES: Readonly<Record<string, (of: TestWorkspace) => Promise<unknown>>> = {
  createWorkspace: () => Promise.resolve(),
  patchWorkspace: (of) => of.call("PATCH", "/v1/workspace", { body: { retentionDays: 9 } }),
  patchWorkspaceById: async (of) => {
    await asOperator("POST", "/v1/plans/families/mail");
    await asOperator("PATCH", `/v1/workspaces/${of.id}`, { plan: "mail.max" });
  },
  createPlan: () => asOperator("POST", "/v1/plans", aPlan("own.gold")),
  patchPlan: async () => {
    await asOperator("POST", "/v1/plans", aPlan("own.silver"));
    await asOperator("PATCH", "/v1/plans/own.silver", { rank: 7 });
  },
  deletePlan: async () => {
    await asOperator("POST", "/v1/plans", aPlan("own.bronze"));
    await asOperator("DELETE", "/v1/plans/own.bronze");
  },
  installPlanFamily: () => asOperator("POST", "/v1/plans/families/messaging"),
  createApiKey: (of) => of.call("POST", "/v1/api-keys", { body: { name: "ci" } }),
  createWorkspaceApiKey: (of) =>
    api.call("POST", `/v1/workspaces/${of.id}/api-keys`, { key: OPERATOR_KEY, body: { name: "lost" } }),
  revokeApiKey: async (of) => {
    const made = await of.call("POST", "/v1/api-keys", { body: { name: "gone" } });
    await of.call("DELETE", `/v1/api-keys/${made.body.id}`);
  },
  createWebhook: (of) => newWebhook(of),
  patchWebhook: async (of) =>
    of.call("PATCH", `/v1/webhooks/${(await newWebhook(of)).id}`, { body: { name: "Other" } }),
  deleteWebhook: async (of) => of.call("DELETE", `/v1/webhooks/${(await newWebhook(of)).id}`),
  activateWebhook: async (of) => of.call("POST", `/v1/webhooks/${(await newWebhook(of)).id}/activate`),
  deactivateWebhook: async (of) => {
    const { id } = await newWebhook(of, { status: "active" });
    await of.call("POST", `/v1/webhooks/${id}/deactivate`);
  },
  createEventType: (of) =>
    of.call("POST", "/v1/event-types", { body: { type: "order.paid", schema: { type: "object" } } }),
  patchEventType: async (of) => {
    await of.call("POST", "/v1/event-types", { body: { type: "order.moved", schema: {} } });
    await of.call("PATCH", "/v1/event-types/order.moved", { body: { validation: "off" } });
  },
  deleteEventType: async (of) => {
    await of.call("POST", "/v1/event-types", { body: { type: "order.gone", schema: {} } });
    await of.call("DELETE", "/v1/event-types/order.gone");
  },
  installPreset: async (of) => {
    await api.store.db.collection("eventTypes").deleteMany({ workspaceId: of.id, preset: "messaging" });
    await of.call("POST", "/v1/event-types/presets/messaging");
  },
  cancelScheduledEvent: async (of) =>
    of.call("DELETE", `/v1/events/scheduled/${await scheduleEvent(api.store, of.id)}`),
  resendDelivery: async (of) => of.call("POST", `/v1/deliveries/${(await sentBefore(of)).deliveryId}/resend`),
  resendEvent: async (of) => of.call("POST", `/v1/events/${(await sentBefore(of)).eventId}/resend`),
  resendDeliveries: beginJob,
  cancelJob: async (of) => of.call("POST", `/v1/jobs/${(await beginJob(of)).id}/cancel`),
  createAudience: (of) => of.call("POST", "/v1/audiences", { body: { name: "A" } }),
  patchAudience: async (of) =>
    of.call("PATCH", (await makeAudience(of)).audience, { body: { name: "Other" } }),
  deleteAudience: async (of) => of.call("DELETE", (await makeAudience(of)).audience),
  createSegment: (of) => makeAudience(of),
  patchSegment: async (of) => of.call("PATCH", (await makeAudience(of)).segment, { body: { name: "Other" } }),
  deleteSegment: async (of) => of.call("DELETE", (await makeAudience(of)).segment),
  createTag: (of) => makeAudience(of),
  deleteTag: async (of) => of.call("DELETE", (await makeAudience(of)).tag),
  importContacts: (of) => makeImport(api, of),
  createJourney: (of) => of.call("POST", "/v1/journeys", { body: { name: "J" } }),
  patchJourney: async (of) => of.call("PATCH", (await makeJourney(of)).journey, { body: { name: "Other" } }),
  deleteJourney: async (of) => of.call("DELETE", (await makeJourney(of)).journey),
  startJourney: async (of) => of.call("POST", `${(await makeJourney(of)).journey}/start`),
  pauseJourney: async (of) => of.call("POST", `${(await makeJourney(of, "active")).journey}/pause`),
  resumeJourney: async (of) => of.call("POST", `${(await makeJourney(of, "paused")).journey}/resume`),
  createJourneyPoint: (of) => makeJourney(of),
  patchJourneyPoint: async (of) =>
    of.call("PATCH", (await makeJourney(of)).point, { body: { name: "Other" } }),
  deleteJourneyPoint: async (of) => of.call("DELETE", (await makeJourney(of)).point),
  createCampaign: async (of) => {
    const { id } = await AudienceCalls.make(of);
    return of.call("POST", "/v1/campaigns", { body: { name: "C", audienceId: id } });
  },
  patchCampaign: async (of) =>
    of.call("PATCH", (await makeCampaign(of)).campaign, { body: { name: "Other" } }),
  deleteCampaign: async (of) => of.call("DELETE", (await makeCampaign(of, "draft")).campaign),
  createTouchpoint: (of) => makeCampaign(of),
  patchTouchpoint: async (of) =>
    of.call("PATCH", (await makeCampaign(of)).touchpoint, { body: { name: "Other" } }),
  deleteTouchpoint: async (of) => of.call("DELETE", (await makeCampaign(of)).touchpoint),
  scheduleTouchpoint: async (of) =>
    of.call("POST", `${(await makeCampaign(of, "draft")).touchpoint}/schedule`),
  cancelTouchpoint: async (of) => of.call("POST", `${(await makeCampaign(of)).touchpoint}/cancel`),
  rotateWebhookSecret: async (of) =>
    of.call("POST", `/v1/webhooks/${(await newWebhook(of)).id}/rotate-secret`, { body: {} }),
};

describe("every write of the API", () => {
  test("leaves an entry under its operationId, or is known to change nothing", async () => {
    const { body } = await api.call("GET", "/v1/openapi.json");
    const writes = Object.entries(body.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => method !== "get")
        .filter(() => path !== "/v1/events")
        .map(([, { operationId }]) => operationId),
    );
    const known = writes.filter((operationId) => !WITHOUT_ENTRY.has(operationId));
    expect(known.filter((operationId) => WRITES[operationId] === undefined)).toEqual([]);
    const own = await api.createWorkspace();
    for (const operationId of known) await WRITES[operationId]?.(own);
    const installation = await asOperator("GET", "/v1/installation/audit-log?limit=200");
    const entries = [...(await entriesOf(own)), ...(installation.body.data as unknown as readonly Entry[])];
    const recorded = new Set(entries.map(({ operation }) => operation));
    expect(known.filter((operationId) => !recorded.has(operationId))).toEqual([]);
  }, 60_000);
});

describe("an entry", () => {
  test("tells who changed what, from what to what, by which request and from where", async () => {
    const webhook = await newWebhook(workspace, {
      auth: { type: "basic", username: "shop", password: "hush-hush" },
    });
    const answer = await workspace.call("PATCH", `/v1/webhooks/${webhook.id}`, {
      body: { name: "Renamed", auth: { type: "basic", username: "shop", password: "more-hush" } },
      headers: { "x-request-id": "req-17" },
    });
    expect(answer.headers.get("x-request-id")).toBe("req-17");
    const keys = await workspace.call("GET", "/v1/api-keys");
    const [changed, made] = await entriesOf(workspace, `&object=${webhook.id}`);
    expect(changed).toMatchObject({
      actor: { kind: "api_key", id: keys.body.data[0]!.id },
      operation: "patchWebhook",
      object: { kind: "webhook", id: webhook.id },
      changes: ["auth", "name"],
      before: { name: "Clicks", auth: { username: "shop", password: "••••" } },
      after: { id: webhook.id, name: "Renamed", secrets: [{ value: "••••" }] },
      requestId: "req-17",
    });
    expect(changed?.ip).toMatch(/127\.0\.0\.1$/);
    expect(made).toMatchObject({ operation: "createWebhook", changes: [] });
    expect(made).not.toHaveProperty("before");
    const all = JSON.stringify(await api.store.db.collection("auditLog").find().toArray());
    for (const secret of ["hush", webhook.secret, workspace.apiKey, hashOf(workspace.apiKey)]) {
      expect(all).not.toContain(secret);
    }
  });

  test("is not left by what was refused, or changed nothing", async () => {
    const own = await api.createWorkspace();
    const webhook = await newWebhook(own);
    const before = (await entriesOf(own)).length;
    const path = `/v1/webhooks/${webhook.id}`;
    await own.call("PATCH", path, { body: { name: "x" }, headers: { "if-match": '"99"' } });
    await own.call("PATCH", path, { body: { url: "nonsense" } });
    await own.call("POST", `${path}/deactivate`);
    await own.call("POST", "/v1/webhooks", { body: {} });
    expect((await entriesOf(own)).length).toBe(before);
  });

  test("is left once by a call that was repeated with its Idempotency-Key", async () => {
    const own = await api.createWorkspace();
    const create = () =>
      own.call("POST", "/v1/api-keys", { body: { name: "once" }, headers: { "idempotency-key": "k" } });
    const [one, two] = [await create(), await create()];
    expect(two.body.id).toBe(one.body.id);
    expect(await entriesOf(own, `&object=${one.body.id}`)).toHaveLength(1);
  });
});

describe("what somebody set going or called off", () => {
  let own: TestWorkspace;
  beforeAll(async () => {
    own = await api.createWorkspace();
  });

  test("a resend: of which delivery or event, as which new ones, and not what stands in them", async () => {
    const { eventId, deliveryId } = await sentBefore(own);
    const byDelivery = await own.call("POST", `/v1/deliveries/${deliveryId}/resend`);
    const byEvent = await own.call("POST", `/v1/events/${eventId}/resend`);
    for (const [of, operation, { body }] of [
      [deliveryId, "resendDelivery", byDelivery],
      [eventId, "resendEvent", byEvent],
    ] as const) {
      const [sent] = (body as unknown as { resends: { deliveryId: string; webhookId: string }[] }).resends;
      expect(await entriesOf(own, `&object=${of}`)).toEqual([
        expect.objectContaining({
          operation,
          object: { kind: "resend", id: of },
          changes: [],
          after: {
            id: of,
            deliveries: [{ deliveryId: sent!.deliveryId, resendOf: deliveryId, webhookId: sent!.webhookId }],
          },
        }),
      ]);
    }
  });

  test("a resend that was repeated with its Idempotency-Key, once", async () => {
    const { deliveryId } = await sentBefore(own);
    const resend = () =>
      own.call("POST", `/v1/deliveries/${deliveryId}/resend`, { headers: { "idempotency-key": "again" } });
    expect([(await resend()).status, (await resend()).status]).toEqual([202, 202]);
    expect(await entriesOf(own, `&object=${deliveryId}`)).toHaveLength(1);
  });

  test("a job: who began it with which filter, and who cancelled it; a second time nobody does", async () => {
    const { id } = await beginJob(own);
    await own.call("POST", `/v1/jobs/${id}/cancel`);
    await own.call("POST", `/v1/jobs/${id}/cancel`);
    const [cancelled, begun, ...more] = await entriesOf(own, `&object=${id}`);
    expect(begun).toMatchObject({
      operation: "resendDeliveries",
      object: { kind: "job", id },
      after: { id, status: "running", filter: { webhookId: expect.stringMatching(/^wh_/) } },
    });
    expect(cancelled).toMatchObject({
      operation: "cancelJob",
      changes: ["finishedAt", "status"],
      before: { status: "running" },
      after: { status: "cancelled" },
    });
    expect(more).toEqual([]);
  });

  test("a scheduled event: what waited, without its data; a second time nobody does", async () => {
    const id = await scheduleEvent(api.store, own.id);
    const cancel = () => own.call("DELETE", `/v1/events/scheduled/${id}`);
    expect([(await cancel()).status, (await cancel()).status]).toEqual([204, 204]);
    const entries = await entriesOf(own, `&object=${id}`);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      operation: "cancelScheduledEvent",
      object: { kind: "scheduled_event", id },
      before: { id, type: "email.opened", source: "api", deliverAt: "2090-01-15T10:00:00.000Z" },
    });
    expect(entries[0]).not.toHaveProperty("after");
    expect(entries[0]!.before).not.toHaveProperty("body");
  });
});

describe("GET /v1/audit-log", () => {
  test("is filtered by actor and time, and pages: 200", async () => {
    const own = await api.createWorkspace();
    await own.call("PATCH", "/v1/workspace", { body: { name: "A" } });
    await own.call("PATCH", "/v1/workspace", { body: { name: "B" } });
    const byOperator = await entriesOf(own, "&actor=operator");
    expect(new Set(byOperator.map(({ operation }) => operation))).toEqual(new Set(["createWorkspace"]));
    const all = await entriesOf(own);
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    const [newest] = all;
    expect(await entriesOf(own, `&from=${newest!.at}`)).not.toHaveLength(0);
    const early = await entriesOf(own, "&to=2020-01-01T00:00:00Z");
    expect(early).toEqual([]);
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const page = await own.call("GET", `/v1/audit-log?limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.body.data.map(({ id }) => id));
      cursor = page.body.nextCursor;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  test("shows a workspace its own alone; the operator any: 200, 404, 403", async () => {
    const other = await api.createWorkspace();
    expect((await entriesOf(other)).map(({ operation }) => operation)).toEqual([
      "createWorkspace",
      "createWorkspace",
    ]);
    const path = `/v1/workspaces/${other.id}/audit-log`;
    const asOperator = await api.call("GET", path, { key: OPERATOR_KEY });
    expect(asOperator.body.data).toHaveLength(2);
    expect((await api.call("GET", path, { key: other.apiKey })).status).toBe(403);
    const nobody = await api.call("GET", "/v1/workspaces/ws_nobody/audit-log", { key: OPERATOR_KEY });
    expect(nobody.status).toBe(404);
  });

  test("takes the scope read, and queries it knows: 403, 422, 400", async () => {
    const made = await workspace.call("POST", "/v1/api-keys", { body: { name: "w", scopes: ["write"] } });
    expect((await api.call("GET", "/v1/audit-log", { key: made.body.apiKey })).status).toBe(403);
    for (const query of ["from=yesterday", "object=", "what=x"]) {
      expect((await workspace.call("GET", `/v1/audit-log?${query}`)).status).toBe(422);
    }
    for (const cursor of ["x", "W10", "WzEsMl0"]) {
      expect((await workspace.call("GET", `/v1/audit-log?cursor=${cursor}`)).status).toBe(400);
    }
  });
});

const hashOf = (key: string): string => createHash("sha256").update(key).digest("hex");
