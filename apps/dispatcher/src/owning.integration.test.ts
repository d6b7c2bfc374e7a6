import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import {
  createTopics,
  dropTopics,
  eventually,
  failFirst,
  hang,
  readSequence,
  readStackEnvironment,
  type Receiver,
  slow,
  startReceiver,
} from "@hooklane/testing";
import { DispatcherBench } from "./testing/dispatcher-bench.js";

jest.setTimeout(30_000);

let bench: DispatcherBench;
let receiver: Receiver;

beforeEach(async () => {
  bench = await DispatcherBench.open(readStackEnvironment(), createTopics);
  receiver = await startReceiver();
});
afterEach(async () => {
  await bench.close(dropTopics);
  await receiver.close();
});

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

interface Stored {
  readonly partition: number;
  readonly owner: string | null;
  readonly released: boolean;
  readonly epoch: number;
  readonly committed: number;
}
const readPartitions = async () =>
  (await bench.store.db
    .collection("partitions")
    .find()
    .sort({ partition: 1 })
    .toArray()) as unknown as Stored[];

describe("owning partitions", () => {
  test("a graceful stop in mid-stream loses nothing and repeats nothing", async () => {
    receiver.behave("/a", slow(2));
    receiver.behave("/b", slow(2));
    const a = await bench.addWebhook({ url: receiver.url("/a") });
    const b = await bench.addWebhook({ url: receiver.url("/b"), partition: 1 });
    const first = await bench.start();
    await bench.deliver(a, range(1, 400));
    await bench.deliver(b, range(1, 400));
    await receiver.waitFor((all) => all.length >= 100);
    await first.close();
    const sent = receiver.requests.length;
    expect(sent).toBeLessThan(800);
    expect((await readPartitions()).every(({ released }) => released)).toBe(true);
    await bench.start();
    await receiver.waitFor((all) => all.length >= 800);
    await eventually(() => bench.settledOf(a).length + bench.settledOf(b).length >= 800);
    expect(readSequence(receiver.requestsTo("/a"))).toEqual(range(1, 400));
    expect(readSequence(receiver.requestsTo("/b"))).toEqual(range(1, 400));
    expect(bench.settledOf(a)).toHaveLength(400);
    expect(bench.settledOf(b)).toHaveLength(400);
  });

  test("a stop with a request that hangs ends within its limit, and the event is sent again", async () => {
    receiver.behave("/hangs", (request, nth) =>
      nth === 1 ? hang(request, nth) : failFirst(0)(request, nth),
    );
    const webhook = await bench.addWebhook({ url: receiver.url("/hangs") });
    const first = await bench.start();
    await bench.deliver(webhook, [1]);
    await receiver.waitFor((all) => all.length === 1);
    const from = performance.now();
    await first.close();
    expect(performance.now() - from).toBeLessThan(9_000);
    await bench.start();
    await receiver.waitFor((all) => all.length === 2);
    expect(readSequence(receiver.requests)).toEqual([1, 1]);
  });

  test("what was read ahead and what is retried is read again by the next owner", async () => {
    receiver.behave("/failing", failFirst(2));
    const failing = await bench.addWebhook({ url: receiver.url("/failing") });
    const fine = await bench.addWebhook({ url: receiver.url("/fine") });
    const first = await bench.start({ DISPATCHER_RETRY_WAITS_S: "60,60,60" });
    await bench.deliver(failing, [1, 2, 3]);
    await bench.deliver(fine, range(1, 50));
    await eventually(() => bench.settledOf(fine).length === 50, { what: "50 results" });
    await first.close();
    // The retried lane holds the watermark; what was done above it is remembered.
    expect((await readPartitions())[0]!.committed).toBe(0);
    await bench.start({ DISPATCHER_RETRY_WAITS_S: "0.1,0.1,0.1" });
    await eventually(() => bench.settledOf(failing).length === 3, { what: "three results" });
    expect(readSequence(receiver.requestsTo("/failing"))).toEqual([1, 1, 1, 2, 3]);
    expect(receiver.requestsTo("/fine")).toHaveLength(50);
    await eventually(async () => (await readPartitions())[0]!.committed === 53);
  });

  test("a fenced dispatcher drops the partition; nothing is lost and order stays", async () => {
    receiver.behave("/fenced", slow(3));
    const webhook = await bench.addWebhook({ url: receiver.url("/fenced") });
    await bench.start();
    await bench.deliver(webhook, range(1, 600));
    await receiver.waitFor((all) => all.length >= 50);
    // As another dispatcher's claim and release would.
    await bench.store.db
      .collection("partitions")
      .updateOne({ partition: 0 }, { $inc: { epoch: 1 }, $set: { owner: "other", released: true, ver: 0 } });
    await receiver.waitFor((all) => new Set(readSequence(all)).size === 600, { deadlineMs: 60_000 });
    const sequence = readSequence(receiver.requests) as number[];
    // Repeats begin again at one place; between them the order holds.
    const breaks = sequence.filter((seq, index) => index > 0 && seq !== sequence[index - 1]! + 1);
    expect(breaks.length).toBeLessThanOrEqual(1);
    expect(sequence.length).toBeLessThan(1_200);
    expect(receiver.maxInFlight("/fenced")).toBeLessThanOrEqual(2);
  });

  test("two dispatchers share the partitions, and what one leaves the other takes", async () => {
    const [one] = await Promise.all([bench.start(), bench.start()]);
    await eventually(async () => {
      const owners = (await readPartitions()).map(({ owner }) => owner);
      return new Set(owners).size === 2 && owners.filter((owner) => owner === owners[0]).length === 4;
    });
    const webhooks = await Promise.all(
      range(0, 7).map((partition) => bench.addWebhook({ url: receiver.url(`/p${partition}`), partition })),
    );
    for (const webhook of webhooks) await bench.deliver(webhook, range(1, 20));
    await receiver.waitFor((all) => all.length === 160);
    await one.close();
    for (const webhook of webhooks) await bench.deliver(webhook, range(21, 40));
    await receiver.waitFor((all) => all.length === 320);
    for (const partition of range(0, 7))
      expect(readSequence(receiver.requestsTo(`/p${partition}`))).toEqual(range(1, 40));
  });

  test("a fan-out that was produced twice is delivered once", async () => {
    const webhook = await bench.addWebhook({ url: receiver.url("/twice") });
    await bench.start();
    await bench.deliverRepeated(webhook, range(1, 10));
    await bench.deliver(webhook, [11]);
    await receiver.waitFor((all) => all.length === 11);
    expect(readSequence(receiver.requests)).toEqual(range(1, 11));
  });

  test("ready means joined, claiming and with a configuration", async () => {
    const dispatcher = await bench.start();
    await eventually(async () => (await dispatcher.readiness.report()).ready);
    expect(Object.keys((await dispatcher.readiness.report()).dependencies).sort()).toEqual([
      "configuration",
      "kafka",
      "mongodb",
      "service",
    ]);
    const text = await dispatcher.metricsText();
    expect(text).toContain("hooklane_partitions_owned{");
    expect(text).toMatch(/hooklane_lanes\{.*state="retrying".*\} 0/);
  });
});
