import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { DisablePolicy } from "@hooklane/core";
import {
  always,
  answer,
  createTopics,
  dropTopics,
  eventually,
  readStackEnvironment,
  type Receiver,
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

interface Window {
  readonly errors: readonly { readonly webhookId: string; readonly deliveryId: string }[];
  readonly trips: readonly { readonly webhooks: readonly { webhookId: string; generation: number }[] }[];
}
const readWindow = async () =>
  (await bench.store.db
    .collection<{ _id: string }>("errorWindows")
    .findOne({ _id: bench.workspaceId })) as unknown as Window | null;

describe("the shared rule", () => {
  test("the 31st error trips it, and the webhook's very next request does not leave", async () => {
    receiver.behave("/failing", always(500));
    // One attempt an event, so that errors and requests are the same count.
    await bench.start({ DISPATCHER_RETRY_WAITS_S: "," });
    const webhook = await bench.addWebhook({ url: receiver.url("/failing") });
    await bench.deliver(webhook, range(1, 60));
    await eventually(() => bench.settledOf(webhook).length === 60, { what: "60 results" });
    expect(receiver.requests).toHaveLength(31);
    expect(bench.settledOf(webhook)).toEqual([
      ...Array<string>(31).fill("dead_letter"),
      ...Array<string>(29).fill("skipped"),
    ]);
    const window = await readWindow();
    expect(window?.trips).toMatchObject([{ webhooks: [{ webhookId: webhook._id, generation: 1 }] }]);
    expect(window?.errors).toEqual([]);
  });

  test("30 errors trip nothing", async () => {
    receiver.behave("/thirty", always(500));
    await bench.start({ DISPATCHER_RETRY_WAITS_S: "," });
    const webhook = await bench.addWebhook({ url: receiver.url("/thirty") });
    await bench.deliver(webhook, range(1, 30));
    await eventually(() => bench.settledOf(webhook).length === 30, { what: "30 results" });
    receiver.behave("/thirty", always(200));
    await bench.deliver(webhook, [31]);
    await receiver.waitFor((all) => all.length === 31);
    const { errors = [] } = (await readWindow()) ?? {};
    expect(errors).toHaveLength(30);
    // Each names what failed, for the people who are shown the quota.
    const logged = bench.results.flatMap(({ deliveries }) => deliveries.map(({ id }): string => id));
    expect(errors.map(({ deliveryId }) => deliveryId)).toEqual(logged.slice(0, 30));
  });

  test("retries count, and the one that trips it is settled as skipped", async () => {
    receiver.behave("/retried", always(500));
    await bench.start({ DISPATCHER_RETRY_WAITS_S: "0.05,0.05,0.05", DISPATCHER_RULE_ERRORS_MAX: "5" });
    const webhook = await bench.addWebhook({ url: receiver.url("/retried") });
    await bench.deliver(webhook, [1, 2, 3]);
    await eventually(() => bench.settledOf(webhook).length === 3, { what: "three results" });
    expect(receiver.requests).toHaveLength(6);
    expect(bench.settledOf(webhook)).toEqual(["dead_letter", "skipped", "skipped"]);
    const last = bench.results.findLast((result) => result.kind === "attempt");
    expect(last).toMatchObject({ number: 2, next: { kind: "skipped", reason: "auto_disabled" } });
  });

  test.each<DisablePolicy>(["last", "contributors", "all"])(
    "policy %s: what it names stands still, what it does not goes on",
    async (policy) => {
      await bench.putWorkspace(policy);
      receiver.behave("/a", always(500));
      receiver.behave("/b", always(500));
      await bench.start({ DISPATCHER_RETRY_WAITS_S: ",", DISPATCHER_RULE_ERRORS_MAX: "6" });
      const a = await bench.addWebhook({ url: receiver.url("/a") });
      const b = await bench.addWebhook({ url: receiver.url("/b") });
      const fine = await bench.addWebhook({ url: receiver.url("/fine") });
      await bench.deliver(fine, [0]);
      await bench.deliver(a, range(1, 6));
      await eventually(() => bench.settledOf(a).length === 6, { what: "six errors" });
      await bench.deliver(b, [7]);
      await eventually(() => bench.settledOf(b).length === 1, { what: "the error that trips" });
      for (const webhook of [a, b, fine]) await bench.deliver(webhook, [8]);
      await eventually(() => bench.settledOf(fine).length === 2);
      await eventually(() => bench.settledOf(a).length === 7 && bench.settledOf(b).length === 2);
      const isOff = (webhook: typeof a) => bench.settledOf(webhook).at(-1) === "skipped";
      expect({ a: isOff(a), b: isOff(b), fine: isOff(fine) }).toEqual({
        a: policy !== "last",
        b: true,
        fine: policy === "all",
      });
    },
  );

  test("after an activation old errors do not count, and it is sent to again", async () => {
    receiver.behave("/again", always(500));
    await bench.start({ DISPATCHER_RETRY_WAITS_S: ",", DISPATCHER_RULE_ERRORS_MAX: "3" });
    const webhook = await bench.addWebhook({ url: receiver.url("/again") });
    await bench.deliver(webhook, range(1, 6));
    await eventually(() => bench.settledOf(webhook).length === 6, { what: "six results" });
    expect(receiver.requests).toHaveLength(4);

    await bench.changeWebhook(webhook, { status: "auto_disabled" }, { generation: true });
    const active = await bench.changeWebhook(webhook, { status: "active" }, { generation: true });
    await bench.store.db
      .collection<{ _id: string }>("errorWindows")
      .updateOne({ _id: bench.workspaceId }, { $set: { [`since.${webhook._id}`]: active.generation } });
    await bench.deliver({ ...active, endpoint: webhook.endpoint }, range(7, 9));
    await receiver.waitFor((all) => all.length === 7);
    await eventually(() => bench.settledOf(webhook).length === 9, { what: "nine results" });
    receiver.behave("/again", always(200));
    await bench.deliver({ ...active, endpoint: webhook.endpoint }, [10]);
    await receiver.waitFor((all) => all.length === 8);
  });

  test("410 gives up at once, and nothing more of the webhook leaves", async () => {
    receiver.behave("/gone", () => answer(410));
    await bench.start();
    const webhook = await bench.addWebhook({ url: receiver.url("/gone") });
    await bench.deliver(webhook, [1, 2, 3]);
    await eventually(() => bench.settledOf(webhook).length === 3, { what: "three results" });
    expect(receiver.requests).toHaveLength(1);
    expect(bench.settledOf(webhook)).toEqual(["dead_letter", "skipped", "skipped"]);
    expect(bench.results[0]).toMatchObject({
      statusCode: 410,
      next: { kind: "dead_letter", reason: "gone" },
    });
    expect((await readWindow())?.errors).toHaveLength(1);
  });

  test("errors of two dispatchers count together, and a trip reaches the other within a second", async () => {
    receiver.behave("/left", always(500));
    receiver.behave("/right", always(500));
    const env = { DISPATCHER_RETRY_WAITS_S: ",", DISPATCHER_RULE_ERRORS_MAX: "9" };
    await bench.putWorkspace("contributors");
    await Promise.all([bench.start(env), bench.start(env)]);
    const owners = await eventually(async () => {
      const found = (await bench.store.db.collection("partitions").find().toArray()) as unknown as {
        partition: number;
        owner: string | null;
      }[];
      const ids = [...new Set(found.map(({ owner }) => owner))];
      return (
        ids.length === 2 && !ids.includes(null) && ids.map((id) => found.filter(({ owner }) => owner === id))
      );
    });
    const left = await bench.addWebhook({ url: receiver.url("/left"), partition: owners[0]![0]!.partition });
    const right = await bench.addWebhook({
      url: receiver.url("/right"),
      partition: owners[1]![0]!.partition,
    });
    await bench.deliver(left, range(1, 5));
    await eventually(() => bench.settledOf(left).length === 5);
    await bench.deliver(right, range(6, 10));
    await eventually(() => bench.settledOf(right).length === 5);
    expect(receiver.requests).toHaveLength(10);
    await eventually(
      async () => {
        await bench.deliver(left, [11]);
        return bench.settledOf(left).at(-1) === "skipped";
      },
      { deadlineMs: 5_000, intervalMs: 200 },
    );
    expect(receiver.requestsTo("/left").length).toBeLessThanOrEqual(10);
  });

  test("a fault of our own side counts for nothing and uses up no attempt", async () => {
    await bench.start({ DISPATCHER_RETRY_WAITS_S: "," });
    // 20 and more origins, more than half of them dead at once: our way out is in doubt, not they.
    const dead = await startReceiver();
    const { port } = dead;
    await dead.close();
    const webhooks = await Promise.all(
      range(1, 30).map((n) => bench.addWebhook({ url: `http://127.0.9.${n}:${port}/x` })),
    );
    for (const webhook of webhooks) await bench.deliver(webhook, [1]);
    await eventually(async () => (await readWindow()) !== null);
    // The first few are taken for the receivers' fault, until 20 are known.
    const counted = await eventually(() => {
      const settled = webhooks.flatMap((webhook) => bench.settledOf(webhook));
      return settled.length > 0 && settled;
    });
    expect(counted.length).toBeLessThan(30);
    expect((await readWindow())!.trips).toEqual([]);
  });
});
