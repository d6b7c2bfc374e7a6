import { asEventId, asWorkspaceId } from "@hooklane/core";
import { JobRepository, ScheduledEvents } from "@hooklane/store";
import { logEvent, scheduleEvent } from "../logged.js";
import type { TestAnswer } from "../test-api.js";
import { AUDIENCE_ANSWERS } from "./audience-requests.js";
import { IMPORT_ANSWERS } from "./import-requests.js";
import { CAMPAIGN_ANSWERS } from "./campaign-requests.js";
import { JOURNEY_ANSWERS } from "./journey-requests.js";
import type { StatusWorld } from "./status-world.js";

type Provoke = (world: StatusWorld) => Promise<TestAnswer>;

/** A webhook's call once the workspace has a plan without webhooks. */
async function underPlan(
  world: StatusWorld,
  call: (
    of: Awaited<ReturnType<StatusWorld["api"]["createWorkspace"]>>,
    webhook: string,
  ) => Promise<TestAnswer>,
): Promise<TestAnswer> {
  const of = await world.api.createWorkspace();
  const body = { name: "W", url: "https://a.example.org/", eventTypes: ["email.opened"] };
  const { id } = (await of.call("POST", "/v1/webhooks", { body })).body;
  const plan = await world.makePlan({ webhooks: { access: "none" } });
  await world.asOperator("PATCH", `/v1/workspaces/${of.id}`, { plan });
  return call(of, `/v1/webhooks/${id}`);
}

/** An event and its delivery to a webhook that is off. */
async function offEvent(world: StatusWorld) {
  return logEvent(world.api.store, world.workspace.id, await world.makeWebhook());
}

/** A resend that was answered for, and repeated when nobody has the event's bytes any more. */
async function resendExpired(world: StatusWorld, what: "events" | "deliveries"): Promise<TestAnswer> {
  const { api, workspace } = world;
  const webhook = await world.makeWebhook({ status: "active" });
  const { eventId, deliveryId } = await logEvent(api.store, workspace.id, webhook);
  const headers = { "idempotency-key": world.unique("k") };
  const path = `/v1/${what}/${what === "events" ? eventId : deliveryId}/resend`;
  await workspace.call("POST", path, { headers });
  await api.store.db.collection("events").deleteMany({ eventId });
  return workspace.call("POST", path, { headers });
}

/** By operation and code: answers that need a state of their own. */
export const SPECIAL_ANSWERS: Readonly<Record<string, Provoke>> = {
  ...AUDIENCE_ANSWERS,
  ...CAMPAIGN_ANSWERS,
  ...JOURNEY_ANSWERS,
  ...IMPORT_ANSWERS,
  "createWebhook plan_upgrade_required": (world) =>
    underPlan(world, (of) =>
      of.call("POST", "/v1/webhooks", {
        body: { name: "W", url: "https://b.example.org/", eventTypes: ["email.opened"] },
      }),
    ),
  "patchWebhook plan_upgrade_required": (world) =>
    underPlan(world, (of, path) => of.call("PATCH", path, { body: { name: "x" } })),
  "activateWebhook plan_upgrade_required": (world) =>
    underPlan(world, (of, path) => of.call("POST", `${path}/activate`)),

  "patchWebhook conflict": async (world) => {
    const path = `/v1/webhooks/${(await world.makeWebhook()).id}`;
    await world.workspace.call("POST", `${path}/rotate-secret`, { body: { overlapHours: 1 } });
    await world.workspace.call("POST", `${path}/rotate-secret`, { body: { overlapHours: 1 } });
    return world.workspace.call("PATCH", path, { body: { signatureScheme: "ed25519" } });
  },
  "rotateWebhookSecret conflict": async (world) => {
    const path = `/v1/webhooks/${(await world.makeWebhook()).id}/rotate-secret`;
    const rotate = () => world.workspace.call("POST", path, { body: { overlapHours: 1 } });
    await rotate();
    await rotate();
    return rotate();
  },
  "previewWebhook not_found": ({ workspace }) =>
    workspace.call("POST", "/v1/webhooks/preview", {
      body: { webhookId: "wh_nobody", eventType: "email.opened" },
    }),
  "testFilter not_found": ({ workspace }) =>
    workspace.call("POST", "/v1/webhooks/test-filter", {
      body: { webhookId: "wh_nobody", event: { type: "email.opened", data: {} } },
    }),

  "createEventType conflict": ({ workspace }) =>
    workspace.call("POST", "/v1/event-types", { body: { type: "email.opened", schema: {} } }),
  "patchEventType conflict": ({ workspace }) =>
    workspace.call("PATCH", "/v1/event-types/email.opened", { body: { schema: {} } }),
  "deleteEventType conflict": ({ workspace }) => workspace.call("DELETE", "/v1/event-types/email.opened"),

  "explainEvent conflict": async ({ api, workspace }) =>
    workspace.call("GET", `/v1/events/${await scheduleEvent(api.store, workspace.id)}/explain`),
  "resendEvent conflict": async ({ api, workspace }) =>
    workspace.call("POST", `/v1/events/${await scheduleEvent(api.store, workspace.id)}/resend`),
  "cancelScheduledEvent conflict": async ({ api, workspace }) => {
    const id = await scheduleEvent(api.store, workspace.id);
    await new ScheduledEvents(api.store).claim([
      { workspaceId: asWorkspaceId(workspace.id), eventId: asEventId(id) },
    ]);
    return workspace.call("DELETE", `/v1/events/scheduled/${id}`);
  },

  "resendEvent webhook_not_active": async (world) =>
    world.workspace.call("POST", `/v1/events/${(await offEvent(world)).eventId}/resend`),
  "resendDelivery webhook_not_active": async (world) =>
    world.workspace.call("POST", `/v1/deliveries/${(await offEvent(world)).deliveryId}/resend`),
  "resendDeliveries webhook_not_active": async (world) =>
    world.workspace.call("POST", "/v1/deliveries/resend-many", {
      body: { filter: { webhookId: (await world.makeWebhook()).id } },
    }),
  "resendDeliveries not_found": ({ workspace }) =>
    workspace.call("POST", "/v1/deliveries/resend-many", { body: { filter: { webhookId: "wh_nobody" } } }),
  "resendEvent event_expired": (world) => resendExpired(world, "events"),
  "resendDelivery event_expired": (world) => resendExpired(world, "deliveries"),

  "cancelJob conflict": async (world) => {
    const { workspace, api } = world;
    const { id } = await world.makeWebhook({ status: "active" });
    const begun = await workspace.call("POST", "/v1/deliveries/resend-many", {
      body: { filter: { webhookId: id } },
    });
    const { job } = begun.body as unknown as { readonly job: { readonly id: string } };
    const jobs = new JobRepository(api.store);
    await jobs.claim(job.id, "hm", 60_000);
    await jobs.complete(job.id, "hm");
    return workspace.call("POST", `/v1/jobs/${job.id}/cancel`);
  },

  "createPlan conflict": async (world) => {
    const id = await world.makePlan();
    const body = { id, family: "own", rank: 1, name: { en: id, fr: id }, webhooks: { access: "full" } };
    return world.asOperator("POST", "/v1/plans", body);
  },
  "patchPlan conflict": (world) => world.asOperator("PATCH", "/v1/plans/self_hosted", { rank: 2 }),
  "deletePlan conflict": (world) => world.asOperator("DELETE", "/v1/plans/self_hosted"),
  /** No call leads to it: a plan that workspaces have is not deleted. */
  "listPlans not_found": async ({ api }) => {
    const of = await api.createWorkspace();
    await api.store.db
      .collection<{ _id: string }>("workspaces")
      .updateOne({ _id: of.id }, { $set: { plan: "gone" } });
    return of.call("GET", "/v1/plans");
  },
};
