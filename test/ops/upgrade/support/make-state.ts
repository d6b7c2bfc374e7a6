import {
  anEvent,
  type CreatedWebhook,
  eventually,
  numberedEvents,
  type Receiver,
  readSequence,
  type Services,
  type TestWorkspace,
} from "@hooklane/testing";
import { awaitStatuses, readDeliveries } from "../../../e2e/support/log.js";
import { Upstream } from "../../../e2e/support/upstream.js";

/** Events numbered from 1 up to each of these were sent when … */
export const SENT = {
  /** … the webhook that recovers was switched off, */
  beforeOff: 6,
  /** … the health-monitor was stopped, */
  recorded: 9,
  /** … the dispatcher was killed, */
  delivered: 10,
  /** … the router was killed, */
  routed: 12,
  /** … the ingestor was stopped, */
  accepted: 14,
  /** … the application had put its last one on `inbound.v1`. */
  produced: 15,
} as const;

/** The number of the event that is kept until its time. */
export const SCHEDULED = 99;

/** Paths of the receiver, each a webhook's own. */
const PATHS = ["/plain", "/failing", "/batched", "/recovering", "/resent"] as const;
export type Path = (typeof PATHS)[number];

/** What a test has to know of the state: a release that adds to it gives what a former one's fixture has not a `?`. */
export interface MadeState {
  readonly workspaceId: string;
  readonly apiKey: string;
  readonly webhooks: Readonly<Record<Path, string>>;
  readonly recoveryJobId: string;
  readonly resendJobId: string;
  readonly audienceId: string;
  readonly segmentId: string;
  readonly contactIds: readonly string[];
  readonly campaignId: string;
  readonly touchpointId: string;
  readonly journeyId: string;
  readonly pointId: string;
}

type Ask = TestWorkspace["api"]["ask"];

/** Everything the product knows, and something of all that can be under way, left by services that end there and then. */
export async function makeState(services: Services, receiver: Receiver): Promise<MadeState> {
  receiver.behave("/failing", () => ({ kind: "answer", status: 503 }));
  const workspace = await services.createWorkspace({ name: "Recorded" });
  const ask: Ask = workspace.api.ask.bind(workspace.api);
  const upstream = await Upstream.connect(services);
  try {
    const webhooks = await makeWebhooks(workspace, receiver);
    const people = await makePeople(ask, receiver);
    const journey = await makeJourney(ask, receiver);
    await upstream.sendRaw([{ key: workspace.id, value: "{ this is no JSON" }]);
    await sendScheduled(services, upstream, workspace);
    await workspace.sendMany(events(1, SENT.beforeOff));
    await awaitStatuses(workspace, webhooks["/recovering"].id, { delivered: SENT.beforeOff });
    await ask("POST", `/v1/webhooks/${webhooks["/recovering"].id}/deactivate`, {});
    await workspace.sendMany(events(SENT.beforeOff + 1, SENT.recorded));
    for (const path of ["/plain", "/batched", "/resent"] as const)
      await awaitStatuses(workspace, webhooks[path].id, { delivered: SENT.recorded });
    await eventually(async () =>
      (await readDeliveries(workspace, webhooks["/failing"].id)).some(({ status }) => status === "retrying"),
    );
    await ask("POST", `/v1/webhooks/${webhooks["/plain"].id}/test`, { eventType: "email.link_clicked" });
    const jobs = await leaveUnderWay(services, receiver, workspace, webhooks);
    await upstream.send(workspace.id, events(SENT.produced, SENT.produced));
    await services.service("subscription-api").stop();
    const ids = Object.fromEntries(PATHS.map((path) => [path, webhooks[path].id])) as Record<Path, string>;
    return {
      workspaceId: workspace.id,
      apiKey: workspace.apiKey,
      webhooks: ids,
      ...jobs,
      ...people,
      ...journey,
    };
  } finally {
    await upstream.close();
  }
}

async function makeWebhooks(
  workspace: TestWorkspace,
  receiver: Receiver,
): Promise<Record<Path, CreatedWebhook>> {
  const make = (path: Path, more: object = {}) =>
    workspace.createWebhook({ name: path, url: receiver.url(path), ...more });
  return {
    "/plain": await make("/plain", { headers: { "x-shop": "blue" } }),
    "/failing": await make("/failing", { auth: { type: "bearer", token: "token-of-the-fixture" } }),
    "/batched": await make("/batched", { batching: { maxEvents: 5, maxWaitSeconds: 1 } }),
    "/recovering": await make("/recovering", { signatureScheme: "ed25519" }),
    "/resent": await make("/resent", { filter: { "data.contact.email": { $exists: true } } }),
  };
}

async function makePeople(ask: Ask, receiver: Receiver) {
  const { id: audienceId } = await ask<{ id: string }>("POST", "/v1/audiences", { name: "Readers" });
  const audience = `/v1/audiences/${audienceId}`;
  await ask("POST", `${audience}/tags`, { name: "regular" });
  const contactIds: string[] = [];
  for (const name of ["lea", "max", "zoe"]) {
    const contact = {
      email: `${name}@example.org`,
      emailFormat: "text",
      fields: { city: "Lyon" },
      tags: ["regular"],
    };
    contactIds.push((await ask<{ id: string }>("POST", `${audience}/contacts`, contact)).id);
  }
  const segment = await ask<{ id: string }>("POST", `${audience}/segments`, {
    name: "Lyon",
    conditions: { "fields.city": "Lyon" },
  });
  const campaign = await ask<{ id: string }>("POST", "/v1/campaigns", {
    name: "Spring",
    audienceId,
    goal: "Win back",
  });
  const [date = "", clock = ""] = new Date(Date.now() + 45_000).toISOString().split("T");
  const touchpoint = await ask<{ id: string }>("POST", `/v1/campaigns/${campaign.id}/touchpoints`, {
    name: "Postcard",
    url: receiver.url("/touchpoint"),
    auth: { username: "shop", password: "password-of-the-fixture" },
    date,
    time: clock.slice(0, 8),
  });
  const ids = { campaignId: campaign.id, touchpointId: touchpoint.id, segmentId: segment.id };
  return { audienceId, contactIds, ...ids };
}

async function makeJourney(ask: Ask, receiver: Receiver) {
  const { id: journeyId } = await ask<{ id: string }>("POST", "/v1/journeys", { name: "Onboarding" });
  const point = await ask<{ id: string }>("POST", `/v1/journeys/${journeyId}/points`, {
    name: "Welcome",
    url: receiver.url("/point"),
    auth: { username: "shop", password: "password-of-the-fixture" },
  });
  await ask("POST", `/v1/journeys/${journeyId}/start`, {});
  const contact = {
    id: "c-1",
    audience_id: "list-7",
    email: "lea@example.org",
    fields: { first_name: "Léa" },
  };
  await ask("POST", `/v1/journeys/${journeyId}/points/${point.id}/arrivals`, { contact });
  await receiver.waitFor((requests) => requests.length > 0, { path: "/point" });
  return { journeyId, pointId: point.id };
}

/** Accepted a minute ago, as none may be scheduled for sooner. */
async function sendScheduled(
  services: Services,
  upstream: Upstream,
  workspace: TestWorkspace,
): Promise<void> {
  const deliverAt = new Date(Date.now() + 50_000).toISOString();
  const value = JSON.stringify(anEvent({ deliverAt, data: { seq: SCHEDULED } }));
  await upstream.sendRaw([{ key: workspace.id, value, timestamp: String(Date.now() - 60_000) }]);
  await eventually(async () => (await services.database.collection("scheduled").countDocuments()) > 0);
}

/** One service after the other ends, each with work before it. */
async function leaveUnderWay(
  services: Services,
  receiver: Receiver,
  workspace: TestWorkspace,
  webhooks: Readonly<Record<Path, CreatedWebhook>>,
) {
  await services.service("health-monitor").stop();
  const { recoveryJobId } = await workspace.api.ask<{ recoveryJobId: string }>(
    "POST",
    `/v1/webhooks/${webhooks["/recovering"].id}/activate`,
    { recover: true },
  );
  const { job } = await workspace.api.ask<{ job: { id: string } }>("POST", "/v1/deliveries/resend-many", {
    filter: { webhookId: webhooks["/resent"].id, status: "delivered" },
  });
  await workspace.sendMany(events(SENT.recorded + 1, SENT.delivered));
  await receiver.waitFor((requests) => readSequence(requests).includes(SENT.delivered), { path: "/plain" });
  await services.kill9("dispatcher");
  await workspace.sendMany(events(SENT.delivered + 1, SENT.routed));
  await eventually(() => isRouted(services, SENT.routed));
  await services.kill9("router");
  await workspace.sendMany(events(SENT.routed + 1, SENT.accepted));
  await services.service("event-ingestor").stop();
  return { recoveryJobId, resendJobId: job.id };
}

/** Whether the event of a number is in the event log. */
async function isRouted(services: Services, seq: number): Promise<boolean> {
  const documents = await services.database.collection("events").find().toArray();
  return documents.some(({ body }) => String(body).includes(`"seq":${seq}`));
}

const events = (from: number, to: number) => numberedEvents(to).slice(from - 1);
