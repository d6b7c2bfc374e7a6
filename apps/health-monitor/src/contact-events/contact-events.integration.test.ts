import { randomUUID } from "node:crypto";
import { asAudienceId, asWorkspaceId, type ContactId, type EventSource } from "@hooklane/core";
import type { OutgoingRecord } from "@hooklane/kafka";
import { createLogger, createMetrics } from "@hooklane/service";
import {
  AudienceRepository,
  ContactEvents,
  ContactRepository,
  ContactWriter,
  type ContactWrite,
  ensureIndexes,
  openStore,
  retryDuplicateKey,
  runTransaction,
  SegmentRepository,
  type Store,
  TagRepository,
} from "@hooklane/store";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { AudienceClearing } from "./audience-clearing.js";
import { ContactEventSweeper } from "./contact-event-sweeper.js";
import { createContactMetrics } from "./contact-metrics.js";

const workspaceId = asWorkspaceId("ws_1");
const logger = createLogger("test", "silent");
const never = new AbortController().signal;
const START = new Date("2026-01-15T10:00:00Z");

let store: Store;
let now: Date;
let audience: { readonly _id: ReturnType<typeof asAudienceId>; readonly workspaceId: typeof workspaceId };
let sent: string[];
let isBrokerAway: boolean;
let metrics: ReturnType<typeof createMetrics>;
let sweeper: ContactEventSweeper;
let clearing: AudienceClearing;

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `sweep-${randomUUID().slice(0, 8)}` });
  await ensureIndexes(store);
  await raw("workspaces").insertOne({ _id: workspaceId, eventsPartition: 0 });
  for (const type of ["audience.subscribed", "audience.profile_updated", "audience.unsubscribed"])
    await raw("eventTypes").insertOne({ _id: `${workspaceId}:${type}`, workspaceId, type });
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

beforeEach(async () => {
  now = START;
  sent = [];
  isBrokerAway = false;
  metrics = createMetrics("health-monitor", { processMetrics: false });
  const shared = { metrics: createContactMetrics(metrics), logger, now: () => now };
  sweeper = new ContactEventSweeper({
    ...shared,
    events: new ContactEvents(store),
    producer: { sendAll: send },
    eventsTopic: "events",
  });
  clearing = new AudienceClearing({
    ...shared,
    store,
    audiences: new AudienceRepository(store),
    segments: new SegmentRepository(store),
    tags: new TagRepository(store),
    contacts: new ContactRepository(store),
    writer: new ContactWriter(store),
    events: sweeper,
  });
  await raw("contactEvents").deleteMany({});
  audience = { _id: asAudienceId(`au_${randomUUID()}`), workspaceId };
  await new AudienceRepository(store).insert({
    ...audience,
    name: "A",
    version: 1,
    createdAt: START,
    updatedAt: START,
  });
});

const raw = (name: string) => store.db.collection<Record<string, unknown> & { _id: string }>(name);

function send(records: readonly OutgoingRecord[]): Promise<[]> {
  if (isBrokerAway) return Promise.reject(new Error("away"));
  sent.push(
    ...records.map(({ headers }) => (JSON.parse(String(headers?.meta)) as { recordId: string }).recordId),
  );
  return Promise.resolve([]);
}

const after = (seconds: number) => {
  now = new Date(START.getTime() + seconds * 1_000);
};

async function write(
  writes: readonly ContactWrite[],
  source: EventSource = "api",
): Promise<readonly ContactId[]> {
  const outcomes = await retryDuplicateKey(() =>
    runTransaction(store, (session) =>
      new ContactWriter(store).writeMany(session, audience, writes, { source, at: now }),
    ),
  );
  return outcomes.map((outcome) => {
    if (outcome.kind === "rejected") throw new Error(outcome.reason);
    return outcome.contact.id;
  });
}

const add = (count: number, tags: readonly string[] = []) =>
  write(
    Array.from({ length: count }, (_, n) => ({ kind: "add", email: `c${n}@example.org`, patch: { tags } })),
  );

const gauge = async (name: string) =>
  Number(
    new RegExp(`^hooklane_${name}(?:\\{[^}]*\\})? (\\S+)$`, "m").exec(await metrics.registry.metrics())?.[1],
  );

describe("events of contacts that nobody put in line", () => {
  test("are put in line after five seconds, of each contact all in order, and are gone then", async () => {
    const [one] = await add(2);
    after(4);
    await write([{ kind: "change", contactId: one!, patch: { fields: { n: 1 }, status: "unsubscribed" } }]);
    await sweeper.sweep(never);
    expect(sent).toEqual([]);
    expect([await gauge("contact_events_waiting"), await gauge("contact_events_overdue_seconds")]).toEqual([
      4, 4,
    ]);
    after(6);
    await sweeper.sweep(never);
    expect(sent.filter((id) => id.includes(one!))).toEqual([
      `ct:${one!}:1:0`,
      `ct:${one!}:2:0`,
      `ct:${one!}:2:1`,
    ]);
    expect(sent).toHaveLength(4);
    expect(await raw("contactEvents").countDocuments({})).toBe(0);
    expect([await gauge("contact_events_waiting"), await gauge("contact_events_overdue_seconds")]).toEqual([
      0, 0,
    ]);
  });

  test("stay while the broker is away, and more than fit in one go are all put in line", async () => {
    await add(450);
    after(10);
    isBrokerAway = true;
    await expect(sweeper.sweep(never)).rejects.toThrow("away");
    expect(await raw("contactEvents").countDocuments({})).toBe(450);
    isBrokerAway = false;
    await sweeper.sweep(never);
    expect(new Set(sent).size).toBe(450);
    expect(await raw("contactEvents").countDocuments({})).toBe(0);
  });
});

describe("a deleted tag", () => {
  test("is taken from the contacts that have it, webhooks are told so, and its name is free in the end", async () => {
    const tags = new TagRepository(store);
    for (const name of ["vip", "stays"])
      await tags.insert({ workspaceId, audienceId: audience._id, name, createdAt: now });
    const ids = await add(3, ["vip", "stays"]);
    await raw("contactEvents").deleteMany({});
    await tags.delete(audience._id, "vip", "admin", now);
    await clearing.sweep(never);
    const contacts = await new ContactRepository(store).page(audience._id, { limit: 10 });
    expect(contacts.map((contact) => [contact.tags, contact.version])).toEqual(ids.map(() => [["stays"], 2]));
    expect([...sent].sort()).toEqual(ids.map((id) => `ct:${id}:2:0`).sort());
    // Who began before the deletion may come yet.
    after(60);
    await clearing.sweep(never);
    expect(await raw("tags").countDocuments({ audienceId: audience._id })).toBe(2);
    after(91);
    await clearing.sweep(never);
    expect(await raw("tags").countDocuments({ audienceId: audience._id })).toBe(1);
    expect(await tags.insert({ workspaceId, audienceId: audience._id, name: "vip", createdAt: now })).toBe(
      true,
    );
  });
});

describe("a deleted audience", () => {
  test("loses its contacts step by step, then the rest, without a word; another keeps what it has", async () => {
    await add(700);
    await new TagRepository(store).insert({
      workspaceId,
      audienceId: audience._id,
      name: "t",
      createdAt: now,
    });
    const gone = audience._id;
    audience = { _id: asAudienceId(`au_${randomUUID()}`), workspaceId };
    await new AudienceRepository(store).insert({
      ...audience,
      name: "B",
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
    await add(2);
    await raw("contactEvents").deleteMany({});
    expect(await new AudienceRepository(store).delete(workspaceId, gone, undefined, now)).toEqual({
      kind: "deleted",
    });
    const left = () => raw("contacts").countDocuments({ audienceId: gone });
    await clearing.sweep(never);
    expect(await left()).toBe(200);
    await clearing.sweep(never);
    await clearing.sweep(never);
    expect(await left()).toBe(0);
    expect(await raw("audiences").countDocuments({ _id: gone })).toBe(1);
    after(91);
    await clearing.sweep(never);
    for (const name of ["audiences", "tags"])
      expect(await raw(name).countDocuments({ $or: [{ _id: gone }, { audienceId: gone }] })).toBe(0);
    expect(await raw("contacts").countDocuments({ audienceId: audience._id })).toBe(2);
    expect([sent, await raw("contactEvents").countDocuments({})]).toEqual([[], 0]);
  });
});
