import { randomUUID } from "node:crypto";
import { asAudienceId, asContactId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ensureIndexes } from "../ensure-indexes.js";
import { openStore, type Store } from "../store.js";
import { runTransaction } from "../transaction.js";
import { WEBHOOKS } from "../webhooks/webhook.js";
import {
  type ContactBefore,
  type ContactBeforeDocument,
  keepBefore,
  mayBeSentAbout,
  TOUCHPOINT_CONTACTS_BEFORE,
  TOUCHPOINT_SNAPSHOTS,
  type TouchpointSnapshotDocument,
} from "./membership.js";
import { TOUCHPOINTS } from "./touchpoint.js";

const audienceId = asAudienceId("au_1");
const [one, two] = [asContactId("ct_1"), asContactId("ct_2")];

let store: Store;

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `members-${randomUUID().slice(0, 8)}` });
  await ensureIndexes(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

beforeEach(async () => {
  await snapshots().deleteMany({});
  await store.db.collection(TOUCHPOINT_CONTACTS_BEFORE).deleteMany({});
});

const snapshots = () => store.db.collection<TouchpointSnapshotDocument>(TOUCHPOINT_SNAPSHOTS);

const due = (id: string, inMs: number, more: Partial<TouchpointSnapshotDocument> = {}) =>
  snapshots().insertOne({
    _id: asWebhookId(id),
    workspaceId: asWorkspaceId("ws_1"),
    audienceId,
    dueAt: new Date(Date.now() + inMs),
    open: true,
    ...more,
  });

const keep = (contacts: readonly ContactBefore[], of = audienceId) =>
  runTransaction(store, (session) => keepBefore(store, session, of, contacts));

const kept = async () => {
  const found = await store.db
    .collection<ContactBeforeDocument>(TOUCHPOINT_CONTACTS_BEFORE)
    .find()
    .sort({ _id: 1 })
    .toArray();
  return found.map(({ _id, contact }) => [_id, contact]);
};

describe("a contact as it was when a touchpoint was due", () => {
  test("is kept by the first change after it, and by no later one; of an added one, that it was not there", async () => {
    await due("wh_1", -1_000);
    await keep([
      { contactId: one, before: { _id: one, fields: { "a.b": "$x" } } },
      { contactId: two, before: undefined },
    ]);
    await keep([
      { contactId: one, before: { _id: one, fields: {} } },
      { contactId: two, before: { _id: two } },
    ]);
    expect(await kept()).toEqual([
      ["wh_1:ct_1", { _id: one, fields: { "a.b": "$x" } }],
      ["wh_1:ct_2", undefined],
    ]);
  });

  test("is kept for each touchpoint that is due, and for none that is not, was walked, or is of another audience", async () => {
    await due("wh_1", -1_000);
    await due("wh_2", -3_600_000);
    await due("wh_ahead", 60_000);
    await snapshots().insertOne({
      _id: asWebhookId("wh_walked"),
      workspaceId: asWorkspaceId("ws_1"),
      audienceId,
      dueAt: new Date(0),
    });
    await due("wh_other", -1_000, { audienceId: asAudienceId("au_2") });
    await keep([{ contactId: one, before: { _id: one } }]);
    expect((await kept()).map(([id]) => id)).toEqual(["wh_1:ct_1", "wh_2:ct_1"]);
  });

  test("is not kept by a change that is not stored", async () => {
    await due("wh_1", -1_000);
    const failing = runTransaction(store, async (session) => {
      await keepBefore(store, session, audienceId, [{ contactId: one, before: { _id: one } }]);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await kept()).toEqual([]);
  });

  test("kept by two changes at once, one of them counts and both are stored", async () => {
    await due("wh_1", -1_000);
    await Promise.all(
      Array.from({ length: 5 }, (_, n) => keep([{ contactId: one, before: { _id: one, n } }])),
    );
    expect(await kept()).toHaveLength(1);
  });
});

describe("who deletes a contact tells the dispatchers", () => {
  const isNoted = () => runTransaction(store, (session) => mayBeSentAbout(store, session, audienceId));

  test("while a touchpoint of its audience is due, walked or not, or about to be; otherwise not", async () => {
    await due("wh_ahead", 60_000);
    await due("wh_other", -1_000, { audienceId: asAudienceId("au_2") });
    expect(await isNoted()).toBe(false);
    await due("wh_1", -1_000);
    expect(await isNoted()).toBe(true);
    await snapshots().updateOne({ _id: asWebhookId("wh_1") }, { $unset: { open: "" } });
    expect(await isNoted()).toBe(true);
    await snapshots().deleteOne({ _id: asWebhookId("wh_1") });
    await due("wh_soon", 5_000);
    expect(await isNoted()).toBe(true);
  });

  test("after the end of one that has begun, until its webhook is off for good or deleted", async () => {
    const _id = "wh_ended";
    const raw = (name: string) => store.db.collection<{ _id: string; [field: string]: unknown }>(name);
    await raw(TOUCHPOINTS).insertOne({ _id, audienceId, status: "scheduled" });
    await raw(WEBHOOKS).insertOne({ _id, status: "active" });
    expect(await isNoted()).toBe(false);
    await raw(TOUCHPOINTS).updateOne({ _id }, { $set: { status: "completed", run: {} } });
    for (const [status, expected] of [
      ["active", true],
      ["recovering", true],
      ["auto_disabled", true],
      ["plan_locked", true],
      ["inactive", false],
    ] as const) {
      await raw(WEBHOOKS).updateOne({ _id }, { $set: { status } });
      expect([status, await isNoted()]).toEqual([status, expected]);
    }
    await raw(WEBHOOKS).updateOne({ _id }, { $set: { status: "active", deletedAt: new Date() } });
    expect(await isNoted()).toBe(false);
  });
});
