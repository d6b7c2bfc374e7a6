import { describe, expect } from "@jest/globals";
import {
  always,
  anEvent,
  type CreatedWebhook,
  eventually,
  failFirst,
  numberedEvents,
  readSequence,
  type TestWorkspace,
} from "@hooklane/testing";
import { awaitStatuses, readDeliveries } from "./support/log.js";
import { useKeptServices } from "./support/suite.js";

const suite = useKeptServices(() => ({
  serviceEnv: {
    dispatcher: { DISPATCHER_RETRY_WAITS_S: "0.2,0.2,0.2" },
    "health-monitor": { HEALTH_MONITOR_RECOVERS_PER_SECOND: "40" },
  },
}));
const { check } = suite;

interface Activated {
  readonly status: string;
  readonly recoveryJobId?: string;
}

const activate = (workspace: TestWorkspace, { id }: CreatedWebhook, recover = true) =>
  workspace.api.ask<Activated>("POST", `/v1/webhooks/${id}/activate`, { recover });

const deactivate = (workspace: TestWorkspace, { id }: CreatedWebhook) =>
  workspace.api.ask("POST", `/v1/webhooks/${id}/deactivate`, {});

const readJob = (workspace: TestWorkspace, id: string) =>
  workspace.api.ask<{ kind: string; status: string; sent: number; remaining: { count: number } }>(
    "GET",
    `/v1/jobs/${id}`,
  );

const awaitActive = (workspace: TestWorkspace, { id }: CreatedWebhook) =>
  eventually(async () => (await workspace.readWebhook(id)).status === "active", {
    what: "the webhook to have recovered",
  });

const awaitRouted = (workspace: TestWorkspace, eventId: string) =>
  eventually(
    async () => {
      const path = `/v1/events/${encodeURIComponent(eventId)}/explain`;
      const { status, body } = await workspace.api.call<{ unmatched?: readonly unknown[] }>("GET", path);
      return status === 200 && (body.unmatched?.length ?? 0) > 0;
    },
    { what: "the event to be routed" },
  );

/** Events numbered from `from` up to and with `to`. */
const events = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => anEvent({ data: { seq: from + index } }));

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe("activation with recover", () => {
  check("sends what was queued and what came meanwhile, in order, once, before anything new", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/recover") });
    await workspace.sendMany(events(1, 5));
    await awaitStatuses(workspace, webhook.id, { delivered: 5 });
    receiver.behave("/recover", always(500));
    await workspace.sendMany(events(6, 8));
    await eventually(async () =>
      (await readDeliveries(workspace, webhook.id)).some(({ status }) => status === "retrying"),
    );
    await deactivate(workspace, webhook);
    await workspace.sendMany(events(9, 40));
    receiver.behave("/recover", always(200));
    const before = receiver.requestsTo("/recover").length;

    const activated = await activate(workspace, webhook);
    expect(activated.status).toBe("recovering");
    // More than a sweep puts in line, so that some come by resends and some with the end.
    await workspace.sendMany(events(41, 60));
    await receiver.waitFor((requests) => requests.length >= before + 55, { path: "/recover" });
    await awaitActive(workspace, webhook);
    await workspace.sendMany(events(61, 70));
    const requests = await receiver.waitFor((seen) => seen.length >= before + 65, { path: "/recover" });
    expect(readSequence(requests.slice(before))).toEqual(upTo(70).slice(5));

    const job = await eventually(async () => {
      const found = await readJob(workspace, activated.recoveryJobId ?? "");
      return found.status === "completed" && found;
    });
    expect(job).toMatchObject({ kind: "recover", phase: "done", remaining: { count: 0 }, waitingFor: 0 });
    expect(await workspace.readWebhook(webhook.id)).not.toHaveProperty("recoveryJobId");
  });

  check(
    "of a webhook that the rule disabled: skipped events are delivered, given up ones are not",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      const webhook = await workspace.createWebhook({ url: receiver.url("/rule") });
      receiver.behave("/rule", always(500));
      await workspace.sendMany(numberedEvents(12));
      await eventually(async () => (await workspace.readWebhook(webhook.id)).status === "auto_disabled");
      // 31 errors: seven given up after four attempts each, the eighth ended by the trip.
      await awaitStatuses(workspace, webhook.id, { dead_letter: 7, skipped: 5 });
      receiver.behave("/rule", failFirst(1));
      const before = receiver.requestsTo("/rule").length;
      await activate(workspace, webhook);
      await awaitActive(workspace, webhook);
      const requests = await receiver.waitFor((seen) => seen.length >= before + 6, { path: "/rule" });
      expect(readSequence(requests.slice(before))).toEqual([8, 8, 9, 10, 11, 12]);
      await awaitStatuses(workspace, webhook.id, { dead_letter: 7, skipped: 5, delivered: 5 });
      const recovered = await readDeliveries(workspace, webhook.id);
      const triggers = recovered.flatMap(({ attempts }) => attempts.map(({ trigger }) => trigger));
      expect(new Set(triggers)).toEqual(new Set(["automatic"]));
    },
  );

  check("given up in the middle, the next recovery goes on with what is left, each event once", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/twice") });
    await deactivate(workspace, webhook);
    await workspace.sendMany(events(1, 80));
    await activate(workspace, webhook);
    await receiver.waitFor((requests) => requests.length >= 5, { path: "/twice" });
    await deactivate(workspace, webhook);
    await workspace.sendMany(events(81, 85));
    await activate(workspace, webhook);
    await awaitActive(workspace, webhook);
    const requests = await receiver.waitFor((seen) => readSequence(seen).includes(85), { path: "/twice" });
    expect(readSequence(requests)).toEqual(upTo(85));
  });

  check("a plain activation owes nothing of before, a later recovery neither", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/plain") });
    await deactivate(workspace, webhook);
    const before = events(1, 3);
    await workspace.sendMany(before);
    // What the router has not looked at when the webhook is activated, is of after.
    for (const { id } of before) await awaitRouted(workspace, id);
    expect((await activate(workspace, webhook, false)).status).toBe("active");
    await workspace.sendMany(events(4, 5));
    await awaitStatuses(workspace, webhook.id, { delivered: 2 });
    await deactivate(workspace, webhook);
    await workspace.sendMany(events(6, 7));
    await activate(workspace, webhook);
    await awaitActive(workspace, webhook);
    await receiver.waitFor((seen) => readSequence(seen).includes(7), { path: "/plain" });
    expect(readSequence(receiver.requestsTo("/plain"))).toEqual([4, 5, 6, 7]);
  });
});
