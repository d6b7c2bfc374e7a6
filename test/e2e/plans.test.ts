import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import {
  anEvent,
  type CreatedWebhook,
  eventually,
  JsonClient,
  readEvents,
  readSequence,
  script,
  type TestWorkspace,
} from "@hooklane/testing";
import { awaitStatuses, readDeliveries } from "./support/log.js";
import { useKeptServices } from "./support/suite.js";

const suite = useKeptServices(() => ({
  serviceEnv: { dispatcher: { DISPATCHER_RETRY_WAITS_S: "60,60,60" } },
}));
const { check } = suite;

let operator: JsonClient;

beforeAll(async () => {
  const { services } = suite;
  operator = new JsonClient(services.service("subscription-api").url, services.operatorKey);
  for (const family of ["mail", "audience"]) await operator.ask("POST", `/v1/plans/families/${family}`, {});
});

afterAll(() => operator.close());

const setPlan = (workspace: TestWorkspace, plan: string) =>
  operator.ask("PATCH", `/v1/workspaces/${workspace.id}`, { plan });

const activate = (workspace: TestWorkspace, { id }: CreatedWebhook) =>
  workspace.api.call<CreatedWebhook & { readonly code?: string }>("POST", `/v1/webhooks/${id}/activate`, {});

/** Why the event did not go to the webhook, once it was routed; undefined: it did. */
const whyNot = async (workspace: TestWorkspace, eventId: string, webhookId: string) => {
  const { body } = await eventually(async () => {
    const answer = await workspace.api.call<{
      readonly unmatched: readonly { readonly webhookId: string; readonly reason: string }[];
    }>("GET", `/v1/events/${eventId}/explain`);
    return answer.status === 200 && answer;
  });
  return body.unmatched.find((each) => each.webhookId === webhookId)?.reason;
};

const numbered = (seq: number) => anEvent({ data: { seq } });

const smsClick = (seq: number) =>
  anEvent({ type: "sms.link_clicked", data: { sms: { id: "x_5", name: "relance" }, seq } });

describe("a plan", () => {
  check(
    "with drafts only keeps the draft and refuses to activate it; after the upgrade it delivers",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace({ plan: "audience.free" });
      const url = receiver.url("/draft");
      const refused = await workspace.api.call<object>("POST", "/v1/webhooks", {
        name: "On",
        url,
        eventTypes: ["email.link_clicked"],
        status: "active",
      });
      expect(refused.status).toBe(403);
      const draft = await workspace.createWebhook({ url, status: "inactive" });
      const before = numbered(1);
      await workspace.send(before);
      expect(await whyNot(workspace, before.id, draft.id)).toBe("inactive");
      const answer = await activate(workspace, draft);
      expect([answer.status, answer.body]).toMatchObject([
        403,
        {
          code: "plan_upgrade_required",
          feature: "webhooks.activate",
          currentPlan: "audience.free",
          requiredPlan: "audience.standard",
          upgradeUrl: expect.stringMatching(/^http/),
        },
      ]);
      expect(await workspace.readWebhook(draft.id)).toMatchObject({ status: "inactive", generation: 1 });

      await setPlan(workspace, "audience.standard");
      expect((await activate(workspace, draft)).status).toBe(200);
      await workspace.send(numbered(2));
      const requests = await receiver.waitFor((seen) => seen.length === 1, { path: "/draft" });
      expect(readSequence(requests)).toEqual([2]);
    },
  );

  check(
    "that is downgraded stops deliveries at once and skips what is queued; an upgrade resumes",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace({ plan: "audience.premium" });
      const webhook = await workspace.createWebhook({ url: receiver.url("/down") });
      const off = await workspace.createWebhook({ url: receiver.url("/off"), status: "inactive" });
      receiver.behave("/down", script([503, 200]));
      await workspace.sendMany([1, 2, 3].map(numbered));
      await awaitStatuses(workspace, webhook.id, { retrying: 1, pending: 2 });

      await setPlan(workspace, "audience.essentials");
      const after = numbered(4);
      await workspace.send(after);
      expect(await whyNot(workspace, after.id, webhook.id)).toBe("plan_locked");
      expect(await workspace.readWebhook(webhook.id)).toMatchObject({ status: "plan_locked", generation: 2 });
      await awaitStatuses(workspace, webhook.id, { skipped: 3 });
      const rows = await readDeliveries(workspace, webhook.id);
      expect(rows).toMatchObject([1, 2, 3].map(() => ({ reason: "plan_locked" })));
      expect((await activate(workspace, webhook)).status).toBe(403);

      await setPlan(workspace, "audience.premium");
      await workspace.send(numbered(5));
      const requests = await receiver.waitFor((seen) => seen.length === 2, { path: "/down" });
      expect(readSequence(requests)).toEqual([1, 5]);
      expect(await workspace.readWebhook(webhook.id)).toMatchObject({ status: "active", generation: 3 });
      expect(await workspace.readWebhook(off.id)).toMatchObject({ status: "inactive" });
      expect(receiver.requestsTo("/off")).toEqual([]);
    },
  );

  check("mail below max leaves sms.link_clicked out and delivers the rest; in max all of it", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace({ plan: "mail.max" });
    const both = await workspace.createWebhook({
      url: receiver.url("/both"),
      eventTypes: ["email.link_clicked", "sms.link_clicked"],
    });
    const only = await workspace.createWebhook({
      url: receiver.url("/only"),
      eventTypes: ["sms.link_clicked"],
    });
    await workspace.send(smsClick(1));
    for (const path of ["/both", "/only"]) await receiver.waitFor((seen) => seen.length === 1, { path });

    await setPlan(workspace, "mail.standard");
    const locked = smsClick(2);
    // Accepted like any other: whether it is delivered is not the producer's business.
    expect((await workspace.send(locked)).status).toBe("accepted");
    await workspace.send(numbered(3));
    expect(await whyNot(workspace, locked.id, both.id)).toBe("plan_locked");
    expect(await whyNot(workspace, locked.id, only.id)).toBe("plan_locked");
    expect(await workspace.readWebhook(only.id)).toMatchObject({ status: "plan_locked" });
    await receiver.waitFor((seen) => readSequence(seen).includes(3), { path: "/both" });

    await setPlan(workspace, "mail.max");
    await workspace.send(smsClick(4));
    const seen = await receiver.waitFor((requests) => readSequence(requests).includes(4), { path: "/both" });
    expect(readSequence(seen)).toEqual([1, 3, 4]);
    expect(seen.flatMap(readEvents).map(({ type }) => type)).toEqual([
      "sms.link_clicked",
      "email.link_clicked",
      "sms.link_clicked",
    ]);
    const toOnly = await receiver.waitFor((requests) => requests.length === 2, { path: "/only" });
    expect(readSequence(toOnly)).toEqual([1, 4]);
  });

  check(
    "whose change is cut off by a crash is finished: every webhook is locked and gets nothing",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace({ plan: "audience.premium" });
      const webhooks: CreatedWebhook[] = [];
      for (let index = 0; index < 40; index++) {
        webhooks.push(await workspace.createWebhook({ url: receiver.url("/many") }));
      }
      const down = setPlan(workspace, "audience.free").catch(() => undefined);
      const documents = services.database.collection("webhooks");
      const lockedCount = () =>
        documents.countDocuments({ workspaceId: workspace.id, status: "plan_locked" });
      await eventually(async () => (await lockedCount()) > 0, { intervalMs: 1 });
      await services.kill9("subscription-api");
      expect(await lockedCount()).toBeLessThan(webhooks.length);
      await down;
      await eventually(async () => (await lockedCount()) === webhooks.length);
      await services.start(["subscription-api"]);
      const event = numbered(1);
      await workspace.send(event);
      for (const { id } of [webhooks[0]!, webhooks.at(-1)!]) {
        expect(await whyNot(workspace, event.id, id)).toBe("plan_locked");
      }
      expect(receiver.requestsTo("/many")).toEqual([]);
    },
  );
});
