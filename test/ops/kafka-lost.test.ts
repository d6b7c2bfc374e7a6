import {
  always,
  anEvent,
  eventually,
  numberedEvents,
  ok,
  readEvents,
  readLine,
  readSequence,
  type Receiver,
  SERVICE_NAMES,
  type ServiceName,
  type Services,
  startReceiver,
  startServices,
  testKafka,
  type TestWorkspace,
} from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type OwnKafka, startOwnKafka } from "./support/own-kafka.js";
import { runNode } from "./secure/run-node.js";

/**
 * Kafka is lost with all it held, MongoDB is not: a new, empty cluster on the same address, topics made by the preparing
 * step, the services running all the time (docs/backup.md). The tests stand in the order of the story.
 */
let kafka: OwnKafka;
let services: Services;
let receiver: Receiver;
let workspace: TestWorkspace;
let unnamed: TestWorkspace;
/** Of what was started, the last one first. */
const ends: (() => Promise<void>)[] = [];

/** Attempts without end, 1 s apart: what is behind a failing endpoint waits there as long as it fails. */
const PATIENT = {
  DISPATCHER_RETRY_WAITS_S: Array<number>(200).fill(1).join(),
  DISPATCHER_RULE_ERRORS_MAX: "1000",
};

/** Delivered, or in the backlog; in the log of deliveries, which is lost; in the log of events, which is lost; new. */
const [SETTLED, DECIDED, ACCEPTED, NEW] = [30, 5, 5, 10];
const events = numberedEvents(SETTLED + DECIDED + ACCEPTED + NEW);
const settled = events.slice(0, SETTLED);
const decided = events.slice(SETTLED, SETTLED + DECIDED);
const accepted = events.slice(SETTLED + DECIDED, -NEW);
const later = events.slice(-NEW);
const numbersOf = (some: typeof events) => some.map(({ data }) => Number(data.seq));

const WITH_KAFKA = SERVICE_NAMES.filter((name) => name !== "subscription-api");

const [HEALTHY, FAILING] = ["/healthy", "/failing"];
const webhookIds: string[] = [];

const sequenceOf = (path: string) =>
  readSequence(receiver.requestsTo(path).filter(({ status }) => status === 200));
const received = (path: string, some: typeof events) =>
  eventually(() => numbersOf(some).every((number) => sequenceOf(path).includes(number)), {
    deadlineMs: 60_000,
    what: `${numbersOf(some).join()} at ${path}; there are ${sequenceOf(path).join()}`,
  });
const countIn = (collection: string, filter = {}) =>
  services.database.collection(collection).countDocuments({ workspaceId: workspace.id, ...filter });
const isSaid = (name: ServiceName, text: string) =>
  services.service(name).lines.some((line) => line.includes(text));

/** An event without an id, over Kafka: its id is made of its place in the log. */
async function produceUnnamed(note: string): Promise<void> {
  const producer = testKafka(kafka.stack.brokers).producer();
  await producer.connect();
  const { id: _, ...event } = anEvent({ data: { note } });
  const messages = [{ key: unnamed.id, partition: 0, value: JSON.stringify(event) }];
  await producer.send({ topic: services.topic("inbound.v1"), messages });
  await producer.disconnect();
}

const arrivedUnnamed = () =>
  receiver
    .requestsTo("/unnamed")
    .flatMap(readEvents)
    .map(({ data }) => data.note);

beforeAll(async () => {
  kafka = await startOwnKafka();
  ends.push(() => kafka.stop());
  receiver = await startReceiver();
  ends.push(() => receiver.close());
  services = await startServices({ stack: kafka.stack, env: PATIENT });
  ends.push(() => services.stop());
  workspace = await services.createWorkspace();
  for (const path of [HEALTHY, FAILING]) {
    const { id } = await workspace.createWebhook({ url: receiver.url(path) });
    webhookIds.push(id);
  }
  unnamed = await services.createWorkspace();
  await unnamed.createWebhook({ url: receiver.url("/unnamed") });
}, 120_000);

afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 60_000);

describe("Kafka is lost, MongoDB is not", () => {
  test("before: some is delivered, some in the backlog, some decided, some accepted", async () => {
    receiver.behave(FAILING, always(503));
    await workspace.sendMany(settled);
    await received(HEALTHY, settled);
    const backlog = services.database.collection("backlog");
    await eventually(async () => (await backlog.countDocuments()) >= SETTLED - 1, { what: "the backlog" });
    await eventually(async () => (await countIn("deliveries", { status: "delivered" })) === SETTLED, {
      what: "the delivery log",
    });
    await produceUnnamed("of the former cluster");
    await eventually(() => arrivedUnnamed().length === 1, { what: "the event without an id" });

    services.service("dispatcher").freeze();
    await workspace.sendMany(decided);
    await eventually(async () => (await countIn("events")) === SETTLED + DECIDED, { what: "the event log" });
    await services.kill9("router");
    await workspace.sendMany(accepted);
  }, 60_000);

  test("while it is away: no service is ready, events are refused, management goes on", async () => {
    await kafka.lose();
    services.service("router").spawn();
    services.service("dispatcher").thaw();
    const notReady = WITH_KAFKA.map(async (name) => {
      const { url } = services.service(name);
      await eventually(async () => (await fetch(`${url}/readyz`)).status === 503, {
        what: `${name} to say that it is not ready`,
      });
    });
    await Promise.all(notReady);
    // Its producer sends it again: below, among the others.
    const answer = await workspace.ingest.call("POST", "/v1/events", later[0]);
    expect(answer.status).toBe(503);
    expect(await workspace.readWebhook(webhookIds[0]!)).toMatchObject({ status: "active" });
  }, 60_000);

  test("on the new cluster all of them work again by themselves, once the topics are made", async () => {
    await kafka.startAnew();
    const { code, output } = await runNode(["infra/docker/create-topics.mjs", "local"], {
      KAFKA_BROKERS: kafka.stack.brokers.join(),
      HOOKLANE_TOPIC_PREFIX: services.prefix,
    });
    expect(output).toContain(`topics: created ${services.prefix}.inbound.v1`);
    expect(code).toBe(0);
    await Promise.all(SERVICE_NAMES.map((name) => services.service(name).waitReady(60_000)));
  }, 90_000);

  test("what is accepted from then on is delivered, in order, behind what the backlog holds", async () => {
    await workspace.sendMany(later);
    await produceUnnamed("of the new cluster");
    await received(HEALTHY, later);
    expect(sequenceOf(HEALTHY)).toEqual(numbersOf([...settled, ...later]));
    receiver.behave(FAILING, ok);
    await received(FAILING, later);
    expect(sequenceOf(FAILING)).toEqual(numbersOf([...settled, ...later]));
    // At the very place where the first one was: another event all the same.
    await eventually(() => arrivedUnnamed().length === 2, { what: "the other event without an id" });
    expect(arrivedUnnamed()).toEqual(["of the former cluster", "of the new cluster"]);
  }, 90_000);

  test("dispatchers and routers say that their logs are others", async () => {
    expect(isSaid("dispatcher", '"kind":"log_replaced"')).toBe(true);
    expect(isSaid("router", '"router.log_replaced"')).toBe(true);
    expect(await services.service("dispatcher").metric("log_alarms_total")).toBeGreaterThan(0);
    expect(await services.service("router").metric("router_log_alarms_total")).toBeGreaterThan(0);
  });

  test("what was decided and lost with the log is sent by an activation with recover; nothing twice", async () => {
    for (const id of webhookIds) await workspace.api.ask("POST", `/v1/webhooks/${id}/deactivate`, {});
    for (const id of webhookIds) {
      await workspace.api.ask("POST", `/v1/webhooks/${id}/activate`, { recover: true });
    }
    for (const path of [HEALTHY, FAILING]) {
      await received(path, decided);
      expect(sequenceOf(path)).toEqual(numbersOf([...settled, ...later, ...decided]));
    }
    for (const id of webhookIds) {
      await eventually(async () => (await workspace.readWebhook(id)).status === "active", {
        what: "the recovery to end",
      });
    }
  }, 120_000);

  test("what was accepted and not decided is gone: its producer sends it again, with its ids", async () => {
    await workspace.sendMany([...decided, ...accepted]);
    for (const path of [HEALTHY, FAILING]) {
      await received(path, accepted);
      const { missing, duplicates } = readLine(receiver.requestsTo(path), events.length);
      expect({ missing, duplicates }).toEqual({ missing: [], duplicates: 0 });
    }
  }, 60_000);
});
