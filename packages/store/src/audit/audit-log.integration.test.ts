import { randomUUID } from "node:crypto";
import { asApiKeyId, asWorkspaceId } from "@hooklane/core";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ApiKeyRepository } from "../api-keys/api-key-repository.js";
import type { ApiKeyDocument } from "../api-keys/api-key.js";
import { ensureIndexes } from "../ensure-indexes.js";
import { EventTypeRepository } from "../event-types/event-type-repository.js";
import { type EventTypeDocument, toEventTypeId } from "../event-types/event-type.js";
import { openStore, type Store } from "../store.js";
import { runTransaction } from "../transaction.js";
import { runAudited } from "./audit-context.js";
import { AUDIT_LOG, type AuditDocument } from "./audit-entry.js";
import { type AuditFilter, AuditLog } from "./audit-log.js";
import { recordChange } from "./record-change.js";

const at = new Date("2026-01-15T10:00:00Z");
const later = new Date("2026-01-15T11:00:00Z");

let store: Store;
let log: AuditLog;

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `audit-${randomUUID().slice(0, 8)}` });
  await ensureIndexes(store);
  log = new AuditLog(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

const newWorkspaceId = () => asWorkspaceId(`ws_${randomUUID()}`);
const aKey = (workspaceId = newWorkspaceId()): ApiKeyDocument => ({
  _id: asApiKeyId(`key_${randomUUID()}`),
  workspaceId,
  name: "ci",
  hash: randomUUID(),
  hint: "abcd",
  scopes: ["read"],
  createdAt: at,
});
const aType = (workspaceId = newWorkspaceId(), type = "order.paid"): EventTypeDocument => ({
  _id: toEventTypeId(workspaceId, type),
  workspaceId,
  type,
  schemaJson: "{}",
  schemaVersion: 1,
  labels: { en: "a", fr: "a" },
  descriptions: { en: "a", fr: "a" },
  validation: "reject",
  version: 1,
  createdAt: at,
  updatedAt: at,
});

describe("a change and its entry in the audit log", () => {
  test("of a key: made and revoked, by whom, without its hash; a use is no change", async () => {
    const keys = new ApiKeyRepository(store);
    const key = aKey();
    const operator = { actor: { kind: "operator" }, operation: "createWorkspaceApiKey" } as const;
    await runAudited(operator, () => keys.insert(key));
    const own = { actor: { kind: "api_key", id: key._id }, operation: "revokeApiKey" } as const;
    const context = { ...own, requestId: "r-1", ip: "192.0.2.1" };
    await runAudited(context, () => keys.revoke(key.workspaceId, key._id, later));
    await runAudited(context, () => keys.revoke(key.workspaceId, key._id, later));
    await keys.noteUse(key._id, later, 60_000);
    const [revoked, made, ...others] = await log.list(key.workspaceId, {}, { limit: 10 });
    expect(others).toEqual([]);
    expect(made).toMatchObject({ actor: { kind: "operator" }, object: { kind: "api_key", id: key._id } });
    expect(made).not.toHaveProperty("before");
    expect(revoked).toMatchObject({
      ...context,
      at: later,
      changes: ["revokedAt"],
      before: { name: "ci", hash: "••••" },
      after: { revokedAt: later.toISOString() },
    });
    const stored = JSON.stringify(await store.db.collection(AUDIT_LOG).find().toArray());
    expect(stored).not.toContain(key.hash);
  });

  test("of an event type: made, changed, deleted; a preset's types each", async () => {
    const types = new EventTypeRepository(store);
    const type = aType();
    const { workspaceId } = type;
    await types.insert(type);
    await types.change(workspaceId, type.type, 1, (known) => ({ ...known, validation: "off" }), later);
    await types.delete(workspaceId, type.type, later);
    const entries = await log.list(workspaceId, { objectId: "order.paid" }, { limit: 10 });
    expect(entries.map(({ changes, before, after }) => [changes, !!before, !!after])).toEqual([
      [[], true, false],
      [["validation"], true, true],
      [[], false, true],
    ]);
    const added = await types.insertMissing([aType(workspaceId, "a.b"), aType(workspaceId, "c.d")]);
    expect(added).toEqual(["a.b", "c.d"]);
    expect(await types.insertMissing([aType(workspaceId, "a.b")])).toEqual([]);
    expect(await log.list(workspaceId, { objectId: "a.b" }, { limit: 10 })).toHaveLength(1);
  });

  test("stand or fall together: what is refused or rolled back leaves no entry", async () => {
    const types = new EventTypeRepository(store);
    const type = aType();
    expect(await types.insert(type)).toBe(true);
    expect(await types.insert(type)).toBe(false);
    expect(await types.change(type.workspaceId, type.type, 7, (known) => known, at)).toMatchObject({
      kind: "moved",
    });
    expect(await types.delete(type.workspaceId, "no.such", at)).toBe(false);
    const failing = runTransaction(store, async (session) => {
      await recordChange(
        store,
        { owner: type.workspaceId, object: { kind: "event_type", id: "x" }, after: type, at },
        session,
      );
      throw new Error("given up");
    });
    await expect(failing).rejects.toThrow("given up");
    expect(await log.list(type.workspaceId, {}, { limit: 10 })).toHaveLength(1);
  });

  test("of ten changes at the same time are ten, in the order of their versions", async () => {
    const types = new EventTypeRepository(store);
    const type = aType();
    await types.insert(type);
    await Promise.all(
      Array.from({ length: 10 }, () =>
        types.change(type.workspaceId, type.type, undefined, (known) => known, later),
      ),
    );
    const entries = await log.list(type.workspaceId, {}, { limit: 20 });
    const versions = entries.map(({ after }) => (after as { version: number }).version);
    expect([...versions].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });
});

describe("the list", () => {
  const owner = newWorkspaceId();
  const entry = (n: number): AuditDocument => ({
    _id: `aud_${String(n).padStart(6, "0")}`,
    owner: n % 2 === 0 ? owner : newWorkspaceId(),
    // Four of the same millisecond, so that a page may end between them.
    at: new Date(at.getTime() + Math.floor(n / 8) * 1_000),
    actor: n % 3 === 0 ? "operator" : "key_1",
    operation: "patchWebhook",
    objectKind: "webhook",
    objectId: `wh_${n % 10}`,
    changes: [],
  });
  const entries = Array.from({ length: 2_000 }, (_, n) => entry(n));

  beforeAll(async () => {
    await store.db.collection<AuditDocument>(AUDIT_LOG).insertMany(entries);
  });

  test("gives every entry of the workspace once, newest first, page by page", async () => {
    const seen: string[] = [];
    let after: { at: Date; id: string } | undefined;
    for (;;) {
      const page = await log.list(owner, {}, { after, limit: 33 });
      seen.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      if (!last) break;
      after = { at: last.at, id: last.id };
    }
    const own = entries.filter((each) => each.owner === owner).map(({ _id }) => _id);
    expect(seen).toEqual(own.reverse());
  });

  const from = new Date(at.getTime() + 20_000);
  const to = new Date(at.getTime() + 40_000);
  const filters: readonly AuditFilter[] = [
    {},
    { objectId: "wh_2" },
    { actor: "operator" },
    { objectId: "wh_2", actor: "operator" },
    { from, to },
    { objectId: "wh_2", from, to },
  ];

  test.each(filters)("for %j is right, and read from an index in its order", async (filter) => {
    const wanted = entries.filter(
      (each) =>
        each.owner === owner &&
        (filter.objectId === undefined || each.objectId === filter.objectId) &&
        (filter.actor === undefined || each.actor === filter.actor) &&
        (filter.from === undefined || each.at >= filter.from) &&
        (filter.to === undefined || each.at < filter.to),
    );
    const expected = wanted.map(({ _id }) => _id).reverse();
    const found = await log.list(owner, filter, { limit: 10_000 });
    expect(found.map(({ id }) => id)).toEqual(expected);

    const middle = wanted[Math.floor(wanted.length / 2)]!;
    const page = { after: { at: middle.at, id: middle._id }, limit: 10 };
    const plan = (await log.query(owner, filter, page).explain("executionStats")) as {
      queryPlanner: { winningPlan: object };
      executionStats: { totalDocsExamined: number };
    };
    const stages = [...JSON.stringify(plan.queryPlanner.winningPlan).matchAll(/"stage":"(\w+)"/g)];
    expect(stages.map(([, stage]) => stage)).toEqual(["LIMIT", "FETCH", "IXSCAN"]);
    // The page, those of the same millisecond, and, where two filters share an index, what one of them leaves out.
    expect(plan.executionStats.totalDocsExamined).toBeLessThan(60);
  });
});
