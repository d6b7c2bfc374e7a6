import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import {
  always,
  answer,
  createTopics,
  dropTopics,
  eventually,
  failFirst,
  readSequence,
  readStackEnvironment,
  type Receiver,
  startReceiver,
} from "@hooklane/testing";
import { DispatcherBench, type RunningDispatcher } from "./testing/dispatcher-bench.js";

jest.setTimeout(120_000);

let bench: DispatcherBench;
let receiver: Receiver;
let dispatcher: RunningDispatcher | undefined;

beforeAll(async () => {
  bench = await DispatcherBench.open(readStackEnvironment(), createTopics);
});
afterAll(() => bench.close(dropTopics));
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await dispatcher?.close();
  dispatcher = undefined;
  await receiver.close();
});

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const start = async (env: Readonly<Record<string, string>> = {}) => {
  dispatcher = await bench.start({ DISPATCHER_RULE_ERRORS_MAX: "1000", ...env });
};
const backlog = () => bench.store.db.collection("backlog").countDocuments();
const committed = async (partition: number) =>
  (await bench.store.db.collection("partitions").findOne({ partition }))?.committed as number;

describe("a lane that left the live path", () => {
  test("does not hold the watermark, drains in order once its receiver answers, and leaves no backlog behind", async () => {
    let isDown = true;
    receiver.behave("/down", () => answer(isDown ? 503 : 200));
    const down = await bench.addWebhook({ url: receiver.url("/down"), partition: 1 });
    const fine = await bench.addWebhook({ url: receiver.url("/fine"), partition: 1 });
    await start({ DISPATCHER_RETRY_WAITS_S: "0.5,0.5,3600" });
    await bench.deliver(down, range(1, 600));
    await bench.deliver(fine, range(1, 100));
    await receiver.waitFor((requests) => requests.length === 100, { path: "/fine" });
    // Everything is below the watermark while the endpoint has not answered once.
    await eventually(async () => (await committed(1)) === 700, { what: "the watermark at the end" });
    expect(await backlog()).toBe(600);
    await dispatcher?.close();
    isDown = false;
    // The next owner waits as long as the former one said, if it is not told otherwise: a change of the webhook is.
    await bench.store.db
      .collection("partitions")
      .updateMany({}, [{ $set: { lanes: { $arrayToObject: { $map: LANES_DUE_NOW } } } }]);
    await start();
    await receiver.waitFor((requests) => readSequence(requests).at(-1) === 600, { path: "/down" });
    const sequence = readSequence(receiver.requestsTo("/down"));
    const retries = sequence.filter((seq) => seq === 1).length;
    expect(sequence.slice(retries - 1)).toEqual(range(1, 600));
    expect(receiver.maxInFlight("/down")).toBe(1);
    await bench.deliver(down, [601]);
    await eventually(() => bench.settledOf(down).length === 601, { what: "601 results" });
    await eventually(async () => (await backlog()) === 0, { what: "an empty backlog" });
  });

  test("goes on with the attempts it has made, under its next owner", async () => {
    receiver.behave("/moved", failFirst(2));
    const webhook = await bench.addWebhook({ url: receiver.url("/moved"), partition: 2 });
    await start({ DISPATCHER_RETRY_WAITS_S: "0.2,5,5" });
    await bench.deliver(webhook, [1, 2]);
    const [, second] = await receiver.waitFor((requests) => requests.length === 2);
    await eventually(async () => (await backlog()) === 2, { what: "both parked" });
    await dispatcher?.close();
    await start({ DISPATCHER_RETRY_WAITS_S: "0.2,5,5" });
    const requests = await receiver.waitFor((all) => all.length === 4);
    expect(requests.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 1]);
    expect(readSequence(requests)).toEqual([1, 1, 1, 2]);
    // By the database's clock: neither the stop nor the start moved it.
    const waited = requests[2]!.arrivedAt - second!.arrivedAt;
    expect(waited).toBeGreaterThanOrEqual(5_000 - 100);
    expect(waited).toBeLessThan(8_000);
  });

  test("is sent no faster than its limit, and others are not slowed", async () => {
    const limited = await bench.addWebhook({
      url: receiver.url("/limited"),
      partition: 3,
      rateLimitPerSecond: 10,
    });
    const free = await bench.addWebhook({ url: receiver.url("/free"), partition: 3 });
    await start();
    await bench.deliver(limited, range(1, 12));
    await bench.deliver(free, range(1, 50));
    await receiver.waitFor((requests) => requests.length === 50, { path: "/free" });
    expect(receiver.requestsTo("/limited").length).toBeLessThan(12);
    const requests = await receiver.waitFor((all) => all.length === 12, { path: "/limited" });
    expect(readSequence(requests)).toEqual(range(1, 12));
    // Ten pauses of 100 ms, without the first, as that request had to connect.
    const tookMs = requests[11]!.arrivedAt - requests[1]!.arrivedAt;
    expect(tookMs).toBeGreaterThanOrEqual(950);
  });
});

describe("the healthy path", () => {
  test("costs no write to the database a delivery", async () => {
    receiver.behave("/healthy", always(200));
    const webhook = await bench.addWebhook({ url: receiver.url("/healthy"), partition: 4 });
    await start();
    await bench.deliver(webhook, [0]);
    await receiver.waitFor((requests) => requests.length === 1);
    await bench.store.db.db!.command({ profile: 2 });
    const since = performance.now();
    await bench.deliver(webhook, range(1, 1_000));
    await eventually(() => bench.settledOf(webhook).length === 1_001, { what: "1,001 results" });
    const seconds = (performance.now() - since) / 1_000;
    await bench.store.db.db!.command({ profile: 0 });
    const writes = await bench.store.db
      .collection("system.profile")
      .countDocuments({ op: { $in: ["insert", "update", "remove"] } });
    // Checkpoints renew the leases of 8 partitions, and the member beats: both by the clock, not by the delivery.
    expect(writes).toBeLessThan((seconds + 1) * (8 * 2.5 + 1));
    expect(writes).toBeLessThan(500);
  });
});

/** Every lane of a partition, due now. */
const LANES_DUE_NOW = {
  input: { $objectToArray: "$lanes" },
  in: { k: "$$this.k", v: { $mergeObjects: ["$$this.v", { nextAt: "$$NOW" }] } },
};
