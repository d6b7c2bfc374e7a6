import { logEvent, scheduleEvent } from "../logged.js";
import { AUDIENCE_REQUESTS } from "./audience-requests.js";
import { CAMPAIGN_REQUESTS } from "./campaign-requests.js";
import { IMPORT_REQUESTS } from "./import-requests.js";
import { JOURNEY_REQUESTS } from "./journey-requests.js";
import type { GoodRequest, StatusWorld } from "./status-world.js";

type MakeGood = (world: StatusWorld) => Promise<GoodRequest> | GoodRequest;

/** One of the workspace's webhooks in the path. */
const ofWebhook =
  (suffix = "", body?: object, made: object = {}): MakeGood =>
  async (world) => ({
    path: `/v1/webhooks/${(await world.makeWebhook(made)).id}${suffix}`,
    ...(body && { body }),
  });

const ofWorkspace =
  (suffix = "", body?: object): MakeGood =>
  ({ workspace }) => ({ path: `/v1/workspaces/${workspace.id}${suffix}`, ...(body && { body }) });

const ofEvent =
  (suffix = "", body?: object): MakeGood =>
  async (world) => {
    const webhook = await world.makeWebhook({ status: "active" });
    const { eventId } = await logEvent(world.api.store, world.workspace.id, webhook);
    return { path: `/v1/events/${eventId}${suffix}`, ...(body && { body }) };
  };

const ofDelivery =
  (suffix = ""): MakeGood =>
  async (world) => {
    const webhook = await world.makeWebhook({ status: "active" });
    const { deliveryId } = await logEvent(world.api.store, world.workspace.id, webhook);
    return { path: `/v1/deliveries/${deliveryId}${suffix}` };
  };

const ofPlan =
  (body?: object): MakeGood =>
  async (world) => ({ path: `/v1/plans/${await world.makePlan()}`, ...(body && { body }) });

const ofOwnType =
  (body?: object): MakeGood =>
  async (world) => {
    const type = world.unique("order.t");
    await world.workspace.call("POST", "/v1/event-types", { body: { type, schema: {} } });
    return { path: `/v1/event-types/${type}`, ...(body && { body }) };
  };

const ofJob =
  (suffix = ""): MakeGood =>
  async (world) => {
    const { id } = await world.makeWebhook({ status: "active" });
    const begun = await world.workspace.call("POST", "/v1/deliveries/resend-many", {
      body: { filter: { webhookId: id } },
    });
    const { job } = begun.body as unknown as { readonly job: { readonly id: string } };
    return { path: `/v1/jobs/${job.id}${suffix}` };
  };

const asItIs: MakeGood = () => ({});

/** For each operation a request that succeeds. Every other answer is provoked by changing it; so a new one needs its line. */
export const GOOD_REQUESTS: Readonly<Record<string, MakeGood>> = {
  ...AUDIENCE_REQUESTS,
  ...CAMPAIGN_REQUESTS,
  ...JOURNEY_REQUESTS,
  ...IMPORT_REQUESTS,
  listWorkspaces: asItIs,
  createWorkspace: () => ({ body: { name: "N", contacts: [{ email: "a@example.org", language: "en" }] } }),
  getWorkspaceById: ofWorkspace(),
  patchWorkspaceById: ofWorkspace("", { plan: "self_hosted" }),
  createWorkspaceApiKey: ofWorkspace("/api-keys", { name: "k" }),
  listWorkspaceAuditLog: ofWorkspace("/audit-log"),
  getWorkspace: asItIs,
  patchWorkspace: () => ({ body: { name: "Other" } }),
  createApiKey: () => ({ body: { name: "k" } }),
  listApiKeys: asItIs,
  revokeApiKey: async ({ workspace }) => {
    const made = await workspace.call("POST", "/v1/api-keys", { body: { name: "gone" } });
    return { path: `/v1/api-keys/${made.body.id}` };
  },
  listAuditLog: asItIs,
  listInstallationAuditLog: asItIs,

  previewWebhook: () => ({ body: { eventType: "email.opened" } }),
  testFilter: () => ({ body: { filter: { source: "api" }, event: { type: "email.opened", data: {} } } }),
  createWebhook: () => ({ body: { name: "W", url: "https://a.example.org/", eventTypes: ["email.opened"] } }),
  listWebhooks: asItIs,
  getWebhook: ofWebhook(),
  patchWebhook: ofWebhook("", { name: "Other" }),
  deleteWebhook: ofWebhook(),
  activateWebhook: ofWebhook("/activate"),
  deactivateWebhook: ofWebhook("/deactivate"),
  rotateWebhookSecret: ofWebhook("/rotate-secret", {}),
  testWebhook: ofWebhook("/test", { eventType: "email.opened" }, { url: "http://127.0.0.1:9/" }),
  getWebhookStats: ofWebhook("/stats"),
  getWebhookStatsSeries: ofWebhook("/stats/series"),
  getWorkspaceStats: asItIs,
  listWebhookDeliveries: ofWebhook("/deliveries"),

  listEventTypes: asItIs,
  createEventType: (world) => ({ body: { type: world.unique("order.n"), schema: {} } }),
  getEventType: () => ({ path: "/v1/event-types/email.opened" }),
  patchEventType: ofOwnType({ validation: "off" }),
  deleteEventType: ofOwnType(),
  installPreset: () => ({ path: "/v1/event-types/presets/messaging" }),

  listEvents: asItIs,
  getEvent: ofEvent(),
  explainEvent: ofEvent("/explain"),
  resendEvent: ofEvent("/resend", {}),
  listScheduledEvents: asItIs,
  cancelScheduledEvent: async ({ api, workspace }) => ({
    path: `/v1/events/scheduled/${await scheduleEvent(api.store, workspace.id)}`,
  }),
  listDeliveries: asItIs,
  getDelivery: ofDelivery(),
  resendDelivery: ofDelivery("/resend"),
  resendDeliveries: async (world) => ({
    body: { filter: { webhookId: (await world.makeWebhook({ status: "active" })).id } },
  }),
  getJob: ofJob(),
  cancelJob: ofJob("/cancel"),
  getHealth: asItIs,
  stream: asItIs,

  listPlans: asItIs,
  createPlan: (world) => {
    const id = world.unique("own.n");
    return { body: { id, family: "own", rank: 1, name: { en: id, fr: id }, webhooks: { access: "full" } } };
  },
  getPlan: ofPlan(),
  patchPlan: ofPlan({ rank: 7 }),
  deletePlan: ofPlan(),
  installPlanFamily: () => ({ path: "/v1/plans/families/mail" }),
};
