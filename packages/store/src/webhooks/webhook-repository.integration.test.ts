import { randomUUID } from "node:crypto";
import { asApiKeyId, asEndpointId, asWebhookId, asWorkspaceId, type WorkspaceId } from "@hooklane/core";
import { testSecretKeys } from "@hooklane/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { EndpointRepository } from "../endpoints/endpoint-repository.js";
import { ensureIndexes } from "../ensure-indexes.js";
import { Outbox, toControlEntryId } from "../outbox/outbox.js";
import { PartitionLoads } from "../partition-loads/partition-loads.js";
import { toRecoveryId } from "../recoveries/recovery-id.js";
import { RecoveryRepository } from "../recoveries/recovery-repository.js";
import { openStore, type Store } from "../store.js";
import { WorkspaceRepository } from "../workspaces/workspace-repository.js";
import type { WebhookDocument } from "./webhook.js";
import { type ChangeOutcome, type NewWebhook, WebhookRepository } from "./webhook-repository.js";

const at = new Date("2026-01-15T10:00:00Z");
const later = new Date("2026-01-15T11:00:00Z");

let store: Store;
let webhooks: WebhookRepository;
let endpoints: EndpointRepository;
let workspaceId: WorkspaceId;

beforeAll(async () => {
  store = await openStore({
    uri: process.env.MONGODB_URI!,
    database: `webhooks-${randomUUID().slice(0, 8)}`,
    secretKeys: testSecretKeys,
  });
  await ensureIndexes(store);
  await new PartitionLoads(store).ensure("events.v1", 4);
  await new PartitionLoads(store).ensure("deliveries.v1", 8);
  webhooks = new WebhookRepository(store);
  endpoints = new EndpointRepository(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

beforeEach(async () => {
  workspaceId = asWorkspaceId(`ws_${randomUUID()}`);
  await new WorkspaceRepository(store).create(
    {
      _id: workspaceId,
      name: "Test",
      contacts: [{ email: "a@example.org", language: "en" }],
      plan: "self_hosted",
      timeZone: "UTC",
      disablePolicy: "worst",
      redact: [],
      retentionDays: 30,
      createdAt: at,
    },
    {
      _id: asApiKeyId(`key_${randomUUID()}`),
      workspaceId,
      name: "first",
      hash: randomUUID(),
      hint: "abcd",
      scopes: ["read"],
      createdAt: at,
    },
    [],
  );
});

const place = (url: string) => ({ url, newId: asEndpointId(`ep_${randomUUID()}`) });

function aWebhook(overrides: Partial<NewWebhook> = {}): NewWebhook {
  return {
    _id: asWebhookId(`wh_${randomUUID()}`),
    workspaceId,
    kind: "events",
    name: "Clicks",
    url: "https://a.example/",
    eventTypes: ["email.opened"],
    status: "active",
    successStatus: "2xx",
    headers: { "x.dotted": "1", $ref: "2" },
    contentType: "application/json",
    secrets: [{ value: "whsec_x", createdAt: at }],
    createdAt: at,
    ...overrides,
  };
}

const create = async (url = "https://a.example/", overrides: Partial<NewWebhook> = {}) =>
  (await webhooks.create(aWebhook({ url, ...overrides }), place(url))).webhook;

const toUrl = (url: string) => (current: WebhookDocument) => ({
  webhook: { ...current, url },
  place: place(url),
});

function changed(outcome: ChangeOutcome): WebhookDocument {
  if (outcome.kind !== "changed") throw new Error(`expected a change, got ${outcome.kind}`);
  return outcome.webhook;
}

describe("creating", () => {
  test("leaves webhook, endpoint and the promise of a control record, all of them", async () => {
    const { webhook, control } = await webhooks.create(aWebhook(), place("https://a.example/"));
    expect(webhook).toMatchObject({ version: 1, generation: 1, status: "active" });
    expect(await webhooks.find(webhook._id)).toEqual(webhook);
    expect(await endpoints.find(webhook.endpointId)).toMatchObject({
      url: "https://a.example/",
      workspaceId,
    });
    const pending = await new Outbox(store).listPending("control", later, 1000);
    expect(pending.find(({ _id }) => _id === toControlEntryId(webhook._id, 1))?.payload).toEqual(control);
  });

  test("at the same URL shares the endpoint, also when many do at once", async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => create("https://shared.example/")));
    expect(new Set(made.map(({ endpointId }) => endpointId)).size).toBe(1);
  });

  test("spreads endpoints over the least loaded partitions", async () => {
    const before = await loads();
    for (let index = 0; index < 8; index++) await create(`https://spread-${index}.example/`);
    const after = await loads();
    expect(Math.max(...after) - Math.min(...after)).toBeLessThanOrEqual(
      Math.max(...before) - Math.min(...before) + 1,
    );
  });

  test("in a workspace that does not exist leaves nothing", async () => {
    const webhook = aWebhook({ workspaceId: asWorkspaceId("ws_nobody") });
    await expect(webhooks.create(webhook, place("https://a.example/"))).rejects.toThrow("ws_nobody");
    expect(await webhooks.find(webhook._id)).toBeUndefined();
    expect(await endpoints.findByUrl(asWorkspaceId("ws_nobody"), "https://a.example/")).toBeUndefined();
  });
});

async function loads(): Promise<number[]> {
  const documents = await store.db
    .collection("partitionLoads")
    .find({ _id: /^deliveries/ })
    .toArray();
  return documents.map((document) => document.load as number);
}

describe("a change", () => {
  test("of options raises the version, of the status also the generation", async () => {
    const webhook = await create();
    const named = changed(await webhooks.change(webhook._id, {}, rename("New"), later));
    expect(named).toMatchObject({ name: "New", version: 2, generation: 1, updatedAt: later });
    const off = changed(await webhooks.change(webhook._id, {}, toStatus("inactive"), later));
    expect(off).toMatchObject({ version: 3, generation: 2 });
    expect(await webhooks.find(webhook._id)).toEqual(off);
  });

  test("to active starts a new error count of that generation", async () => {
    const webhook = await create("https://b.example/", { status: "inactive" });
    const on = changed(await webhooks.change(webhook._id, {}, toStatus("active"), later));
    const window = await store.db.collection<{ _id: string }>("errorWindows").findOne({ _id: workspaceId });
    expect(window).toMatchObject({ since: { [webhook._id]: on.generation }, errors: [], trips: [] });
  });

  test("on another version, generation or workspace than expected does nothing", async () => {
    const { _id } = await create();
    expect(await webhooks.change(_id, { version: 7 }, rename("x"), later)).toMatchObject({ kind: "moved" });
    expect(await webhooks.change(_id, { generation: 7 }, rename("x"), later)).toMatchObject({
      kind: "moved",
    });
    const other = asWorkspaceId("ws_other");
    expect(await webhooks.change(_id, { workspaceId: other }, rename("x"), later)).toEqual({
      kind: "not_found",
    });
    expect((await webhooks.find(_id))?.version).toBe(1);
  });

  test("that changes nothing raises nothing", async () => {
    const { _id } = await create();
    expect(await webhooks.change(_id, {}, () => undefined, later)).toMatchObject({ kind: "unchanged" });
    expect((await webhooks.find(_id))?.version).toBe(1);
  });

  test("that changes nothing hands on the announcement of the version while nobody has made it", async () => {
    const { _id } = await create();
    expect(await webhooks.change(_id, {}, () => undefined, later)).toMatchObject({
      kind: "unchanged",
      control: { webhookId: _id, version: 1 },
    });
    await new Outbox(store).markDone([toControlEntryId(_id, 1)], later);
    const again = await webhooks.change(_id, {}, () => undefined, later);
    expect(again).toMatchObject({ kind: "unchanged", control: undefined });
  });

  test("is not lost among others at the same time: versions are given once", async () => {
    const { _id } = await create();
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, index) => webhooks.change(_id, {}, rename(`n${index}`), later)),
    );
    const versions = outcomes.map((outcome) => changed(outcome).version).sort();
    expect(versions).toEqual([2, 3, 4, 5, 6, 7]);
  });
});

describe("a changed URL", () => {
  test("keeps the line when nobody else uses it and the new URL has none", async () => {
    const webhook = await create("https://old.example/");
    const moved = changed(await webhooks.change(webhook._id, {}, toUrl("https://new.example/"), later));
    expect(moved).toMatchObject({ endpointId: webhook.endpointId, generation: 1, version: 2 });
    expect((await endpoints.find(webhook.endpointId))?.url).toBe("https://new.example/");
  });

  test("of a webhook on a shared line takes another line: an active one recovers there", async () => {
    const stays = await create("https://both.example/");
    const leaves = await create("https://both.example/");
    const edit = toUrl("https://alone.example/");
    const moved = changed(await webhooks.change(leaves._id, {}, edit, later));
    expect(moved).toMatchObject({ status: "recovering", generation: 2 });
    expect(moved.endpointId).not.toBe(stays.endpointId);
    expect((await endpoints.find(stays.endpointId))?.url).toBe("https://both.example/");
    const recovery = toRecoveryId(leaves._id, 2);
    expect(await new RecoveryRepository(store).find(workspaceId, recovery)).toMatchObject({
      webhookId: leaves._id,
      generation: 2,
      version: moved.version,
      owedSince: 1,
      status: "running",
    });

    const off = await create("https://both.example/");
    await webhooks.change(off._id, {}, toStatus("inactive"), later);
    expect(changed(await webhooks.change(off._id, {}, edit, later))).toMatchObject({
      status: "inactive",
      endpointId: moved.endpointId,
      generation: 3,
    });
  });

  test("only a plain activation, or the first, has what was decided before owed no more", async () => {
    const { _id, owedSince } = await create("https://owed.example/");
    expect(owedSince).toBe(1);
    const switchTo = async (status: "active" | "inactive" | "recovering") =>
      changed(await webhooks.change(_id, {}, toStatus(status), later));
    expect(await switchTo("inactive")).toMatchObject({ generation: 2, owedSince: 1 });
    expect(await switchTo("recovering")).toMatchObject({ generation: 3, owedSince: 1 });
    expect(await switchTo("active")).toMatchObject({ generation: 3, owedSince: 1 });
    await switchTo("inactive");
    expect(await switchTo("active")).toMatchObject({ generation: 5, owedSince: 5 });

    const unused = await create("https://unused.example/", { status: "inactive" });
    expect(unused.owedSince).toBeUndefined();
    const first = await webhooks.change(unused._id, {}, toStatus("recovering"), later);
    expect(changed(first)).toMatchObject({ generation: 2, owedSince: 2 });
  });

  test("of one that was on before it was noted since when: it is owed what it misses from its generation on", async () => {
    const { _id } = await create("https://before.example/");
    await store.db
      .collection<WebhookDocument>("webhooks")
      .updateOne({ _id }, { $set: { generation: 4 }, $unset: { owedSince: "" } });
    const off = changed(await webhooks.change(_id, {}, toStatus("inactive"), later));
    expect(off).toMatchObject({ generation: 5, owedSince: 4 });
    const on = changed(await webhooks.change(_id, {}, toStatus("recovering"), later));
    expect(on).toMatchObject({ generation: 6, owedSince: 4 });
  });

  test("never takes a webhook along that is put on the line at the same moment", async () => {
    for (let round = 0; round < 5; round++) {
      const from = `https://race-${round}.example/`;
      const first = await create(from);
      const [, second] = await Promise.all([
        webhooks.change(first._id, {}, toUrl(`https://elsewhere-${round}.example/`), later),
        create(from),
      ]);
      expect((await endpoints.find(second.endpointId))?.url).toBe(from);
    }
  });
});

test("a deleted webhook stays as a tombstone, is not listed and cannot be changed", async () => {
  const { _id } = await create();
  expect(changed(await webhooks.delete(_id, { workspaceId }, later)).deletedAt).toEqual(later);
  expect(await webhooks.list(workspaceId, { limit: 10 })).toEqual([]);
  expect(await webhooks.change(_id, {}, rename("x"), later)).toEqual({ kind: "not_found" });
  expect(await webhooks.find(_id)).toMatchObject({ deletedAt: later, version: 2 });
});

function rename(name: string) {
  return (current: WebhookDocument) => ({ webhook: { ...current, name } });
}

function toStatus(status: "active" | "inactive" | "recovering") {
  return (current: WebhookDocument) => ({ webhook: { ...current, status } });
}
