import { randomUUID } from "node:crypto";
import { asContactId, asEndpointId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import { eventually } from "@hooklane/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { DELETED_CONTACTS, type DeletedContactDocument } from "../audiences/deleted-contact.js";
import { ensureIndexes } from "../ensure-indexes.js";
import { openStore, type Store, type StoreLogger } from "../store.js";
import type { WebhookDocument } from "../webhooks/webhook.js";
import { type ConfigCopy, openConfigCopy } from "./config-copy.js";

const at = new Date("2026-01-15T10:00:00Z");
const workspaceId = asWorkspaceId("ws_1");
const webhookId = asWebhookId("wh_1");

let store: Store;
let copy: ConfigCopy;
let lines: string[];

const logger: StoreLogger = {
  info: () => undefined,
  warn: (_, event) => void lines.push(event),
  error: (_, event) => void lines.push(event),
};

const webhooks = () => store.db.collection<WebhookDocument>("webhooks");

const aWebhook = (overrides: Partial<WebhookDocument> = {}): WebhookDocument => ({
  _id: webhookId,
  workspaceId,
  endpointId: asEndpointId("ep_1"),
  kind: "events",
  name: "Clicks",
  url: "https://a.example/",
  eventTypes: ["email.opened"],
  status: "active",
  version: 1,
  generation: 1,
  successStatus: "2xx",
  headers: {},
  contentType: "application/json",
  secrets: [],
  createdAt: at,
  updatedAt: at,
  ...overrides,
});

const aWorkspace = () => ({
  _id: workspaceId,
  name: "W",
  contacts: [],
  plan: "self_hosted",
  timeZone: "UTC",
  presets: [],
  disablePolicy: "worst" as const,
  redact: ["data.email"],
  retentionDays: 30,
  eventsPartition: 1,
  version: 1,
  createdAt: at,
  updatedAt: at,
});

const open = () =>
  openConfigCopy(store, {
    collections: ["workspaces", "webhooks", "endpoints", "apiKeys", "deletedContacts"],
    logger,
  });

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `copy-${randomUUID().slice(0, 8)}` });
});

beforeEach(async () => {
  lines = [];
  await ensureIndexes(store);
  await webhooks().deleteMany({});
});

afterEach(() => copy.close());

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

describe("a copy of the configuration", () => {
  test("has what was there before it was opened, frozen", async () => {
    await webhooks().insertOne(aWebhook());
    copy = await open();
    expect(copy.ready()).toBe(true);
    expect(copy.webhook(webhookId)).toEqual(aWebhook());
    expect(copy.webhooksOf(workspaceId)).toHaveLength(1);
    expect(Object.isFrozen(copy.webhook(webhookId)?.eventTypes)).toBe(true);
  });

  test("follows inserts, changes and deletions, and tells its listeners", async () => {
    copy = await open();
    const told: string[] = [];
    copy.onChange((change) => void told.push("id" in change ? change.id : "all"));
    await webhooks().insertOne(aWebhook());
    await eventually(() => copy.webhook(webhookId));
    await webhooks().updateOne({ _id: webhookId }, { $set: { name: "New", version: 2 } });
    await eventually(() => copy.webhook(webhookId)?.name === "New");
    await webhooks().deleteOne({ _id: webhookId });
    await eventually(() => copy.webhook(webhookId) === undefined);
    expect(copy.webhooksOf(workspaceId)).toEqual([]);
    expect(told).toEqual([webhookId, webhookId, webhookId]);
  });

  test("knows the contacts that were deleted, before it was opened and since", async () => {
    const deleted = store.db.collection<DeletedContactDocument>(DELETED_CONTACTS);
    const [before, since] = [asContactId("ct_before"), asContactId("ct_since")];
    const contact = { workspaceId, deletedAt: new Date() };
    await deleted.insertOne({ _id: before, ...contact });
    copy = await open();
    expect(copy.deletedContact(before)).toMatchObject({ workspaceId });
    expect(copy.deletedContact(since)).toBeUndefined();
    await deleted.insertOne({ _id: since, ...contact });
    await eventually(() => copy.deletedContact(since));
    await deleted.deleteMany({});
    await eventually(() => copy.deletedContact(since) === undefined);
  });

  test("misses nothing that is written while it loads", async () => {
    const ids = Array.from({ length: 200 }, (_, index) => asWebhookId(`wh_${index}`));
    await webhooks().insertMany(ids.slice(0, 100).map((_id) => aWebhook({ _id })));
    const [opened] = await Promise.all([
      open(),
      ...ids.slice(100).map((_id) => webhooks().insertOne(aWebhook({ _id }))),
      ...ids
        .slice(0, 100)
        .map((_id) => webhooks().updateOne({ _id }, { $set: { name: "changed", version: 2 } })),
    ]);
    copy = opened;
    await eventually(() => ids.slice(0, 100).every((id) => copy.webhook(id)?.name === "changed"));
    await eventually(() => copy.webhooksOf(workspaceId).length === 200);
  });

  test("catches up past a stream that stands still: every webhook as it is now, with its endpoint, and no older", async () => {
    const ids = ["wh_changed", "wh_same", "wh_deleted"].map(asWebhookId);
    await webhooks().insertMany(ids.map((_id) => aWebhook({ _id, version: 3 })));
    copy = await open();
    await copy.close();
    const same = copy.webhook(asWebhookId("wh_same"));
    await webhooks().updateOne({ _id: ids[0]! }, { $set: { status: "recovering", version: 4 } });
    await webhooks().updateOne({ _id: ids[2]! }, { $set: { deletedAt: at, version: 4 } });
    await webhooks().insertOne(aWebhook({ _id: asWebhookId("wh_new"), endpointId: asEndpointId("ep_new") }));
    await store.db.collection<{ _id: string }>("endpoints").insertOne({
      _id: "ep_new",
      workspaceId,
      url: "https://new.example/",
      partition: 3,
      version: 1,
      createdAt: at,
    } as never);

    await copy.catchUpWebhooks();
    expect(copy.webhook(asWebhookId("wh_changed"))).toMatchObject({ status: "recovering", version: 4 });
    expect(copy.webhook(asWebhookId("wh_deleted"))?.deletedAt).toEqual(at);
    expect(copy.webhook(asWebhookId("wh_new"))).toBeDefined();
    expect(copy.endpoint(asEndpointId("ep_new"))).toMatchObject({ partition: 3 });
    expect(copy.webhook(asWebhookId("wh_same"))).toBe(same);
    expect(
      copy
        .webhooksOf(workspaceId)
        .map(({ _id }) => _id)
        .sort(),
    ).toEqual(["wh_changed", "wh_new", "wh_same"]);
    await store.db.collection("endpoints").deleteMany({});
  });

  test("goes on after its cursor was killed", async () => {
    copy = await open();
    await killChangeStream();
    await webhooks().insertOne(aWebhook());
    await eventually(() => copy.webhook(webhookId));
    await eventually(() => copy.ready());
  });

  test("loads everything again when what it followed was dropped", async () => {
    await webhooks().insertOne(aWebhook());
    copy = await open();
    await store.db.dropCollection("webhooks");
    await eventually(() => copy.webhook(webhookId) === undefined);
    await webhooks().insertOne(aWebhook({ version: 7 }));
    await eventually(() => copy.webhook(webhookId)?.version === 7);
    expect(lines).toContain("config_copy.stream_broken");
  });

  test("keeps the later of two versions, whichever comes last", async () => {
    await webhooks().insertOne(aWebhook({ version: 5, name: "five" }));
    copy = await open();
    await webhooks().replaceOne({ _id: webhookId }, aWebhook({ version: 4, name: "four" }));
    await webhooks().insertOne(aWebhook({ _id: asWebhookId("wh_after") }));
    await eventually(() => copy.webhook(asWebhookId("wh_after")));
    expect(copy.webhook(webhookId)?.name).toBe("five");
  });

  test("leaves out a document it cannot read, says so once and goes on", async () => {
    copy = await open();
    await store.db.collection<{ _id: string }>("webhooks").insertOne({ _id: "wh_bad" });
    await webhooks().insertOne(aWebhook());
    await eventually(() => copy.webhook(webhookId));
    expect(copy.webhook(asWebhookId("wh_bad"))).toBeUndefined();
    expect(lines).toEqual(["config_copy.unreadable_document"]);
  });

  test("shows tombstones by id and not in lists; a list is the same object until a member changes", async () => {
    await webhooks().insertMany([aWebhook(), aWebhook({ _id: asWebhookId("wh_gone"), deletedAt: at })]);
    copy = await open();
    const members = copy.webhooksOf(workspaceId);
    expect(members.map(({ _id }) => _id)).toEqual([webhookId]);
    expect(copy.webhook(asWebhookId("wh_gone"))?.deletedAt).toEqual(at);
    expect(copy.webhooksOf(workspaceId)).toBe(members);
    await webhooks().updateOne({ _id: webhookId }, { $set: { version: 2 } });
    await eventually(() => copy.webhooksOf(workspaceId) !== members);
  });
});

describe("waiting for a version", () => {
  test("ends when the copy has it, at once when it has it already", async () => {
    copy = await open();
    const waiting = copy.waitForWebhookVersion(webhookId, 2, new AbortController().signal);
    await webhooks().insertOne(aWebhook());
    await webhooks().updateOne({ _id: webhookId }, { $set: { version: 2 } });
    expect((await waiting).version).toBe(2);
    expect((await copy.waitForWebhookVersion(webhookId, 1, new AbortController().signal)).version).toBe(2);
  });

  test("ends with the signal, and when the copy is closed", async () => {
    copy = await open();
    const stop = new AbortController();
    const aborted = copy.waitForWebhookVersion(webhookId, 1, stop.signal);
    stop.abort(new Error("enough"));
    await expect(aborted).rejects.toThrow("enough");
    const closed = copy.waitForWebhookVersion(webhookId, 1, new AbortController().signal);
    closed.catch(() => undefined);
    await copy.close();
    await expect(closed).rejects.toThrow("closed");
  });
});

test("a refresh reads a webhook with its endpoint and workspace at once", async () => {
  copy = await open();
  await store.db.collection<{ _id: string }>("workspaces").insertOne(aWorkspace());
  await store.db.collection<{ _id: string }>("endpoints").insertOne({
    _id: "ep_1",
    workspaceId,
    url: "https://a.example/",
    partition: 3,
    version: 1,
    createdAt: at,
  } as never);
  await webhooks().insertOne(aWebhook());
  expect(await copy.refreshWebhook(webhookId)).toMatchObject({ version: 1 });
  expect(copy.endpoint(asEndpointId("ep_1"))?.partition).toBe(3);
  expect(copy.workspace(workspaceId)).toMatchObject({ redact: ["data.email"] });
  expect(await copy.refreshWebhook(asWebhookId("wh_nobody"))).toBeUndefined();
});

async function killChangeStream(): Promise<void> {
  const admin = store.db.getClient().db("admin");
  // The stream is either in a read or between two; it shows up in both forms.
  const cursorIds = await eventually(async () => {
    const operations = await admin
      .aggregate<{ cursor?: { cursorId: unknown; originatingCommand?: { $db?: string } } }>(
        [{ $currentOp: { allUsers: true, idleCursors: true } }],
        { readConcern: { level: "local" } },
      )
      .toArray();
    const own = operations.filter(({ cursor }) => cursor?.originatingCommand?.$db === store.db.name);
    return own.length > 0 && own.map(({ cursor }) => cursor?.cursorId);
  });
  await store.db.getClient().db(store.db.name).command({ killCursors: "$cmd.aggregate", cursors: cursorIds });
}
