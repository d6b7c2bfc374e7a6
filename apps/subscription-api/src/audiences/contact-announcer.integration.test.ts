import { randomUUID } from "node:crypto";
import { asAudienceId, asWorkspaceId, type ContactId } from "@hooklane/core";
import type { OutgoingRecord } from "@hooklane/kafka";
import { createLogger } from "@hooklane/service";
import { ContactEvents, ContactWriter, ensureIndexes, openStore, type Store } from "@hooklane/store";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ContactAnnouncer } from "./contact-announcer.js";

const workspaceId = asWorkspaceId("ws_1");
const audience = { _id: asAudienceId("au_1"), workspaceId };

let store: Store;
let events: ContactEvents;
let writer: ContactWriter;

beforeAll(async () => {
  store = await openStore({
    uri: process.env.MONGODB_URI!,
    database: `announce-${randomUUID().slice(0, 8)}`,
  });
  await ensureIndexes(store);
  events = new ContactEvents(store);
  writer = new ContactWriter(store);
  const raw = (name: string) => store.db.collection<Record<string, unknown> & { _id: string }>(name);
  await raw("workspaces").insertOne({ _id: workspaceId, eventsPartition: 0 });
  await raw("audiences").insertOne({ _id: audience._id, workspaceId });
  for (const type of ["audience.subscribed", "audience.profile_updated"])
    await raw("eventTypes").insertOne({ _id: `${workspaceId}:${type}`, workspaceId, type });
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

/** A partition: what is handed in together stands together, whoever hands it in and however late. */
class Line {
  readonly #ids: string[] = [];

  append(records: readonly OutgoingRecord[]): void {
    for (const { headers } of records)
      this.#ids.push((JSON.parse(String(headers?.meta)) as { recordId: string }).recordId);
  }

  /** As the router routes it: the first of each record. */
  versionsOf(contactId: ContactId): readonly number[] {
    return [...new Set(this.#ids)]
      .map((id) => id.split(":"))
      .filter(([, contact]) => contact === contactId)
      .map(([, , version]) => Number(version));
  }
}

/** Seeded, so that a failure can be repeated. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What becomes of a process between its commit and the end of its announcement. */
type Fate = "lives" | "dies before it reads" | "dies before it sends" | "dies before it marks";

function announcerOf(line: Line, fate: Fate, pause: () => Promise<void>): ContactAnnouncer {
  const died = () => Promise.reject(new Error("died"));
  return new ContactAnnouncer({
    events: {
      listPending: async (ids) => {
        await pause();
        return fate === "dies before it reads" ? died() : events.listPending(ids);
      },
      markDone: async (ids) => {
        await pause();
        return fate === "dies before it marks" ? died() : events.markDone(ids);
      },
    },
    producer: {
      sendAll: async (records) => {
        await pause();
        if (fate === "dies before it sends") return died();
        line.append(records);
        return [];
      },
    },
    eventsTopic: "events",
    timeoutMs: 10_000,
    logger: createLogger("test", "silent"),
  });
}

describe("two processes that change one contact, of which any may die at any point", () => {
  test.each([1, 2, 3, 4, 5, 6])(
    "put every event in line, in the order of the changes (seed %i)",
    async (seed) => {
      const random = randomOf(seed);
      const pause = async () => {
        for (let turns = Math.floor(random() * 4); turns > 0; turns--) await events.measure();
      };
      const line = new Line();
      const made = await writer.write(
        audience,
        { kind: "add", email: `c${seed}@example.org`, patch: {} },
        { source: "api", at: new Date() },
      );
      if (made.kind !== "added") throw new Error(made.kind);
      const contactId = made.contact.id;
      const changeAndAnnounce = async (n: number) => {
        const fates: readonly Fate[] = [
          "lives",
          "dies before it reads",
          "dies before it sends",
          "dies before it marks",
        ];
        const fate = random() < 0.5 ? "lives" : fates[Math.floor(random() * fates.length)]!;
        await writer.write(
          audience,
          { kind: "change", contactId, patch: { fields: { [`f${n}`]: n } } },
          { source: "api", at: new Date() },
        );
        await announcerOf(line, fate, pause).announce([contactId]);
      };
      const process = async (first: number) => {
        for (let n = first; n < first + 12; n++) await changeAndAnnounce(n);
      };
      await Promise.all([process(0), process(100)]);
      // The sweeper of the health-monitor does the same for what is left.
      expect(await announcerOf(line, "lives", pause).announce([contactId])).toBe(true);
      expect(line.versionsOf(contactId)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
      expect(await events.listPending([contactId])).toEqual([]);
    },
  );
});

test("what the broker does not take in time is told as not done, and stays", async () => {
  const made = await writer.write(
    audience,
    { kind: "add", email: "slow@example.org", patch: {} },
    { source: "api", at: new Date() },
  );
  if (made.kind !== "added") throw new Error(made.kind);
  const stuck = new ContactAnnouncer({
    events,
    producer: { sendAll: () => new Promise(() => undefined) },
    eventsTopic: "events",
    timeoutMs: 50,
    logger: createLogger("test", "silent"),
  });
  expect(await stuck.announce([made.contact.id])).toBe(false);
  expect(await events.listPending([made.contact.id])).toHaveLength(1);
});
