import { createSecretKey, randomUUID } from "node:crypto";
import { asEndpointId, asEventId, asRecordId, asWorkspaceId } from "@hooklane/core";
import { recordPlans } from "@hooklane/testing";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { BacklogRepository } from "../backlog/backlog-repository.js";
import { ensureIndexes } from "../ensure-indexes.js";
import { EventLog } from "../event-log/event-log.js";
import { ScheduledEvents } from "../scheduled/scheduled-events.js";
import { openStore, type Store } from "../store.js";
import { countSealed } from "./rotate-sealed-bytes.js";
import { rotateSecrets } from "./rotate-secrets.js";
import type { SecretKey } from "./secret-key.js";
import { SecretKeyRegistry } from "./secret-key-registry.js";

jest.setTimeout(60_000);

const keyOf = (id: string, byte: number): SecretKey => ({
  id,
  key: createSecretKey(Buffer.alloc(32, byte)),
});
const [one, two] = [keyOf("k1", 1), keyOf("k2", 2)];
const at = new Date("2026-01-15T10:00:00Z");
const workspaceId = asWorkspaceId("ws_1");
const lane = { endpointId: asEndpointId("ep_1"), partition: 0 };

let database: string;
let stores: Store[];

const open = async (...secretKeys: SecretKey[]) => {
  const store = await openStore({ uri: process.env.MONGODB_URI!, database, secretKeys });
  stores.push(store);
  return store;
};

beforeEach(() => {
  database = `sealed-${randomUUID().slice(0, 8)}`;
  stores = [];
});

afterEach(async () => {
  await stores[0]?.db.dropDatabase();
  await Promise.all(stores.map((store) => store.close()));
});

const bodyOf = (n: number) => Buffer.from(`{"id":"e${n}","email":"ann${n}@example.org"}`);

const anEvent = (n: number) => ({
  workspaceId,
  eventId: asEventId(`e${n}`),
  position: { partition: 0, epoch: 0, offset: n },
  type: "t",
  source: "api" as const,
  acceptedAt: at,
});

/** So many sealed in the event log, one that waits for its time, one in the backlog; and one of each that is not sealed. */
async function keep(store: Store, count: number): Promise<void> {
  await ensureIndexes(store);
  const logged = Array.from({ length: count + 1 }, (_, n) => ({
    ...anEvent(n),
    recordId: asRecordId(`e${n}`),
    timestamp: "2026-01-15T10:00:00Z",
    status: "accepted" as const,
    decision: { matched: [], unmatched: [] },
    expiresAt: new Date("2100-01-01T00:00:00Z"),
    shownBody: Buffer.from("{}"),
    ...(n < count && { originalBody: bodyOf(n) }),
  }));
  await new EventLog(store).record(logged);
  const both = [0, 1].map((n) => ({ body: bodyOf(n), isSealed: n === 0 }));
  await new ScheduledEvents(store).add(both.map((bytes, n) => ({ ...anEvent(n), deliverAt: at, ...bytes })));
  const parked = both.map((bytes, offset) => ({ ...lane, logEpoch: 0, offset, meta: "{}", ...bytes }));
  await new BacklogRepository(store).park(parked, 1);
}

/** Every sealed one, opened. */
async function readAll(store: Store, count: number): Promise<readonly string[]> {
  const log = new EventLog(store);
  const bodies: (Uint8Array | undefined)[] = [];
  for (let n = 0; n < count; n++) bodies.push(await log.readOriginalBody(workspaceId, asRecordId(`e${n}`)));
  for await (const { eventId, body } of new ScheduledEvents(store).due(new Date(), 10)) {
    if (eventId === "e0") bodies.push(body);
  }
  const all = { after: { logEpoch: 0, offset: -1 } };
  const { records } = await new BacklogRepository(store).read(lane, all, { recordsMax: 1, bytesMax: 1 });
  return [...bodies, records[0]?.body].map((body) => Buffer.from(body ?? []).toString());
}

const expectedBodies = (count: number) =>
  [...Array.from({ length: count }, (_, n) => n), 0, 0].map((n) => String(bodyOf(n)));

describe("the rotation of the key of events that are kept sealed", () => {
  test("seals all of them anew, in batches with progress; then the old key may go, and not before", async () => {
    const old = await open(one);
    await keep(old, 450);
    await new SecretKeyRegistry(old).assertUsable();
    const store = await open(two, one);
    await new SecretKeyRegistry(store).assertUsable();
    expect(await rotateSecrets(store, { isDryRun: true })).toMatchObject({
      resealedEvents: 452,
      eventsByKey: { k1: 452 },
      unused: [],
    });
    const seen: number[] = [];
    const report = await rotateSecrets(store, { onProgress: ({ done }) => void seen.push(done) });
    expect(report).toMatchObject({ resealedEvents: 452, eventsByKey: { k2: 452 }, unused: ["k1"] });
    expect(seen.length).toBeGreaterThanOrEqual(5);
    expect(seen.at(-1)).toBe(452);
    const after = await open(two);
    await new SecretKeyRegistry(after).assertUsable();
    expect(await readAll(after, 450)).toEqual(expectedBodies(450));
    expect(await rotateSecrets(after)).toMatchObject({ resealedEvents: 0, documents: 0 });
  });

  test("finds what it has to do by index: nothing that is not sealed is looked at", async () => {
    const old = await open(one);
    await keep(old, 20);
    await old.db.collection("events").deleteOne({ sealed: { $exists: true } });
    const store = await open(two, one);
    const plans = await recordPlans(store.db, "events", () => rotateSecrets(store));
    const reads = plans.filter(({ stages }) => stages.length > 0);
    expect(reads.length).toBeGreaterThanOrEqual(3);
    for (const { stages, keysExamined } of reads) {
      expect(stages).toEqual(["IXSCAN"]);
      expect(keysExamined).toBeLessThanOrEqual(20);
    }
    expect(await countSealed(store)).toEqual({ k2: 21 });
  });

  test("has nothing to do, and no fault, in a database no service of this version has used", async () => {
    expect(await rotateSecrets(await open(one))).toMatchObject({ resealedEvents: 0, eventsByKey: {} });
  });

  test("that is ended goes on where it was, and what either key sealed is read meanwhile", async () => {
    await keep(await open(one), 450);
    const store = await open(two, one);
    const stop = new AbortController();
    const onProgress = ({ done }: { readonly done: number }) => done > 0 && stop.abort(new Error("ended"));
    const ended = rotateSecrets(store, { signal: stop.signal, onProgress: (seen) => void onProgress(seen) });
    await expect(ended).rejects.toThrow("ended");
    expect(await countSealed(store)).toEqual({ k1: 252, k2: 200 });
    expect(await readAll(store, 450)).toEqual(expectedBodies(450));
    expect(await rotateSecrets(store)).toMatchObject({ resealedEvents: 252, eventsByKey: { k2: 452 } });
  });

  test("without the old key changes none, says how many need it, and a service without it is not ready", async () => {
    const old = await open(one);
    await keep(old, 3);
    await new SecretKeyRegistry(old).assertUsable();
    const store = await open(two);
    const report = await rotateSecrets(store);
    expect(report).toMatchObject({ resealedEvents: 0, eventsByKey: { k1: 5 }, unused: [] });
    expect(await new SecretKeyRegistry(store).state()).toEqual({
      ready: false,
      detail: expect.stringContaining("lacks the key k1"),
    });
  });

  test("leaves alone what it cannot open, and says where", async () => {
    await keep(await open(one), 2);
    const report = await rotateSecrets(await open(two, keyOf("k1", 9)));
    expect(report).toMatchObject({ resealedEvents: 0, eventsByKey: { k1: 4 }, unused: [] });
    expect(report.unreadable).toContainEqual({
      collection: "events",
      id: `${workspaceId}:e0`,
      path: "sealed",
      keyId: "k1",
    });
    expect(await readAll(await open(one), 2)).toEqual(expectedBodies(2));
  });
});
