import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "@jest/globals";
import { always, anEvent, eventually, readSequence, script, type TestWorkspace } from "@hooklane/testing";
import { awaitStatuses, type LoggedDelivery, readDeliveries } from "./support/log.js";
import { useKeptServices } from "./support/suite.js";

const suite = useKeptServices(() => ({ serviceEnv: { dispatcher: { DISPATCHER_RETRY_WAITS_S: "4,1,1" } } }));
const { check } = suite;

interface ResendAnswer {
  readonly count: number;
  readonly resends: readonly {
    readonly deliveryId: string;
    readonly resendOf: string;
    readonly webhookId: string;
    readonly endpointId: string;
    readonly waitsBehind: {
      readonly deliveries: number;
      readonly isAtLeast: boolean;
      readonly nextAttemptAt?: string;
    };
  }[];
  readonly skipped: readonly { readonly webhookId: string; readonly status: string }[];
}

const resend = (workspace: TestWorkspace, path: string, body: object = {}, key?: string) =>
  workspace.api.ask<ResendAnswer>(
    "POST",
    `${path}/resend`,
    body,
    key === undefined ? {} : { "idempotency-key": key },
  );

const readDelivery = (workspace: TestWorkspace, id: string) =>
  workspace.api.ask<LoggedDelivery & { readonly resendOf?: string }>("GET", `/v1/deliveries/${id}`);

const errorsUsed = async (workspace: TestWorkspace) =>
  (await workspace.api.ask<{ errorQuota: { used: number } }>("GET", "/v1/health")).errorQuota.used;

describe("a resend", () => {
  check("goes behind what is queued, with the event's exact bytes; the answer says where", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/again") });
    receiver.behave("/again", script([200, 500]));
    await workspace.send(anEvent({ data: { seq: 1 } }));
    const [first] = await awaitStatuses(workspace, webhook.id, { delivered: 1 });
    await workspace.sendMany([2, 3, 4].map((seq) => anEvent({ data: { seq } })));
    await awaitStatuses(workspace, webhook.id, { delivered: 1, retrying: 1, pending: 2 });

    const { resends, skipped } = await resend(workspace, `/v1/deliveries/${first!.id}`);
    expect(skipped).toEqual([]);
    const [again] = resends;
    expect(again).toMatchObject({
      resendOf: first!.id,
      webhookId: webhook.id,
      endpointId: webhook.endpointId,
    });
    expect(again!.waitsBehind).toMatchObject({ deliveries: 3, isAtLeast: false });
    expect(Date.parse(again!.waitsBehind.nextAttemptAt ?? "")).toBeGreaterThan(Date.now() - 1_000);

    const requests = await receiver.waitFor((seen) => seen.length === 6, { path: "/again" });
    expect(readSequence(requests)).toEqual([1, 2, 2, 3, 4, 1]);
    const [original, resent] = [requests[0]!, requests[5]!];
    expect(resent.body.equals(original.body)).toBe(true);
    expect(resent.webhookId).not.toBe(original.webhookId);
    expect(resent.attempt).toBe(1);
    const logged = await eventually(async () => {
      const delivery = await readDelivery(workspace, again!.deliveryId);
      return delivery.status === "delivered" && delivery;
    });
    expect(logged).toMatchObject({
      eventId: first!.eventId,
      resendOf: first!.id,
      attempts: [{ number: 1, trigger: "manual", statusCode: 200 }],
    });
    expect(await readDelivery(workspace, first!.id)).not.toHaveProperty("resendOf");
  });

  check("that fails counts in the shared rule like any other attempt", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/counts") });
    await workspace.send(anEvent());
    const [delivered] = await awaitStatuses(workspace, webhook.id, { delivered: 1 });
    receiver.behave("/counts", always(500));
    expect(await errorsUsed(workspace)).toBe(0);
    const { resends } = await resend(workspace, `/v1/deliveries/${delivered!.id}`);
    await awaitStatuses(workspace, webhook.id, { delivered: 1, dead_letter: 1 });
    expect(await errorsUsed(workspace)).toBe(4);
    const { errorQuota } = await workspace.api.ask<{ errorQuota: { errors: object[] } }>("GET", "/v1/health");
    expect(errorQuota.errors).toMatchObject(
      [1, 2, 3, 4].map((attempt) => ({
        webhookId: webhook.id,
        deliveryId: resends[0]!.deliveryId,
        attempt,
        error: "status",
        statusCode: 500,
      })),
    );
    const dead = await readDelivery(workspace, resends[0]!.deliveryId);
    expect(dead.attempts.map(({ number, trigger }) => [number, trigger])).toEqual(
      [1, 2, 3, 4].map((number) => [number, "manual"]),
    );
    // A dead letter is sent again like anything else.
    receiver.behave("/counts", always(200));
    await resend(workspace, `/v1/deliveries/${dead.id}`);
    await awaitStatuses(workspace, webhook.id, { delivered: 2, dead_letter: 1 });
  });

  check(
    "meets the webhook as it is now: what was skipped is delivered after it was switched on",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      const webhook = await workspace.createWebhook({ url: receiver.url("/now") });
      receiver.behave("/now", script([500, 200]));
      const event = anEvent({ data: { seq: 1 } });
      await workspace.send(event);
      await awaitStatuses(workspace, webhook.id, { retrying: 1 });
      await workspace.api.ask("POST", `/v1/webhooks/${webhook.id}/deactivate`, {});
      const off = await workspace.api.call<{ code: string }>("POST", `/v1/events/${event.id}/resend`, {});
      expect([off.status, off.body.code]).toEqual([409, "webhook_not_active"]);
      await awaitStatuses(workspace, webhook.id, { skipped: 1 });
      await workspace.api.ask("POST", `/v1/webhooks/${webhook.id}/activate`, {});
      await workspace.api.ask("PATCH", `/v1/webhooks/${webhook.id}`, {
        headers: { "x-new": "yes" },
        eventTypes: ["email.opened"],
      });
      expect((await resend(workspace, `/v1/events/${event.id}`)).count).toBe(1);
      const requests = await receiver.waitFor((seen) => seen.length === 2, { path: "/now" });
      expect(requests[1]!.headers).toMatchObject({ "x-new": "yes", "webhook-attempt": "1" });
      await awaitStatuses(workspace, webhook.id, { skipped: 1, delivered: 1 });
    },
  );

  check(
    "with an Idempotency-Key is made once, whatever dies in between",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      const paths = ["/once/a", "/once/b"];
      const webhooks = await Promise.all(
        paths.map((path) => workspace.createWebhook({ url: receiver.url(path) })),
      );
      const event = anEvent({ data: { seq: 1 } });
      await workspace.send(event);
      for (const { id } of webhooks) await awaitStatuses(workspace, id, { delivered: 1 });

      // Killed at some moment between the call and its answer; called again until it answers.
      const calls: (ResendAnswer | undefined)[] = [];
      for (const delayMs of [0, 5, 15, 40]) {
        const call = resend(workspace, `/v1/events/${event.id}`, {}, "once").catch(() => undefined);
        await sleep(delayMs);
        await services.kill9("subscription-api");
        calls.push(await call);
        // A call that died unanswered holds its key for a minute, then another may be made in its place.
        await services.database
          .collection("idempotencyKeys")
          .updateMany({ answer: { $exists: false } }, { $set: { startedAt: new Date(Date.now() - 61_000) } });
        await services.start(["subscription-api"]);
      }
      const answer = await eventually(() => resend(workspace, `/v1/events/${event.id}`, {}, "once"), {
        deadlineMs: 90_000,
        intervalMs: 500,
      });
      for (const call of calls) if (call) expect(call).toEqual(answer);
      expect(answer.resends.map(({ webhookId }) => webhookId).sort()).toEqual(
        webhooks.map(({ id }) => id).sort(),
      );
      for (const { id } of webhooks) await awaitStatuses(workspace, id, { delivered: 2 });
      // What would come twice stands in line before this.
      await workspace.send(anEvent({ data: { seq: 2 } }));
      for (const [index, path] of paths.entries()) {
        const requests = await receiver.waitFor((seen) => readSequence(seen).includes(2), { path });
        expect(readSequence(requests)).toEqual([1, 1, 2]);
        const ids = (await readDeliveries(workspace, webhooks[index]!.id)).map(({ id }) => id);
        expect(ids).toContain(
          answer.resends.find(({ webhookId }) => webhookId === webhooks[index]!.id)!.deliveryId,
        );
      }
    },
    240_000,
  );
});
