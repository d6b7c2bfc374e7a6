import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "@jest/globals";
import { always, anEvent, eventually, ok, readLine, type ServiceName } from "@hooklane/testing";
import { awaitTakenIn } from "./support/log-end.js";
import { scenario } from "./support/scenario.js";
import { expectSound } from "./support/verdict.js";

/** Delivered; queued; came while it was off. */
const [DELIVERED, QUEUED, MISSED] = [20, 40, 300];
/** Sent behind the end of the recovery. */
const NEW = 20;

/** Who is killed, one after the other, and how long it works before. */
const KILLS: readonly (readonly [ServiceName, number])[] = [
  ["dispatcher", 100],
  ["router", 300],
  ["health-monitor", 700],
  ["router", 1_100],
  ["health-monitor", 200],
  ["router", 600],
];

/** What may be sent once more after the dispatcher's crash: a checkpoint is 500 ms behind, and takes its time. */
const REPEATED_A_CRASH = 150;

const path = "/recovering";

const numbered = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => anEvent({ data: { seq: from + n } }));

describe("a webhook recovers", () => {
  scenario(
    "kill -9 of router, health-monitor and dispatcher meanwhile: all it missed comes in order, then what is new",
    {
      dispatchers: 2,
      limitMs: 420_000,
      env: {
        HEALTH_MONITOR_RECOVERS_PER_SECOND: "20",
        DISPATCHER_RETRY_WAITS_S: Array<number>(60).fill(2).join(),
        DISPATCHER_RULE_ERRORS_MAX: "1000",
      },
    },
    async (scene) => {
      const { services, receiver, figures } = scene;
      const monitor = await services.another("health-monitor");
      monitor.spawn();
      await monitor.waitReady();
      const traffic = await scene.startTraffic({ workspaces: 1, webhooksEach: 2 });
      scene.partitions.watch();
      const workspace = await services.createWorkspace();
      const webhook = await workspace.createWebhook({ url: receiver.url(path) });
      const call = (action: string, body: object = {}) =>
        workspace.api.ask<{ recoveryJobId?: string }>("POST", `/v1/webhooks/${webhook.id}/${action}`, body);
      const line = () => receiver.requestsTo(path);

      await workspace.sendMany(numbered(1, DELIVERED));
      await receiver.waitFor((requests) => requests.length >= DELIVERED, { path });
      receiver.behave(path, always(500));
      await workspace.sendMany(numbered(DELIVERED + 1, QUEUED));
      await receiver.waitFor((requests) => requests.length > DELIVERED, { path });
      await call("deactivate");
      let last = DELIVERED + QUEUED + MISSED;
      await workspace.sendMany(numbered(last - MISSED + 1, MISSED));
      receiver.behave(path, ok);
      const { recoveryJobId = "" } = await call("activate", { recover: true });
      const startedAt = Date.now();
      figures.say(`${QUEUED} were queued, ${MISSED} came meanwhile; it recovers`);

      const ended = new AbortController();
      const flow = async () => {
        while (!ended.signal.aborted) {
          await workspace.send(anEvent({ data: { seq: last + 1 } }));
          last++;
          await sleep(100);
        }
      };
      const flowing = flow();
      scene.onEnd(() => {
        ended.abort();
        return flowing.catch(() => undefined);
      });

      const killed = new Map<ServiceName, number>();
      for (const [name, workMs] of KILLS) {
        await sleep(workMs);
        const { status } = await workspace.readWebhook(webhook.id);
        if (status === "recovering") killed.set(name, (killed.get(name) ?? 0) + 1);
        await services.kill9(name);
        await services.start([name]);
        figures.say(`killed ${name} while the webhook was ${status}`);
      }
      figures.set("killed while it recovered", [...killed].map(([name, n]) => `${name} ${n}`).join(", "));
      await eventually(async () => (await workspace.readWebhook(webhook.id)).status === "active", {
        deadlineMs: 120_000,
        what: "the webhook to have recovered",
      });
      figures.say("it has recovered");
      figures.set("recovered after", `${Date.now() - startedAt} ms`);
      ended.abort();
      await flowing;
      await workspace.sendMany(numbered(last + 1, NEW));
      last += NEW;
      await eventually(() => readLine(line(), last).missing.length === 0, {
        deadlineMs: 90_000,
        what: "everything at the receiver",
      }).catch(() => undefined);
      await traffic.settle();
      await awaitTakenIn(services);

      const { breaks, missing, distinct, duplicates } = readLine(line(), last);
      figures.set("delivered of", `${distinct} / ${last}`);
      figures.set("duplicates", duplicates);
      expect({ breaks, missing }).toEqual({ breaks: [], missing: [] });
      expect(duplicates).toBeLessThanOrEqual(REPEATED_A_CRASH);
      expect(receiver.maxInFlight(path)).toBe(1);
      const job = await eventually(async () => {
        const found = await workspace.api.ask<{ status: string }>("GET", `/v1/jobs/${recoveryJobId}`);
        return found.status !== "running" && found;
      });
      expect(job).toMatchObject({ status: "completed", remaining: { count: 0 } });
      // Otherwise most kills came too late.
      for (const name of ["router", "health-monitor", "dispatcher"] as const) {
        expect([name, (killed.get(name) ?? 0) > 0]).toEqual([name, true]);
      }
      await expectSound(scene, traffic, { duplicatesMax: REPEATED_A_CRASH });
    },
  );
});
