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
  readonly logEpoch: number;
  readonly committed: number;
  readonly seen: readonly [offset: number, identity: string] | null;
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
    const first = await bench.start({ DISPATCHER_RETRY_WAITS_S: "5,5,5" });
    await bench.deliver(failing, [1, 2, 3]);
    await bench.deliver(fine, range(1, 50));
    await eventually(() => bench.settledOf(fine).length === 50, { what: "50 results" });
    // The retried lane is in the backlog and in the checkpoint: it holds nothing back.
    await eventually(async () => (await readPartitions())[0]!.committed === 53, {
      what: "the watermark at the end",
    });
    await first.close();
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

  test("a log that was made anew is seen at the claim, though it is as long as the old one, and read from its beginning", async () => {
    const webhook = await bench.addWebhook({ url: receiver.url("/anew") });
    const first = await bench.start();
    await bench.deliver(webhook, range(1, 20));
    await receiver.waitFor((all) => all.length === 20);
    await eventually(async () => (await readPartitions())[0]!.committed === 20);
    await first.close();
    const { seen } = (await readPartitions())[0]!;
    expect(seen).toEqual([19, expect.stringMatching(/^\d+:[0-9a-f]+$/)]);
    await bench.replaceDeliveries();
    await bench.deliver(webhook, range(21, 50));
    await bench.start();
    await receiver.waitFor((all) => all.length === 50);
    expect(readSequence(receiver.requests)).toEqual(range(1, 50));
    await eventually(async () => (await readPartitions())[0]!.committed === 30);
    expect((await readPartitions())[0]).toMatchObject({ logEpoch: 1 });
    expect((await readPartitions())[0]!.seen![1]).not.toBe(seen![1]);
  });

  test("a log that is the same is read on from the checkpoint, in the same log epoch", async () => {
    const webhook = await bench.addWebhook({ url: receiver.url("/same") });
    for (const [from, to] of [
      [1, 10],
      [11, 20],
      [21, 30],
    ] as const) {
      const dispatcher = await bench.start();
      await bench.deliver(webhook, range(from, to));
      await receiver.waitFor((all) => all.length === to);
      await dispatcher.close();
    }
    expect(readSequence(receiver.requests)).toEqual(range(1, 30));
    expect((await readPartitions())[0]).toMatchObject({ logEpoch: 0, committed: 30, epoch: 3 });
  });

  test("a partition whose document is of a newer version is left alone, and the others go on", async () => {
    const first = await bench.start();
    await eventually(async () => (await readPartitions()).every(({ epoch }) => epoch === 1));
    await first.close();
    const partitions = bench.store.db.collection("partitions");
    await partitions.updateOne({ partition: 0 }, { $set: { v: 1_000, lanes: "of another shape" } });
    const webhook = await bench.addWebhook({ url: receiver.url("/others"), partition: 1 });
    const dispatcher = await bench.start();
    await bench.deliver(webhook, [1]);
    await receiver.waitFor((all) => all.length === 1);
    await dispatcher.close();
    const stored = await readPartitions();
    expect(stored.map(({ epoch }) => epoch)).toEqual([1, 2, 2, 2, 2, 2, 2, 2]);
    expect(await partitions.findOne({ partition: 0 })).toMatchObject({ lanes: "of another shape" });
  });

  test("partitions added while it runs get their documents and are read from the first record, without a restart", async () => {
    const moved = await bench.addWebhook({ url: receiver.url("/moved"), partition: 0 });
    await bench.start();
    await bench.deliver(moved, range(1, 10));
    await receiver.waitFor((all) => all.length === 10);
    await bench.growDeliveries(10);
    // Nobody has a document for it when the first records are written.
    const added = await bench.addWebhook({ url: receiver.url("/added"), partition: 9 });
    await bench.deliver(added, range(1, 10));
    await bench.deliver(moved, range(11, 20));
    await receiver.waitFor((all) => all.length === 30);
    expect(readSequence(receiver.requestsTo("/added"))).toEqual(range(1, 10));
    expect(readSequence(receiver.requestsTo("/moved"))).toEqual(range(1, 20));
    const stored = await readPartitions();
    expect(stored.map(({ partition }) => partition)).toEqual(range(0, 9));
    // None was given away and taken back for it.
    expect(stored.map(({ epoch }) => epoch)).toEqual(stored.map(() => 1));
  });

  test("documents of partitions the topic does not have are left alone until it has them", async () => {
    await bench.makeDocuments(10);
    const added = await bench.addWebhook({ url: receiver.url("/early"), partition: 8 });
    const here = await bench.addWebhook({ url: receiver.url("/here"), partition: 1 });
    await bench.start();
    // Several looks at the partitions, each of which could have claimed them.
    for (const seq of range(1, 3)) {
      await bench.deliver(here, [seq]);
      await receiver.waitFor((all) => all.length === seq);
      await eventually(async () => (await readPartitions())[1]!.committed === seq);
    }
    expect((await readPartitions()).slice(8).map(({ epoch }) => epoch)).toEqual([0, 0]);
    await bench.growDeliveries(10);
    await bench.deliver(added, range(1, 5));
    await receiver.waitFor((all) => all.length === 8);
    expect(readSequence(receiver.requestsTo("/early"))).toEqual(range(1, 5));
  });

  test("ready means joined, claiming and with a configuration", async () => {
    const dispatcher = await bench.start();
    await eventually(async () => (await dispatcher.readiness.report()).ready);
    expect(Object.keys((await dispatcher.readiness.report()).dependencies).sort()).toEqual([
      "configuration",
      "kafka",
      "mongodb",
      "secret_keys",
      "service",
    ]);
    const text = await dispatcher.metricsText();
    expect(text).toContain("hooklane_partitions_owned{");
    expect(text).toMatch(/hooklane_lanes\{.*state="retrying".*\} 0/);
  });
});
