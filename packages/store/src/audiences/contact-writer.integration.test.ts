import { randomUUID } from "node:crypto";
import {
  asAudienceId,
  asWebhookId,
  asWorkspaceId,
  type AudienceId,
  type Contact,
  type ContactId,
  type EventSource,
} from "@hooklane/core";
import { recordPlans } from "@hooklane/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import {
  toContactBeforeId,
  TOUCHPOINT_CONTACTS_BEFORE,
  TOUCHPOINT_SNAPSHOTS,
} from "../campaigns/membership.js";
import { ensureIndexes } from "../ensure-indexes.js";
import { EVENT_TYPES, toEventTypeId } from "../event-types/event-type.js";
import { retryDuplicateKey } from "../retry-duplicate-key.js";
import { openStore, type Store } from "../store.js";
import { runTransaction } from "../transaction.js";
import { WORKSPACES } from "../workspaces/workspace.js";
import { CONTACTS } from "./contact.js";
import { CONTACT_EVENTS, ContactEvents, toContactEventRecord } from "./contact-events.js";
import { AudienceRepository } from "./audience-repository.js";
import { ContactRepository } from "./contact-repository.js";
import type { ContactOutcome, ContactWrite } from "./contact-write.js";
import { ContactWriter, type WrittenAudience } from "./contact-writer.js";
import { TagRepository } from "./tag-repository.js";

const at = new Date("2026-01-15T10:00:00Z");
const workspaceId = asWorkspaceId("ws_1");

let store: Store;
let writer: ContactWriter;
let events: ContactEvents;
let contacts: ContactRepository;
let tags: TagRepository;
let audience: WrittenAudience;

beforeAll(async () => {
  store = await openStore({
    uri: process.env.MONGODB_URI!,
    database: `contacts-${randomUUID().slice(0, 8)}`,
  });
  await ensureIndexes(store);
  writer = new ContactWriter(store);
  events = new ContactEvents(store);
  contacts = new ContactRepository(store);
  tags = new TagRepository(store);
  await raw(WORKSPACES).insertOne({ _id: workspaceId, eventsPartition: 3 });
  await raw(EVENT_TYPES).insertMany([
    eventType("audience.subscribed"),
    eventType("audience.unsubscribed", { suppressedSources: ["import"] }),
    eventType("audience.profile_updated", { sourceFilter: false }),
  ]);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

beforeEach(async () => {
  audience = await newAudience();
  await raw(CONTACT_EVENTS).deleteMany({});
});

const raw = (collection: string) =>
  store.db.collection<Record<string, unknown> & { _id: unknown }>(collection);

const eventType = (type: string, more: object = {}) => ({
  _id: toEventTypeId(workspaceId, type),
  workspaceId,
  type,
  ...more,
});

async function newAudience(): Promise<WrittenAudience & { readonly _id: AudienceId }> {
  const made = { _id: asAudienceId(`au_${randomUUID()}`), workspaceId };
  await new AudienceRepository(store).insert({
    ...made,
    name: "A",
    version: 1,
    createdAt: at,
    updatedAt: at,
  });
  return made;
}

const write = (given: ContactWrite, source: EventSource = "api") =>
  writer.write(audience, given, { source, at });
const writeMany = (given: readonly ContactWrite[], source: EventSource = "import") =>
  retryDuplicateKey(() =>
    runTransaction(store, (session) => writer.writeMany(session, audience, given, { source, at })),
  );

function contactOf(outcome: ContactOutcome | undefined): Contact {
  if (!outcome || outcome.kind === "rejected") throw new Error(JSON.stringify(outcome));
  return outcome.contact;
}

const add = async (email: string) => contactOf(await write({ kind: "add", email, patch: {} }));

const waiting = async (...ids: ContactId[]) => {
  const found = await events.listPending(ids);
  return found.map(({ type, version, ordinal }) => [type.replace("audience.", ""), version, ordinal]);
};

describe("a write of a contact", () => {
  test("stores it with the events that tell of it, ready to be put in line", async () => {
    const { id } = await add("Lea@example.org");
    await write({
      kind: "change",
      contactId: id,
      patch: { fields: { city: "Lyon" }, status: "unsubscribed" },
    });
    expect(await contacts.findByEmail(audience._id, "LEA@EXAMPLE.ORG")).toEqual({
      id,
      audienceId: audience._id,
      email: "Lea@example.org",
      status: "unsubscribed",
      fields: { city: "Lyon" },
      tags: [],
      version: 2,
      createdAt: at,
      updatedAt: at,
    });
    expect(await waiting(id)).toEqual([
      ["subscribed", 1, 0],
      ["profile_updated", 2, 0],
      ["unsubscribed", 2, 1],
    ]);
    const [, updated] = await events.listPending([id]);
    const record = toContactEventRecord("events", updated!);
    expect(record).toMatchObject({ topic: "events", partition: 3, key: workspaceId });
    expect(JSON.parse(String(record.headers?.meta))).toEqual({
      v: 1,
      kind: "event",
      workspaceId,
      recordId: `ct:${id}:2:0`,
      eventId: `ct:${id}:2:0`,
      type: "audience.profile_updated",
      source: "api",
      acceptedAt: at.getTime(),
      ignoresSourceFilter: true,
    });
    expect(JSON.parse(Buffer.from(record.value!).toString())).toMatchObject({
      id: `ct:${id}:2:0`,
      timestamp: at.toISOString(),
      data: { subscriber: { id, audience_id: audience._id }, changed_fields: ["city"] },
    });
  });

  test("fires types the workspace has; suppressed are those of a source the type leaves out", async () => {
    const { id } = await add("a@example.org");
    await write({ kind: "change", contactId: id, patch: { email: "b@example.org" } }, "admin");
    await write({ kind: "delete", contactId: id }, "import");
    const found = await events.listPending([id]);
    expect(found.map(({ type, source, suppressed }) => [type, source, suppressed])).toEqual([
      ["audience.subscribed", "api", undefined],
      ["audience.unsubscribed", "import", true],
    ]);
    expect(await contacts.find(audience._id, id)).toBeUndefined();
  });

  test("is rejected, and changes nothing, for an address that is taken, a version that passed, a tag there is none of", async () => {
    const [one, two] = [await add("a@example.org"), await add("b@example.org")];
    await tags.insert({ workspaceId, audienceId: audience._id, name: "vip", createdAt: at });
    await tags.insert({ workspaceId, audienceId: audience._id, name: "old", createdAt: at });
    await tags.delete(audience._id, "old", "api", at);
    await raw(CONTACT_EVENTS).deleteMany({});
    const change = (patch: object, expectedVersion?: number): ContactWrite => ({
      kind: "change",
      contactId: one.id,
      expectedVersion,
      patch,
    });
    expect(await write({ kind: "add", email: "A@example.org", patch: {} })).toMatchObject({
      reason: "email_taken",
      by: one.id,
    });
    expect(await write(change({ email: "B@example.org" }))).toMatchObject({
      reason: "email_taken",
      by: two.id,
    });
    expect(await write(change({ tags: ["vip", "old", "no"] }))).toMatchObject({
      reason: "unknown_tag",
      tags: ["old", "no"],
    });
    expect(await write(change({ fields: { a: 1 } }, 7))).toMatchObject({ reason: "moved", version: 1 });
    expect(await write({ kind: "delete", contactId: one.id, expectedVersion: 7 })).toMatchObject({
      reason: "moved",
    });
    const fields = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`f${index}`, 1]));
    expect(await write(change({ fields }))).toMatchObject({ reason: "too_many_fields" });
    expect(await write(change({ email: "a@example.org", tags: [] }))).toMatchObject({ kind: "unchanged" });
    const elsewhere = await newAudience();
    const byOther = await writer.write(elsewhere, change({ fields: { a: 1 } }), { source: "api", at });
    expect(byOther).toMatchObject({ reason: "not_found" });
    expect(await raw(CONTACT_EVENTS).countDocuments({})).toBe(0);
    expect(await contacts.find(audience._id, one.id)).toEqual(one);
  });

  test("of an audience that is being deleted is rejected", async () => {
    await raw("audiences").updateOne({ _id: audience._id }, { $set: { deletedAt: at } });
    expect(await write({ kind: "add", email: "a@example.org", patch: {} })).toEqual({
      kind: "rejected",
      reason: "audience_deleted",
    });
  });

  test("of one address by many at once makes one contact", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => write({ kind: "put", email: "a@example.org", patch: {} })),
    );
    expect(outcomes.filter(({ kind }) => kind === "added")).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === "unchanged")).toHaveLength(7);
    expect(await contacts.page(audience._id, { limit: 10 })).toHaveLength(1);
  });
});

describe("many writes at once", () => {
  test("see each other in their order: an address given up is free for the next", async () => {
    const [one, two] = [await add("a@example.org"), await add("b@example.org")];
    const outcomes = await writeMany([
      { kind: "change", contactId: one.id, patch: { fields: { n: 1 } } },
      { kind: "change", contactId: two.id, patch: { email: "c@example.org" } },
      { kind: "change", contactId: one.id, patch: { email: "b@example.org" } },
      { kind: "put", email: "a@example.org", patch: { fields: { n: 2 } } },
      { kind: "put", email: "A@example.org", patch: { fields: { m: 3 } } },
      { kind: "delete", contactId: two.id },
      { kind: "change", contactId: two.id, patch: {} },
      { kind: "add", email: "c@example.org", patch: {} },
    ]);
    expect(outcomes.map((outcome) => (outcome.kind === "rejected" ? outcome.reason : outcome.kind))).toEqual([
      "updated",
      "updated",
      "updated",
      "added",
      "updated",
      "deleted",
      "not_found",
      "added",
    ]);
    const found = await contacts.page(audience._id, { limit: 10 });
    expect(found.map(({ email, fields, version }) => [email, fields, version])).toEqual([
      ["b@example.org", { n: 1 }, 3],
      ["a@example.org", { n: 2, m: 3 }, 2],
      ["c@example.org", {}, 1],
    ]);
    const third = contactOf(outcomes[3]).id;
    expect(await waiting(third)).toEqual([
      ["subscribed", 1, 0],
      ["profile_updated", 2, 0],
    ]);
  });

  test("half of them known, read the contacts once, by index", async () => {
    const put = (index: number, patch: object = {}): ContactWrite => ({
      kind: "put",
      email: `c${index}@example.org`,
      patch,
    });
    await writeMany(Array.from({ length: 40 }, (_, index) => put(2 * index)));
    const plans = await recordPlans(store.db, CONTACTS, async () => {
      const outcomes = await writeMany(
        Array.from({ length: 80 }, (_, index) => put(index, { fields: { index } })),
      );
      expect(outcomes.filter(({ kind }) => kind === "added")).toHaveLength(40);
      expect(outcomes.filter(({ kind }) => kind === "updated")).toHaveLength(40);
    });
    const reads = plans.filter(({ returned }) => returned > 0);
    expect(reads).toHaveLength(1);
    expect(reads[0]).toMatchObject({ returned: 40 });
    expect(reads[0]!.documentsExamined).toBeLessThanOrEqual(40);
    expect(await raw(CONTACT_EVENTS).countDocuments({ source: "import" })).toBe(120);
  });
});

describe("what touchpoints have to know", () => {
  const snapshot = (dueInMs: number) => ({
    _id: asWebhookId(`wh_${randomUUID()}`),
    workspaceId,
    audienceId: audience._id,
    dueAt: new Date(Date.now() + dueInMs),
    open: true,
  });

  test("one that is due keeps contacts as the first change found them; one that is not keeps nothing", async () => {
    const [one, two] = [await add("a@example.org"), await add("b@example.org")];
    const [due, later] = [snapshot(-1_000), snapshot(3_600_000)];
    await raw(TOUCHPOINT_SNAPSHOTS).insertMany([due, later]);
    const outcomes = await writeMany([
      { kind: "change", contactId: one.id, patch: { fields: { n: 1 } } },
      { kind: "change", contactId: one.id, patch: { fields: { n: 2 } } },
      { kind: "delete", contactId: two.id },
      { kind: "add", email: "c@example.org", patch: {} },
    ]);
    const kept = await raw(TOUCHPOINT_CONTACTS_BEFORE).find({}).toArray();
    const beforeOf = (id: ContactId) => kept.find(({ _id }) => _id === toContactBeforeId(due._id, id));
    expect(kept).toHaveLength(3);
    expect(beforeOf(one.id)).toMatchObject({ contact: { _id: one.id, version: 1, fields: {} } });
    expect(beforeOf(two.id)).toMatchObject({ contact: { _id: two.id, version: 1 } });
    expect(beforeOf(contactOf(outcomes[3]).id)).toEqual({
      _id: expect.any(String),
      keptAt: expect.any(Date),
    });
    expect(await raw("deletedContacts").find({}).toArray()).toEqual([
      { _id: two.id, workspaceId, deletedAt: at },
    ]);
  });

  test("without one, a deleted contact is noted nowhere", async () => {
    const { id } = await add("a@example.org");
    await write({ kind: "delete", contactId: id });
    expect(await raw("deletedContacts").findOne({ _id: id })).toBeNull();
  });
});

describe("lists of contacts", () => {
  test("by tag and status, in the order of their ids, page by page, read by index", async () => {
    for (const name of ["vip", "new"])
      await tags.insert({ workspaceId, audienceId: audience._id, name, createdAt: at });
    await writeMany(
      Array.from({ length: 60 }, (_, index): ContactWrite => ({
        kind: "add",
        email: `c${index}@example.org`,
        patch: {
          tags: index % 3 === 0 ? ["new", "vip"] : [],
          status: index % 2 === 0 ? "subscribed" : "unsubscribed",
        },
      })),
    );
    const seen: string[] = [];
    const plans = await recordPlans(store.db, CONTACTS, async () => {
      let after: ContactId | undefined;
      for (;;) {
        const page = await contacts.page(audience._id, { limit: 7, tag: "vip", ...(after && { after }) });
        seen.push(...page.map(({ email }) => email));
        after = page.at(-1)?.id;
        if (!after) break;
      }
      await contacts.page(audience._id, { limit: 5, status: "unsubscribed" });
      await contacts.page(audience._id, { limit: 5 });
    });
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => `c${3 * index}@example.org`));
    for (const plan of plans) {
      expect(plan).toMatchObject({ stages: ["IXSCAN"], isSorted: false });
      expect(plan.documentsExamined).toBeLessThanOrEqual(8);
    }
    const both = await contacts.page(audience._id, { limit: 20, tag: "vip", status: "subscribed" });
    expect(both).toHaveLength(10);
  });
});
