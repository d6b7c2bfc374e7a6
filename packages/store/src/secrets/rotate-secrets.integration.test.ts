import { createSecretKey, randomUUID } from "node:crypto";
import { asApiKeyId, asEndpointId, asWebhookId, asWorkspaceId, type WebhookId } from "@hooklane/core";
import { eventually } from "@hooklane/testing";
import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { openConfigCopy } from "../config-copy/config-copy.js";
import { ensureIndexes } from "../ensure-indexes.js";
import { PartitionLoads } from "../partition-loads/partition-loads.js";
import { openStore, type Store } from "../store.js";
import { WEBHOOKS, type WebhookDocument } from "../webhooks/webhook.js";
import { WebhookRepository } from "../webhooks/webhook-repository.js";
import { WorkspaceRepository } from "../workspaces/workspace-repository.js";
import { rotateSecrets } from "./rotate-secrets.js";
import type { SecretKey } from "./secret-key.js";
import { SecretKeyRegistry } from "./secret-key-registry.js";

const keyOf = (id: string, byte: number): SecretKey => ({
  id,
  key: createSecretKey(Buffer.alloc(32, byte)),
});
// Many small writes one after the other, each to the journal.
jest.setTimeout(60_000);

const [one, two] = [keyOf("k1", 1), keyOf("k2", 2)];
const at = new Date("2026-01-15T10:00:00Z");
const workspaceId = asWorkspaceId("ws_1");
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

let database: string;
let stores: Store[] = [];

const open = async (...secretKeys: SecretKey[]) => {
  const store = await openStore({ uri: process.env.MONGODB_URI!, database, secretKeys });
  stores.push(store);
  return store;
};

beforeEach(() => {
  database = `secrets-${randomUUID().slice(0, 8)}`;
});

afterEach(async () => {
  await stores[0]?.db.dropDatabase();
  await Promise.all(stores.map((store) => store.close()));
  stores = [];
});

afterAll(() => expect(stores).toEqual([]));

/** A workspace with an operational webhook, and so many webhooks. */
async function fill(store: Store, count: number): Promise<readonly WebhookId[]> {
  await ensureIndexes(store);
  await new PartitionLoads(store).ensure("events.v1", 4);
  await new PartitionLoads(store).ensure("deliveries.v1", 8);
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
      operationalWebhook: { url: "https://ops.example/", secret: "whsec_ops" },
      createdAt: at,
    },
    {
      _id: asApiKeyId("key_1"),
      workspaceId,
      name: "first",
      hash: randomUUID(),
      hint: "abcd",
      scopes: ["read"],
      createdAt: at,
    },
    [],
  );
  const ids = Array.from({ length: count }, (_, n) => asWebhookId(`wh_${String(n).padStart(4, "0")}`));
  for (const id of ids) await create(store, id);
  return ids;
}

async function create(store: Store, id: WebhookId): Promise<void> {
  const url = "https://a.example/";
  await new WebhookRepository(store).create(
    {
      _id: id,
      workspaceId,
      kind: "events",
      name: id,
      url,
      eventTypes: ["email.opened"],
      status: "active",
      successStatus: "2xx",
      headers: {},
      auth: { type: "basic", username: "shop", password: `hush_${id}` },
      contentType: "application/json",
      secrets: [{ value: `whsec_${id}`, createdAt: at }],
      createdAt: at,
    },
    { url, newId: asEndpointId(`ep_${randomUUID()}`) },
  );
}

const secretsOf = (webhook: WebhookDocument | undefined) => [webhook?.secrets[0]?.value, webhook?.auth];
const expectedOf = (id: WebhookId) => [
  `whsec_${id}`,
  { type: "basic", username: "shop", password: `hush_${id}` },
];

async function textOfAll(store: Store): Promise<string> {
  const collections = await store.db.db!.collections();
  const all = await Promise.all(collections.map((collection) => collection.find().toArray()));
  return JSON.stringify(all);
}

describe("secrets at rest", () => {
  test("are in no collection as plain text, the audit log included, and repositories give them back", async () => {
    const store = await open(one);
    const [id] = await fill(store, 1);
    const webhooks = new WebhookRepository(store);
    const outcome = await webhooks.change(
      id!,
      {},
      (webhook) => ({
        webhook: {
          ...webhook,
          secrets: [{ value: "whsec_next", createdAt: at }, ...webhook.secrets],
        },
      }),
      at,
    );
    expect(outcome.kind).toBe("changed");
    expect(await textOfAll(store)).not.toMatch(/whsec_|hush_/);
    const read = await webhooks.find(id!);
    expect(read?.secrets.map(({ value }) => value)).toEqual(["whsec_next", `whsec_${id!}`]);
    expect((await webhooks.list(workspaceId, { limit: 10 }))[0]).toEqual(read);
    expect((await webhooks.listOfEndpoint(read!.endpointId))[0]).toEqual(read);
    const workspaces = new WorkspaceRepository(store);
    expect((await workspaces.find(workspaceId))?.operationalWebhook?.secret).toBe("whsec_ops");
    expect((await workspaces.list({ limit: 1 }))[0]?.operationalWebhook?.secret).toBe("whsec_ops");
  });

  test("are opened for a copy that has the key and stay sealed for one that has none", async () => {
    const store = await open(one);
    const [id] = await fill(store, 1);
    const keyless = await open();
    const options = { collections: ["webhooks", "workspaces"], logger: silent } as const;
    const [copy, sealed] = [await openConfigCopy(store, options), await openConfigCopy(keyless, options)];
    try {
      expect(secretsOf(copy.webhook(id!))).toEqual(expectedOf(id!));
      expect(copy.workspace(workspaceId)?.operationalWebhook?.secret).toBe("whsec_ops");
      expect(sealed.webhook(id!)?.secrets[0]?.value).toMatch(/^enc:v1:k1:/);
    } finally {
      await Promise.all([copy.close(), sealed.close()]);
    }
  });

  test("that cannot be opened are neither shown nor overwritten, and a copy keeps what it had", async () => {
    const store = await open(one);
    const [id] = await fill(store, 1);
    const errors: object[] = [];
    const copy = await openConfigCopy(store, {
      collections: ["webhooks"],
      logger: { ...silent, error: (fields) => void errors.push(fields) },
    });
    try {
      const stored = store.db.collection<WebhookDocument>(WEBHOOKS);
      const before = await stored.findOne({ _id: id! });
      await stored.updateOne({ _id: id! }, { $set: { "auth.password": before!.secrets[0]!.value } });
      const webhooks = new WebhookRepository(store);
      await expect(webhooks.find(id!)).rejects.toMatchObject({ name: "SecretError", code: "not_authentic" });
      await expect(webhooks.delete(id!, {}, at)).rejects.toMatchObject({ code: "not_authentic" });
      expect(await stored.findOne({ _id: id! })).toMatchObject({ version: 1, secrets: before!.secrets });
      await eventually(() => errors.length > 0);
      expect(secretsOf(copy.webhook(id!))).toEqual(expectedOf(id!));
    } finally {
      await copy.close();
    }
  });
});

describe("the keys in use", () => {
  test("are entered at the first start; a missing or another key is found before anything is read", async () => {
    const first = new SecretKeyRegistry(await open(one));
    await first.assertUsable();
    await first.assertUsable();
    const state = async (...keys: SecretKey[]) => new SecretKeyRegistry(await open(...keys)).state();
    expect(await state(one)).toEqual({ ready: true });
    expect(await state(two, one)).toEqual({ ready: true });
    expect(await state(two)).toEqual({ ready: false, detail: expect.stringContaining("lacks the key k1") });
    expect(await state(keyOf("k1", 9))).toEqual({
      ready: false,
      detail: expect.stringContaining("the key k1 of HOOKLANE_SECRETS_KEYS is another one"),
    });
    expect(await first.list()).toEqual(["k1", "k2"]);
    // Whoever does not have the new key yet says so.
    expect(await first.state()).toMatchObject({ ready: false, detail: expect.stringContaining("k2") });
  });
});

describe("the rotation of the key", () => {
  test("seals everything anew, plain secrets too, and names the keys that are no longer used", async () => {
    const old = await open(one);
    const ids = await fill(old, 3);
    await new SecretKeyRegistry(old).assertUsable();
    await old.db
      .collection<WebhookDocument>(WEBHOOKS)
      .updateOne({ _id: ids[2]! }, { $set: { "auth.password": `hush_${ids[2]!}` } });
    const store = await open(two, one);
    await new SecretKeyRegistry(store).assertUsable();

    const dry = await rotateSecrets(store, { isDryRun: true });
    expect(dry).toMatchObject({ documents: 4, resealed: 7, byKey: { k1: 6, plain: 1 }, unused: [] });
    const seen: object[] = [];
    const report = await rotateSecrets(store, { onProgress: (progress) => void seen.push(progress) });
    expect(report).toEqual({
      keyId: "k2",
      documents: 4,
      resealed: 7,
      byKey: { k2: 7 },
      resealedEvents: 0,
      eventsByKey: {},
      unreadable: [],
      unused: ["k1"],
    });
    expect(seen.at(-1)).toEqual({ done: 4, total: 4 });
    expect((await rotateSecrets(store)).resealed).toBe(0);

    const after = await open(two);
    await new SecretKeyRegistry(after).assertUsable();
    for (const id of ids) {
      const webhook = await new WebhookRepository(after).find(id);
      expect(secretsOf(webhook)).toEqual(expectedOf(id));
      expect(webhook?.version).toBe(1);
    }
  });

  test("loses no change made meanwhile, and copies see the same secrets throughout", async () => {
    const old = await open(one, two);
    const ids = await fill(old, 12);
    const store = await open(two, one);
    const copy = await openConfigCopy(old, { collections: ["webhooks"], logger: silent });
    const webhooks = new WebhookRepository(old);
    const faults: unknown[] = [];
    copy.onChange(() => {
      for (const id of ids) {
        const held = copy.webhook(id);
        if (JSON.stringify(secretsOf(held)) !== JSON.stringify(expectedOf(id))) faults.push(held);
      }
    });
    try {
      const rename = (id: WebhookId, name: string) =>
        webhooks.change(id, {}, (webhook) => ({ webhook: { ...webhook, name } }), at);
      const changing = (async () => {
        for (let round = 1; round <= 3; round++) {
          for (const id of ids) expect((await rename(id, `round ${round}`)).kind).toBe("changed");
        }
      })();
      while ((await rotateSecrets(store)).resealed > 0);
      await changing;
      const last = await rotateSecrets(store);
      expect(last.byKey).toEqual({ k2: 25 });
      for (const id of ids) {
        expect(await webhooks.find(id)).toMatchObject({ name: "round 3", version: 4 });
        await eventually(() => copy.webhook(id)?.version === 4);
      }
      expect(faults).toEqual([]);
    } finally {
      await copy.close();
    }
  });

  test("that is ended goes on where it was", async () => {
    const old = await open(one);
    await fill(old, 2);
    const store = await open(two, one);
    const stop = new AbortController();
    const ended = rotateSecrets(store, {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error("ended")),
    });
    await expect(ended).rejects.toThrow("ended");
    const report = await rotateSecrets(store);
    // The first page, all webhooks, was done before.
    expect(report).toMatchObject({ resealed: 1, byKey: { k2: 5 } });
  });

  test("leaves alone what it cannot open, says where, and does not call its key unused", async () => {
    const old = await open(one);
    const [id] = await fill(old, 1);
    await new SecretKeyRegistry(old).assertUsable();
    const stored = old.db.collection<WebhookDocument>(WEBHOOKS);
    const { auth } = (await stored.findOne({ _id: id! }))!;
    await stored.updateOne(
      { _id: id! },
      { $set: { "secrets.0.value": (auth as { password: string }).password } },
    );
    const report = await rotateSecrets(await open(two, one));
    expect(report).toMatchObject({
      byKey: { k1: 1, k2: 2 },
      unreadable: [{ collection: "webhooks", id, path: "secrets.0.value", keyId: "k1" }],
      unused: [],
    });
  });
});
