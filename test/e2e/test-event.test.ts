import { describe, expect } from "@jest/globals";
import { always, anEvent, eventually, readEvents, script, type TestWorkspace } from "@hooklane/testing";
import { awaitStatuses, type LoggedDelivery } from "./support/log.js";
import { useKeptServices } from "./support/suite.js";

const suite = useKeptServices(() => ({
  serviceEnv: {
    dispatcher: { DISPATCHER_RETRY_WAITS_S: "8,1,1" },
    "subscription-api": { SUBSCRIPTION_API_TEST_WAIT_MS: "2000" },
  },
}));
const { check } = suite;

interface TestDelivery extends LoggedDelivery {
  readonly reason?: string;
  readonly waitsBehind?: { readonly nextAttemptAt?: string };
}

const sendTest = (workspace: TestWorkspace, webhookId: string) =>
  workspace.api.ask<TestDelivery>("POST", `/v1/webhooks/${webhookId}/test`, { eventType: "email.opened" });

/** A test, and then what became of it, if that was not known at once. */
async function testUntilSettled(workspace: TestWorkspace, webhookId: string): Promise<TestDelivery> {
  // One a second.
  const { id } = await eventually(() => sendTest(workspace, webhookId), { what: "room for another test" });
  return eventually(async () => {
    const delivery = await workspace.api.ask<TestDelivery>("GET", `/v1/deliveries/${id}`);
    return delivery.status !== "pending" && delivery;
  });
}

const errorsUsed = async (workspace: TestWorkspace) =>
  (await workspace.api.ask<{ errorQuota: { used: number } }>("GET", "/v1/health")).errorQuota.used;

describe("a test event", () => {
  check("reaches an active webhook signed, as the type's example, and is marked in the logs", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/active") });
    const other = await workspace.createWebhook({
      url: receiver.url("/other"),
      eventTypes: ["email.opened"],
    });
    const delivery = await testUntilSettled(workspace, webhook.id);
    expect(delivery).toMatchObject({
      status: "delivered",
      eventId: expect.stringMatching(/^test:/),
      attempts: [{ number: 1, trigger: "test", statusCode: 200 }],
    });
    const [request, ...more] = receiver.requestsTo("/active");
    expect(more).toEqual([]);
    const type = await workspace.api.ask<{ example: { data: object } }>(
      "GET",
      "/v1/event-types/email.opened",
    );
    expect(readEvents(request!)).toMatchObject([
      { id: delivery.eventId, type: "email.opened", data: type.example.data },
    ]);
    expect(receiver.requestsTo("/other")).toEqual([]);

    const path = `/v1/events/${encodeURIComponent(delivery.eventId)}`;
    expect(await workspace.api.ask("GET", path)).toMatchObject({
      isTest: true,
      deliveryIds: [delivery.id],
    });
    expect(await workspace.api.ask("GET", `${path}/explain`)).toEqual({
      matched: [{ webhookId: webhook.id, deliveryId: delivery.id }],
      unmatched: [],
    });
    expect((await awaitStatuses(workspace, webhook.id, { delivered: 1 }))[0]?.id).toBe(delivery.id);
    await awaitStatuses(workspace, other.id, {});
    for (const resent of [`/v1/deliveries/${delivery.id}/resend`, `${path}/resend`])
      await expect(workspace.api.ask("POST", resent, {})).rejects.toThrow(/409/);
  });

  check("that fails is attempted once, counts for nothing, and 410 disables nothing", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/failing") });
    receiver.behave("/failing", script([500, 410, 200]));
    for (const statusCode of [500, 410]) {
      expect(await testUntilSettled(workspace, webhook.id)).toMatchObject({
        status: "dead_letter",
        reason: "retries_exhausted",
        attempts: [{ number: 1, trigger: "test", statusCode }],
      });
    }
    await workspace.send(anEvent({ data: { seq: 1 } }));
    await awaitStatuses(workspace, webhook.id, { dead_letter: 2, delivered: 1 });
    expect(receiver.requestsTo("/failing")).toHaveLength(3);
    expect(await errorsUsed(workspace)).toBe(0);
    expect((await workspace.readWebhook(webhook.id)).status).toBe("active");
  });

  check("waits in its place behind an event that is retried, and the answer says so", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/retried") });
    receiver.behave("/retried", script([500, 200]));
    await workspace.send(anEvent({ id: "first" }));
    await awaitStatuses(workspace, webhook.id, { retrying: 1 });
    const pending = await sendTest(workspace, webhook.id);
    expect(pending).toMatchObject({ status: "pending", waitsBehind: { nextAttemptAt: expect.any(String) } });
    const requests = await receiver.waitFor((seen) => seen.length === 3, { path: "/retried" });
    expect(requests.flatMap(readEvents).map(({ id }) => id)).toEqual(["first", "first", pending.eventId]);
    await awaitStatuses(workspace, webhook.id, { delivered: 2 });
  });

  check("ends the batch before it and goes alone, as an array", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({
      url: receiver.url("/batched"),
      batching: { maxEvents: 10, maxWaitSeconds: 60 },
    });
    await workspace.sendMany([anEvent({ id: "one" }), anEvent({ id: "two" })]);
    await awaitStatuses(workspace, webhook.id, { pending: 2 });
    const delivery = await testUntilSettled(workspace, webhook.id);
    expect(delivery.status).toBe("delivered");
    const bodies = receiver
      .requestsTo("/batched")
      .map(({ body }) => JSON.parse(String(body)) as { id: string }[]);
    expect(bodies.map((events) => events.map(({ id }) => id))).toEqual([["one", "two"], [delivery.eventId]]);
  });

  check("reaches a webhook that is switched off, which stays so, and is logged alike", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/off"), status: "inactive" });
    receiver.behave("/off", always(503));
    const delivery = await sendTest(workspace, webhook.id);
    expect(delivery).toMatchObject({
      status: "dead_letter",
      attempts: [{ number: 1, trigger: "test", statusCode: 503, error: "status" }],
    });
    const logged = await awaitStatuses(workspace, webhook.id, { dead_letter: 1 });
    expect(logged[0]).toMatchObject({ id: delivery.id, attempts: [{ trigger: "test" }] });
    const event = `/v1/events/${encodeURIComponent(delivery.eventId)}`;
    expect(await workspace.api.ask("GET", event)).toMatchObject({ isTest: true, deliveryIds: [delivery.id] });
    expect(receiver.requestsTo("/off")).toHaveLength(1);
    expect((await workspace.readWebhook(webhook.id)).status).toBe("inactive");
    expect(await errorsUsed(workspace)).toBe(0);
  });
});
