import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  always,
  anEvent,
  DEFAULT_EVENT_TYPE,
  eventually,
  numberedEvents,
  ok,
  readLine,
  type ReceivedRequest,
  type Receiver,
  SERVICE_NAMES,
  type Services,
  startReceiver,
  startServices,
  type TestWorkspace,
} from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Ended, runNode } from "./secure/run-node.js";
import { dumpDatabase, restoreDatabase } from "./support/dump.js";

/**
 * MongoDB is lost and restored from a dump that is older, Kafka is unharmed (docs/backup.md). The tests stand in the order
 * of the story.
 */
let services: Services;
let receiver: Receiver;
let workspace: TestWorkspace;
/** Of what was started, the last one first. */
const ends: (() => Promise<void>)[] = [];
let dir: string;
let takenAt: string;
let beforeLoss: { readonly requests: readonly ReceivedRequest[]; readonly epochs: readonly number[] };

/** Attempts without end, 1 s apart: what is behind a failing endpoint waits there as long as it fails. */
const PATIENT = {
  DISPATCHER_RETRY_WAITS_S: Array<number>(200).fill(1).join(),
  DISPATCHER_RULE_ERRORS_MAX: "1000",
};

/** Before the dump; after it; while MongoDB is being restored; and new ones when all is done. */
const [BEFORE, SINCE, NEW] = [20, 15, 10];
const ALL = BEFORE + SINCE + NEW;
const events = numberedEvents(ALL);
const before = events.slice(0, BEFORE);
const since = events.slice(BEFORE, BEFORE + SINCE);
const later = events.slice(-NEW);

const [HEALTHY, FAILING, YOUNGER, SCHEDULED] = ["/healthy", "/failing", "/younger", "/scheduled"];
let healthyId: string;
/** Its path. */
let removedContact: string;

/** Has what waits for its time be due now, and awaits that it is in line. */
async function release(): Promise<void> {
  const waiting = services.database.collection("scheduled");
  await eventually(async () => (await waiting.countDocuments({ pending: true })) === 1, {
    what: "the event that waits",
  });
  await waiting.updateMany({ pending: true }, { $set: { deliverAt: new Date() } });
  await eventually(async () => (await waiting.countDocuments({ pending: true })) === 0, {
    what: "the release",
  });
}

const takenFrom = (path: string) => receiver.requestsTo(path).filter(({ status }) => status === 200);
const arrived = (path: string, count: number) =>
  eventually(() => readLine(takenFrom(path), count).missing.length === 0, {
    deadlineMs: 60_000,
    what: `${count} events at ${path}`,
  });

const readEpochs = async () => {
  const partitions = services.database.collection<{ epoch: number }>("partitions");
  return (await partitions.find().sort({ partition: 1 }).toArray()).map(({ epoch }) => epoch);
};

const afterRestore = (...args: readonly string[]): Promise<Ended> =>
  runNode(["infra/docker/after-restore.mjs", ...args], {
    KAFKA_BROKERS: services.stack.brokers.join(),
    MONGODB_URI: services.stack.mongodbUri,
    MONGODB_DATABASE: services.prefix,
    HOOKLANE_TOPIC_PREFIX: services.prefix,
  });

const readDeliveries = async (webhookId: string) => {
  const query = `/v1/deliveries?webhookId=${webhookId}&limit=100`;
  return (await workspace.api.ask<{ data: { status: string; eventId: string }[] }>("GET", query)).data;
};

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "hooklane-dump-"));
  receiver = await startReceiver();
  ends.push(() => receiver.close());
  services = await startServices({ env: PATIENT });
  ends.push(() => services.stop());
  workspace = await services.createWorkspace();
  ({ id: healthyId } = await workspace.createWebhook({ url: receiver.url(HEALTHY) }));
  await workspace.createWebhook({ url: receiver.url(FAILING) });
}, 120_000);

afterAll(async () => {
  for (const end of ends.reverse()) await end();
  rmSync(dir, { recursive: true, force: true });
}, 60_000);

describe("MongoDB is restored from an older dump, Kafka is unharmed", () => {
  test("a dump is taken while events flow", async () => {
    receiver.behave(FAILING, always(503));
    const audience = await workspace.api.ask<{ id: string }>("POST", "/v1/audiences", { name: "Readers" });
    const contacts = `/v1/audiences/${audience.id}/contacts`;
    const { id } = await workspace.api.ask<{ id: string }>("POST", contacts, {
      email: "removed@example.org",
    });
    removedContact = `${contacts}/${id}`;
    const planner = await services.createWorkspace();
    await planner.createWebhook({ url: receiver.url(SCHEDULED) });
    await planner.send(anEvent({ deliverAt: new Date(Date.now() + 3_600_000).toISOString() }));
    const waiting = services.database.collection("scheduled");
    await eventually(async () => (await waiting.countDocuments({ pending: true })) === 1);
    await workspace.sendMany(before);
    await arrived(HEALTHY, 5);
    takenAt = new Date().toISOString();
    expect(await dumpDatabase(services.stack.mongodbUri, services.prefix, dir)).toBeGreaterThan(BEFORE);
    await arrived(HEALTHY, BEFORE);
  }, 60_000);

  test("what happens after it: events, a webhook, a contact that is deleted", async () => {
    await workspace.createWebhook({ url: receiver.url(YOUNGER) });
    await workspace.api.call("DELETE", removedContact);
    await release();
    await eventually(() => takenFrom(SCHEDULED).length === 1, { what: "the scheduled event" });
    await workspace.sendMany(since);
    await arrived(HEALTHY, BEFORE + SINCE);
    await eventually(() => takenFrom(YOUNGER).length === SINCE, { what: "the younger webhook's events" });
    const logged = () => services.database.collection("deliveries").countDocuments({ status: "delivered" });
    await eventually(async () => (await logged()) === BEFORE + 2 * SINCE + 1, { what: "the delivery log" });
  }, 60_000);

  test("services that run keep the command from doing anything, and it says so", async () => {
    const { code, output } = await afterRestore("--taken", takenAt);
    expect(output).toContain("stop all services first");
    expect(code).toBe(1);
    for (const args of [[], ["--taken", "yesterday"], ["--taken", "2026-01-15T10:00:00"]]) {
      const wrong = await afterRestore(...args);
      expect(wrong.output).toContain("say when the dump began");
      expect(wrong.code).toBe(1);
    }
  }, 120_000);

  test("the services are stopped, the database is restored, the command is run", async () => {
    await Promise.all(SERVICE_NAMES.map((name) => services.service(name).stop()));
    beforeLoss = { requests: [...takenFrom(HEALTHY)], epochs: await readEpochs() };
    await restoreDatabase(services.stack.mongodbUri, services.prefix, dir);
    const { code, output } = await afterRestore("--taken", takenAt);
    expect(output).toMatch(
      new RegExp(`\\.router: [1-9]\\d* records of ${services.prefix}.events.v1 are read`),
    );
    expect(output).toContain("the services may start");
    expect(code).toBe(0);
    const epochs = await readEpochs();
    // Whoever worked before may come back late: it is fenced under every epoch it ever had.
    for (const [partition, epoch] of epochs.entries()) {
      expect(epoch).toBeGreaterThan(beforeLoss.epochs[partition] ?? 0);
    }
    await services.start(SERVICE_NAMES);
  }, 180_000);

  test("nothing is lost or out of order: what the dump did not know is sent again, as the same requests", async () => {
    await arrived(HEALTHY, BEFORE + SINCE);
    await workspace.sendMany(later);
    await arrived(HEALTHY, ALL);
    const line = readLine(takenFrom(HEALTHY), ALL);
    expect(line).toMatchObject({ missing: [], breaks: [] });
    // At most what was sent since the checkpoint in the dump.
    expect(line.duplicates).toBeGreaterThanOrEqual(SINCE);
    expect(line.duplicates).toBeLessThanOrEqual(BEFORE + SINCE);
    const idsOf = (requests: readonly ReceivedRequest[]) =>
      new Set(requests.map(({ headers }) => headers["webhook-id"]));
    expect(idsOf(takenFrom(HEALTHY)).size).toBe(ALL);
    for (const id of idsOf(beforeLoss.requests)) expect(idsOf(takenFrom(HEALTHY))).toContain(id);
  }, 90_000);

  test("what waited behind a failing endpoint still waits, and goes out in order, each once", async () => {
    receiver.behave(FAILING, ok);
    await arrived(FAILING, ALL);
    expect(readLine(takenFrom(FAILING), ALL)).toMatchObject({ missing: [], breaks: [], duplicates: 0 });
  }, 90_000);

  test("the logs know everything again: each event once, each delivery with its end", async () => {
    await eventually(
      async () => {
        const deliveries = await readDeliveries(healthyId);
        return deliveries.length === ALL && deliveries.every(({ status }) => status === "delivered");
      },
      { deadlineMs: 60_000, what: "the delivery log" },
    );
    const logged = { workspaceId: workspace.id, type: DEFAULT_EVENT_TYPE };
    expect(await services.database.collection("events").countDocuments(logged)).toBe(ALL);
    // An event sent again with its id is known, too.
    await workspace.sendMany(since);
    await workspace.sendMany([...numberedEvents(ALL + 1)].slice(-1));
    await arrived(HEALTHY, ALL + 1);
    expect(readLine(takenFrom(HEALTHY), ALL + 1).breaks).toEqual([]);
  }, 90_000);

  test("what was released since the dump is released again, and known: no other delivery comes of it", async () => {
    await release();
    await workspace.send(anEvent({ data: { seq: ALL + 2 } }));
    await arrived(HEALTHY, ALL + 2);
    expect(new Set(takenFrom(SCHEDULED).map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  }, 60_000);

  test("what the dump did not have is gone: webhooks made since, and deletions of contacts", async () => {
    const { data } = await workspace.api.ask<{ data: { url: string }[] }>("GET", "/v1/webhooks");
    expect(data.map(({ url }) => url).sort()).toEqual([receiver.url(FAILING), receiver.url(HEALTHY)].sort());
    expect((await workspace.api.call("GET", removedContact)).status).toBe(200);
    expect((await workspace.api.call("DELETE", removedContact)).status).toBeLessThan(300);
    expect(takenFrom(YOUNGER)).toHaveLength(SINCE);
  });
});
