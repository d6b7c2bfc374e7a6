import { randomUUID } from "node:crypto";
import {
  asApiKeyId,
  asEndpointId,
  asWebhookId,
  asWorkspaceId,
  type Plan,
  plansOfFamily,
  type WorkspaceId,
} from "@hooklane/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ensureIndexes } from "../ensure-indexes.js";
import { Outbox, toControlEntryId } from "../outbox/outbox.js";
import { PartitionLoads } from "../partition-loads/partition-loads.js";
import { openStore, type Store } from "../store.js";
import { runTransaction } from "../transaction.js";
import type { WebhookDocument } from "../webhooks/webhook.js";
import { WebhookRepository } from "../webhooks/webhook-repository.js";
import { WorkspaceRepository } from "../workspaces/workspace-repository.js";
import type { PlanDocument } from "./plan.js";
import { PlanEnforcer } from "./plan-enforcer.js";
import { PlanRepository } from "./plan-repository.js";
import { type PlanScope, PlanSweeps } from "./plan-sweeps.js";

const at = new Date("2026-01-15T10:00:00Z");
const later = (seconds: number) => new Date(at.getTime() + seconds * 1_000);

let store: Store;
let webhooks: WebhookRepository;
let workspaces: WorkspaceRepository;
let plans: PlanRepository;
let sweeps: PlanSweeps;
let enforcer: PlanEnforcer;
let workspaceId: WorkspaceId;

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `plans-${randomUUID().slice(0, 8)}` });
  await ensureIndexes(store);
  await new PartitionLoads(store).ensure("events.v1", 4);
  await new PartitionLoads(store).ensure("deliveries.v1", 8);
  webhooks = new WebhookRepository(store);
  workspaces = new WorkspaceRepository(store);
  plans = new PlanRepository(store);
  sweeps = new PlanSweeps(store);
  enforcer = new PlanEnforcer(store);
  await plans.insertMissing((["mail", "audience"] as const).flatMap(plansOfFamily).map(toDocument));
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

beforeEach(async () => {
  workspaceId = await createWorkspace("audience.standard");
});

const toDocument = ({ id, ...rules }: Plan): PlanDocument => ({
  _id: id,
  ...rules,
  version: 1,
  createdAt: at,
  updatedAt: at,
});

async function createWorkspace(plan: string): Promise<WorkspaceId> {
  const id = asWorkspaceId(`ws_${randomUUID()}`);
  await workspaces.create(
    {
      _id: id,
      name: "Test",
      contacts: [{ email: "a@example.org", language: "en" }],
      plan,
      timeZone: "UTC",
      disablePolicy: "worst",
      redact: [],
      retentionDays: 30,
      createdAt: at,
    },
    {
      _id: asApiKeyId(`key_${randomUUID()}`),
      workspaceId: id,
      name: "first",
      hash: randomUUID(),
      hint: "abcd",
      scopes: ["read"],
      createdAt: at,
    },
    [],
  );
  return id;
}

async function createWebhook(over: Partial<WebhookDocument> = {}): Promise<WebhookDocument> {
  const id = asWebhookId(`wh_${randomUUID()}`);
  const url = `https://receiver.example/${id}`;
  const { webhook } = await webhooks.create(
    {
      _id: id,
      workspaceId,
      kind: "events",
      name: "Clicks",
      url,
      eventTypes: ["email.opened"],
      status: "active",
      successStatus: "2xx",
      headers: {},
      contentType: "application/json",
      secrets: [],
      createdAt: at,
      ...over,
    },
    { url, newId: asEndpointId(`ep_${randomUUID()}`) },
  );
  return webhook;
}

const setPlan = (plan: string) => workspaces.changePlan(workspaceId, plan, undefined, at);

/** @param most webhooks changed before it is over */
async function enforce(scope: PlanScope = { kind: "workspace", workspaceId }, most = Infinity) {
  const found: string[] = [];
  const options = { now: () => at, isOver: () => found.length >= most };
  for await (const { webhookId, version } of enforcer.enforce(scope, options)) {
    await new Outbox(store).markDone([toControlEntryId(webhookId, version)], at);
    found.push(webhookId);
  }
  return found;
}

const statusOf = async ({ _id }: WebhookDocument) => (await webhooks.find(_id))?.status;
const setStatus = ({ _id }: WebhookDocument, status: "active" | "inactive") =>
  webhooks.change(_id, {}, (current) => ({ webhook: { ...current, status } }), at);

describe("webhooks under a plan", () => {
  test("a downgrade locks what is on, at a new generation and announced; an upgrade brings that back", async () => {
    const [on, off] = [await createWebhook(), await createWebhook({ status: "inactive" })];
    await enforce();
    await setPlan("audience.free");
    expect(await enforce()).toEqual([on._id]);
    expect(await webhooks.find(on._id)).toMatchObject({ status: "plan_locked", generation: 2, version: 2 });
    expect(await statusOf(off)).toBe("inactive");
    expect(await enforce()).toEqual([]);

    await setPlan("audience.premium");
    expect(await enforce()).toEqual([on._id]);
    expect(await webhooks.find(on._id)).toMatchObject({ status: "active", generation: 3 });
    expect(await statusOf(off)).toBe("inactive");
    const window = await store.db.collection<{ _id: string }>("errorWindows").findOne({ _id: workspaceId });
    expect(window).toMatchObject({ since: { [on._id]: 3 } });
  });

  test("one the user switched off meanwhile stays off", async () => {
    const webhook = await createWebhook();
    await setPlan("audience.free");
    await enforce();
    await setStatus(webhook, "inactive");
    await setPlan("audience.premium");
    await enforce();
    expect(await webhooks.find(webhook._id)).toMatchObject({ status: "inactive", generation: 2 });
  });

  test("a save goes by the new plan at once, before anything has followed it", async () => {
    const webhook = await createWebhook({ status: "inactive" });
    await setPlan("audience.free");
    await setStatus(webhook, "active");
    expect(await statusOf(webhook)).toBe("plan_locked");
    expect(await createWebhook()).toMatchObject({ status: "plan_locked" });
  });

  test("a locked type is left out of a webhook that has others, and locks one that has none", async () => {
    workspaceId = await createWorkspace("mail.max");
    const both = await createWebhook({ eventTypes: ["email.opened", "sms.link_clicked"] });
    const only = await createWebhook({ eventTypes: ["sms.link_clicked"] });
    expect(both.lockedEventTypes).toBeUndefined();
    await setPlan("mail.standard");
    await enforce();
    expect(await webhooks.find(both._id)).toMatchObject({
      status: "active",
      generation: 1,
      version: 2,
      lockedEventTypes: ["sms.link_clicked"],
    });
    expect(await statusOf(only)).toBe("plan_locked");
    // It has another type now, so it goes on.
    await webhooks.change(
      only._id,
      {},
      (current) => ({ webhook: { ...current, eventTypes: ["email.opened"] } }),
      at,
    );
    expect(await webhooks.find(only._id)).toMatchObject({ status: "active", generation: 3 });
    expect((await webhooks.find(only._id))?.lockedEventTypes).toBeUndefined();
    await setPlan("mail.max");
    await enforce();
    expect((await webhooks.find(both._id))?.lockedEventTypes).toBeUndefined();
  });

  test("a crash in the middle is finished by the next look, also what was changed and not announced", async () => {
    const made = [await createWebhook(), await createWebhook(), await createWebhook()];
    await enforce();
    await setPlan("audience.free");
    // Dies between the transaction of the first and its announcement.
    const dying = enforcer.enforce(
      { kind: "workspace", workspaceId },
      { now: () => at, isOver: () => false },
    );
    const first = await dying.next();
    await dying.return();
    expect(first.value).toMatchObject({ version: 2 });

    const found = await enforce();
    expect([...found].sort()).toEqual(made.map(({ _id }) => _id).sort());
    expect(await Promise.all(made.map(statusOf))).toEqual(made.map(() => "plan_locked"));
    const rows = await Promise.all(made.map(({ _id }) => webhooks.find(_id)));
    expect(rows.map((row) => row?.generation)).toEqual([2, 2, 2]);
  });

  test("a change of the plan itself reaches the webhooks of every workspace that has it, and no others", async () => {
    const id = `own.${randomUUID().slice(0, 8)}`;
    const [own] = plansOfFamily("audience");
    await plans.insert(toDocument({ ...own!, id, family: "own", webhooks: { access: "full" } }));
    const untouched = await createWebhook();
    const mine: WebhookDocument[] = [];
    for (let index = 0; index < 3; index++) {
      workspaceId = await createWorkspace(id);
      mine.push(await createWebhook());
    }
    await plans.change(id, 1, (current) => ({ ...current, webhooks: { access: "configure" } }), at);
    await enforce({ kind: "plan", planId: id });
    expect(await Promise.all(mine.map(statusOf))).toEqual(mine.map(() => "plan_locked"));
    expect(await statusOf(untouched)).toBe("active");
  });

  test("a webhook locked is in the audit log as Hooklane's own doing", async () => {
    const webhook = await createWebhook();
    await setPlan("audience.free");
    await enforce();
    const [entry] = await store.db
      .collection("auditLog")
      .find({ objectId: webhook._id })
      .sort({ _id: -1 })
      .limit(1)
      .toArray();
    expect(entry).toMatchObject({
      actor: "system",
      operation: "followPlan",
      changes: ["generation", "status"],
    });
  });
});

describe("a change of plan promises that webhooks follow", () => {
  const due = async (when: Date) =>
    (await sweeps.listDue(when, 1_000)).filter(
      ({ scope }) => scope.kind === "workspace" && scope.workspaceId === workspaceId,
    );

  test("soon, and once more when no save that began before it can still come", async () => {
    await setPlan("audience.free");
    expect(await due(later(4))).toEqual([]);
    const [sweep] = await due(later(5));
    expect(sweep).toMatchObject({ changedAt: at });
    await sweeps.settle(sweep!, later(5));
    expect(await due(later(29))).toEqual([]);
    const [last] = await due(later(30));
    await sweeps.settle(last!, later(30));
    expect(await due(later(3_600))).toEqual([]);
  });

  test("and a change meanwhile is not settled with the one before", async () => {
    await setPlan("audience.free");
    const [sweep] = await due(later(40));
    await workspaces.changePlan(workspaceId, "audience.premium", undefined, later(35));
    await sweeps.settle(sweep!, later(40));
    expect(await due(later(40))).toMatchObject([{ changedAt: later(35) }]);
  });

  test("which finds a webhook whose save began before the change and ended after the first look", async () => {
    const webhook = await createWebhook({ status: "inactive" });
    await store.db.collection<{ _id: string }>("outbox").deleteMany({ "payload.webhookId": webhook._id });
    const [seen, go] = [gate(), gate()];
    const saving = runTransaction(store, async (session) => {
      // As `WebhookRepository.change` reads: the plan is still the old one in this snapshot.
      const before = await webhooks.find(webhook._id, session);
      seen.open();
      await go.opened;
      await store.db
        .collection<{ _id: string }>("webhooks")
        .updateOne(
          { _id: before!._id },
          { $set: { status: "active", version: 2, generation: 2 } },
          { session },
        );
    });
    await seen.opened;
    await setPlan("audience.free");
    expect(await enforce()).toEqual([]);
    go.open();
    await saving;
    expect(await statusOf(webhook)).toBe("active");
    expect(await enforce()).toEqual([webhook._id]);
    expect(await statusOf(webhook)).toBe("plan_locked");
  });
});

function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

describe("plans", () => {
  test("that a workspace has cannot be deleted, however the two race", async () => {
    const [plan] = plansOfFamily("mail");
    for (let round = 0; round < 5; round++) {
      const id = `race.p${round}`;
      await plans.insert(toDocument({ ...plan!, id }));
      const [assigned, deleted] = await Promise.all([setPlan(id), plans.delete(id, undefined, new Date())]);
      const isThere = (await plans.find(id)) !== undefined;
      const hasIt = (await workspaces.find(workspaceId))?.plan === id;
      expect([assigned.kind, deleted.kind]).toEqual(
        isThere ? ["changed", "in_use"] : ["unknown_plan", "deleted"],
      );
      expect(hasIt).toBe(isThere);
      await setPlan("audience.standard");
      await plans.delete(id, undefined, new Date());
    }
  });

  test("are given to a workspace by its version: another one than expected does nothing", async () => {
    expect(await workspaces.changePlan(workspaceId, "audience.free", 9, at)).toMatchObject({ kind: "moved" });
    expect(await workspaces.changePlan(workspaceId, "audience.gold", undefined, at)).toEqual({
      kind: "unknown_plan",
    });
    const nobody = asWorkspaceId("ws_nobody");
    expect(await workspaces.changePlan(nobody, "audience.free", undefined, at)).toEqual({
      kind: "not_found",
    });
    expect(await setPlan("audience.standard")).toMatchObject({ kind: "changed", workspace: { version: 1 } });
    expect(await setPlan("self_hosted")).toMatchObject({ workspace: { plan: "self_hosted", version: 2 } });
  });

  test("that do not exist make no workspace", async () => {
    await expect(createWorkspace("gold.plan")).rejects.toThrow("gold.plan");
  });
});
