import { describe, expect } from "@jest/globals";
import {
  always,
  anEvent,
  eventually,
  numberedEvents,
  readSequence,
  type TestWorkspace,
} from "@hooklane/testing";
import { awaitStatuses } from "./support/log.js";
import { useKeptServices } from "./support/suite.js";

const RESENDS_PER_SECOND = 20;
const suite = useKeptServices(() => ({
  serviceEnv: {
    "health-monitor": { HEALTH_MONITOR_RESENDS_PER_SECOND: String(RESENDS_PER_SECOND) },
    dispatcher: { DISPATCHER_RETRY_WAITS_S: "0.1,0.1,0.1" },
  },
}));
const { check } = suite;

interface Job {
  readonly id: string;
  readonly status: string;
  readonly resent: number;
  readonly skipped: Readonly<Record<string, number>>;
}

const resendMany = (workspace: TestWorkspace, body: object, headers: Readonly<Record<string, string>> = {}) =>
  workspace.api.ask<{ count: number; isAtLeast: boolean; job?: Job }>(
    "POST",
    "/v1/deliveries/resend-many",
    body,
    headers,
  );

const readJob = (workspace: TestWorkspace, id: string) => workspace.api.ask<Job>("GET", `/v1/jobs/${id}`);

const awaitJob = (workspace: TestWorkspace, id: string, status: string) =>
  eventually(
    async () => {
      const job = await readJob(workspace, id);
      return job.status === status && job;
    },
    { what: `a job that is ${status}`, deadlineMs: 60_000, intervalMs: 200 },
  );

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe("resending many", () => {
  check(
    "reaches the receiver in order, each once, also when the health-monitor is killed in the middle",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      const [webhook, other] = [
        await workspace.createWebhook({ url: receiver.url("/many") }),
        await workspace.createWebhook({ url: receiver.url("/many/other") }),
      ];
      const count = 6 * RESENDS_PER_SECOND;
      // Many of one call have one time of acceptance: within it, their order is that of the line.
      await workspace.sendMany(numberedEvents(count));
      await awaitStatuses(workspace, webhook.id, { delivered: count });
      await awaitStatuses(workspace, other.id, { delivered: count });
      const body = { filter: { webhookId: webhook.id, status: "delivered" } };
      expect(await resendMany(workspace, { ...body, dryRun: true })).toEqual({ count, isAtLeast: false });
      const key = { "idempotency-key": "once" };
      const [begun, again] = await Promise.all([
        resendMany(workspace, body, key),
        resendMany(workspace, body, key),
      ]);
      expect(again).toEqual(begun);

      await receiver.waitFor((seen) => seen.length > count + 2 * RESENDS_PER_SECOND, { path: "/many" });
      await services.kill9("health-monitor");
      expect(receiver.requestsTo("/many").length).toBeLessThan(2 * count);
      await services.start(["health-monitor"]);
      const job = await awaitJob(workspace, begun.job!.id, "completed");
      expect(job).toMatchObject({ resent: count, skipped: { repeated: 0, event_expired: 0 } });
      const requests = await receiver.waitFor((seen) => seen.length >= 2 * count, { path: "/many" });
      expect(readSequence(requests)).toEqual([...range(count), ...range(count)]);
      expect(receiver.requestsTo("/many/other")).toHaveLength(count);
      await workspace.send(anEvent({ data: { seq: count + 1 } }));
      const all = await receiver.waitFor((seen) => readSequence(seen).includes(count + 1), {
        path: "/many",
      });
      expect(all).toHaveLength(2 * count + 1);
    },
    120_000,
  );

  check("of dead letters sends each event once, however often it was given up", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/dead") });
    receiver.behave("/dead", always(500));
    const dead = 3;
    await workspace.sendMany(numberedEvents(dead));
    await awaitStatuses(workspace, webhook.id, { dead_letter: dead });
    const body = { filter: { status: "dead_letter" } };
    const first = await resendMany(workspace, body);
    expect(first.count).toBe(dead);
    await awaitStatuses(workspace, webhook.id, { dead_letter: 2 * dead });
    await awaitJob(workspace, first.job!.id, "completed");
    receiver.behave("/dead", always(200));
    const before = receiver.requestsTo("/dead").length;
    const second = await resendMany(workspace, body);
    expect(second.count).toBe(2 * dead);
    expect(await awaitJob(workspace, second.job!.id, "completed")).toMatchObject({
      resent: dead,
      skipped: { repeated: dead },
    });
    await awaitStatuses(workspace, webhook.id, { dead_letter: 2 * dead, delivered: dead });
    expect(readSequence(receiver.requestsTo("/dead").slice(before))).toEqual(range(dead));
  });

  check("that is cancelled stops, and what was in line arrives", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/stopped") });
    const count = 8 * RESENDS_PER_SECOND;
    await workspace.sendMany(numberedEvents(count));
    await awaitStatuses(workspace, webhook.id, { delivered: count });
    const { job } = await resendMany(workspace, { filter: { webhookId: webhook.id } });
    await receiver.waitFor((seen) => seen.length > count, { path: "/stopped" });
    const cancelled = await workspace.api.ask<Job>("POST", `/v1/jobs/${job!.id}/cancel`, {});
    expect(cancelled.status).toBe("cancelled");
    const { resent } = await eventually(async () => {
      const read = await readJob(workspace, job!.id);
      return read.resent > 0 && read;
    });
    expect(resent).toBeLessThan(count);
    await awaitStatuses(workspace, webhook.id, { delivered: count + resent });
    await workspace.send(anEvent({ data: { seq: count + 1 } }));
    const all = await receiver.waitFor((seen) => readSequence(seen).includes(count + 1), {
      path: "/stopped",
    });
    expect(readSequence(all)).toEqual([...range(count), ...range(resent), count + 1]);
  });
});
