import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import {
  always,
  answer,
  createTopics,
  dropTopics,
  eventually,
  failFirst,
  hang,
  ok,
  readSequence,
  readStackEnvironment,
  type Receiver,
  slow,
  startReceiver,
} from "@hooklane/testing";
import { Webhook } from "standardwebhooks";
import { DispatcherBench } from "./testing/dispatcher-bench.js";

jest.setTimeout(120_000);

let bench: DispatcherBench;
let receiver: Receiver;

beforeAll(async () => {
  bench = await DispatcherBench.open(readStackEnvironment(), createTopics);
  await bench.start({
    DISPATCHER_REQUEST_TIMEOUT_MS: "1000",
    // The rule has tests of its own.
    DISPATCHER_RULE_ERRORS_MAX: "1000",
  });
});
afterAll(() => bench.close(dropTopics));
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("delivering", () => {
  test("events of an endpoint arrive in order, one at a time, each once", async () => {
    const webhook = await bench.addWebhook({ url: receiver.url("/a") });
    await bench.deliver(webhook, range(1, 200));
    await receiver.waitFor((requests) => requests.length >= 200);
    await eventually(() => bench.settledOf(webhook).length === 200, { what: "200 results" });
    expect(readSequence(receiver.requests)).toEqual(range(1, 200));
    expect(receiver.maxInFlight("/a")).toBe(1);
    expect(new Set(bench.settledOf(webhook))).toEqual(new Set(["delivered"]));
  });

  test("an endpoint that hangs delays no other of its partition", async () => {
    receiver.behave("/hangs", hang);
    const stuck = await bench.addWebhook({ url: receiver.url("/hangs"), partition: 1 });
    const fine = await bench.addWebhook({ url: receiver.url("/fine"), partition: 1 });
    await bench.deliver(stuck, range(1, 5));
    await receiver.waitFor((requests) => requests.length === 1, { path: "/hangs" });
    const from = performance.now();
    await bench.deliver(fine, range(1, 100));
    await receiver.waitFor((requests) => requests.length === 100, { path: "/fine" });
    // Behind the five, each made four times with a time limit of a second, it would take half a minute.
    expect(performance.now() - from).toBeLessThan(15_000);
    expect(readSequence(receiver.requestsTo("/fine"))).toEqual(range(1, 100));
    expect(receiver.requestsTo("/hangs").length).toBeLessThan(20);
  });

  test("a failure is retried by the schedule, counted from the start of the attempt before, and the next waits", async () => {
    receiver.behave("/retried", failFirst(3));
    const webhook = await bench.addWebhook({ url: receiver.url("/retried") });
    await bench.deliver(webhook, [1, 2]);
    const requests = await receiver.waitFor((all) => all.length === 5);
    expect(readSequence(requests)).toEqual([1, 1, 1, 1, 2]);
    expect(requests.map((request) => request.attempt)).toEqual([1, 2, 3, 4, 1]);
    expect(new Set(requests.slice(0, 4).map((request) => request.webhookId)).size).toBe(1);
    await eventually(() => bench.settledOf(webhook).length === 2, { what: "two results" });
    // As the dispatcher began them: on its way a request may be held up, the first by connecting. How late they may be
    // is measured by a benchmark (S4); that none is early holds on any machine.
    const starts = bench.results
      .filter((result) => result.kind === "attempt" && result.webhookId === webhook._id)
      .map((result) => (result.kind === "attempt" ? result.startedAt : 0));
    const waits = [0, 1, 2].map((i) => starts[i + 1]! - starts[i]!);
    for (const [index, wait] of [300, 600, 900].entries())
      expect(waits[index]).toBeGreaterThanOrEqual(wait - 1);
  });

  test("what fails four times becomes a dead letter, and the next goes", async () => {
    receiver.behave("/dead", failFirst(4));
    const webhook = await bench.addWebhook({ url: receiver.url("/dead") });
    await bench.deliver(webhook, [1, 2]);
    await receiver.waitFor((all) => all.length === 5);
    await eventually(() => bench.settledOf(webhook).length === 2, { what: "two results" });
    expect(bench.settledOf(webhook)).toEqual(["dead_letter", "delivered"]);
    const attempts = bench.results.filter(({ webhookId }) => webhookId === webhook._id);
    expect(attempts.map((result) => (result.kind === "attempt" ? result.next.kind : result.kind))).toEqual([
      "retrying",
      "retrying",
      "retrying",
      "dead_letter",
      "delivered",
    ]);
  });

  test("a request without an answer ends at the time limit and is a timeout", async () => {
    receiver.behave("/slow", slow(5_000));
    const webhook = await bench.addWebhook({ url: receiver.url("/slow") });
    await bench.deliver(webhook, [1]);
    const result = await eventually(() => bench.results.find(({ webhookId }) => webhookId === webhook._id));
    expect(result).toMatchObject({ kind: "attempt", error: "timeout", next: { kind: "retrying" } });
    const { durationMs } = result as { durationMs: number };
    expect(durationMs).toBeGreaterThanOrEqual(990);
    expect(durationMs).toBeLessThan(1_500);
  });

  test("a batch is an array of the events' own bytes; a lone event is still an array", async () => {
    const webhook = await bench.addWebhook({
      url: receiver.url("/batched"),
      batching: { maxEvents: 10, maxWaitSeconds: 1 },
    });
    await bench.deliver(webhook, range(1, 25), { data: { text: "é \u2028 😀", big: 1e21 } });
    const requests = await receiver.waitFor((all) => all.length === 3);
    const bodies = requests.map((request) => JSON.parse(request.body.toString()) as unknown[]);
    expect(bodies.map((body) => body.length)).toEqual([10, 10, 5]);
    expect(readSequence(requests)).toEqual(range(1, 25));
    await bench.deliver(webhook, [26]);
    const lone = (await receiver.waitFor((all) => all.length === 4))[3]!;
    expect(JSON.parse(lone.body.toString())).toHaveLength(1);
  });

  test("a batch that fails is sent again whole and unchanged", async () => {
    receiver.behave("/batch-fails", failFirst(1));
    const webhook = await bench.addWebhook({
      url: receiver.url("/batch-fails"),
      batching: { maxEvents: 3, maxWaitSeconds: 1 },
    });
    await bench.deliver(webhook, [1, 2, 3]);
    await receiver.waitFor((all) => all.length === 1);
    await bench.deliver(webhook, [4, 5, 6]);
    const [first, second, third] = await receiver.waitFor((all) => all.length === 3);
    expect(second!.body.equals(first!.body)).toBe(true);
    expect(second!.webhookId).toBe(first!.webhookId);
    expect(readSequence([third!])).toEqual([4, 5, 6]);
    expect(third!.webhookId).not.toBe(first!.webhookId);
  });

  test("several webhooks of one endpoint share its line", async () => {
    const one = await bench.addWebhook({ url: receiver.url("/shared") });
    const other = await bench.addWebhook({ url: receiver.url("/shared"), endpoint: one.endpoint });
    for (const seq of range(1, 20)) await bench.deliver(seq % 2 === 0 ? one : other, [seq]);
    await receiver.waitFor((all) => all.length === 20);
    expect(readSequence(receiver.requests)).toEqual(range(1, 20));
    expect(receiver.maxInFlight("/shared")).toBe(1);
  });

  test("the signature covers the exact bytes, by every secret that has not expired", async () => {
    const secret = () =>
      `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64")}`;
    const [current, rotated, expired] = [secret(), secret(), secret()];
    const createdAt = new Date();
    const webhook = await bench.addWebhook({
      url: receiver.url("/signed"),
      secrets: [
        { value: current, createdAt },
        { value: rotated, createdAt, expiresAt: new Date(Date.now() + 60_000) },
        { value: expired, createdAt, expiresAt: new Date(Date.now() - 1) },
      ],
    });
    await bench.deliver(webhook, [1], { data: { text: "é 😀" } });
    const [request] = await receiver.waitFor((all) => all.length === 1);
    const headers = { ...request!.headers };
    for (const value of [current, rotated]) {
      expect(() => new Webhook(value).verify(request!.body, headers)).not.toThrow();
    }
    expect(() => new Webhook(expired).verify(request!.body, headers)).toThrow();
    expect(headers["webhook-signature"]?.split(" ")).toHaveLength(2);
  });

  test("the webhook's own headers, HTTP Basic and content type are sent", async () => {
    const webhook = await bench.addWebhook({
      url: receiver.url("/headers?x=%20a&b"),
      headers: { "X-Team": "growth", authorization: "overridden" },
      auth: { type: "basic", username: "léa", password: "p:w" },
    });
    await bench.deliver(webhook, [1]);
    const [request] = await receiver.waitFor((all) => all.length === 1);
    expect(request!.path).toBe("/headers?x=%20a&b");
    expect(request!.headers).toMatchObject({
      "x-team": "growth",
      authorization: `Basic ${Buffer.from("léa:p:w").toString("base64")}`,
      "content-type": "application/json",
      "content-length": String(request!.body.length),
      "webhook-attempt": "1",
    });
    expect(request!.headers["user-agent"]).toMatch(/^Hooklane\/\d/);
  });

  test.each(["application/x-www-form-urlencoded", "multipart/form-data"] as const)(
    "%s carries the event's fields, and a retry is the same bytes",
    async (contentType) => {
      receiver.behave("/form", failFirst(1));
      const webhook = await bench.addWebhook({ url: receiver.url("/form"), contentType });
      await bench.deliver(webhook, [1], { data: { text: "é&=😀", exact: "1.0" } });
      const [first, second] = await receiver.waitFor((all) => all.length === 2);
      expect(second!.body.equals(first!.body)).toBe(true);
      const sent = new Response(new Uint8Array(first!.body), {
        headers: { "content-type": first!.headers["content-type"]! },
      });
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- a reader that is not ours, and trusted input
      const form = await sent.formData();
      expect([...form.keys()]).toEqual(["id", "type", "timestamp", "source", "data"]);
      const data = form.get("data");
      const text = typeof data === "string" ? data : await (data as unknown as Blob).text();
      expect(JSON.parse(text)).toEqual({ seq: 1, text: "é&=😀", exact: "1.0" });
    },
  );

  test("a redirect is a failure and not followed", async () => {
    receiver.behave("/moved", () => answer(307, { headers: { location: receiver.url("/elsewhere") } }));
    const webhook = await bench.addWebhook({ url: receiver.url("/moved") });
    await bench.deliver(webhook, [1]);
    await eventually(() => bench.settledOf(webhook).length === 1, { what: "a dead letter" });
    expect(receiver.requestsTo("/elsewhere")).toHaveLength(0);
    expect(bench.results.find(({ webhookId }) => webhookId === webhook._id)).toMatchObject({
      error: "status",
      statusCode: 307,
    });
  });

  test("with success status 200 a 204 is a failure", async () => {
    receiver.behave("/strict", always(204));
    const webhook = await bench.addWebhook({ url: receiver.url("/strict"), successStatus: "200" });
    await bench.deliver(webhook, [1]);
    await eventually(() => bench.settledOf(webhook).length === 1, { what: "a dead letter" });
    expect(bench.settledOf(webhook)).toEqual(["dead_letter"]);
  });

  test("the beginning of the answer is kept, however long it is", async () => {
    receiver.behave("/chatty", () => answer(500, { body: "é".repeat(200_000) }));
    const webhook = await bench.addWebhook({ url: receiver.url("/chatty") });
    await bench.deliver(webhook, [1]);
    await eventually(() => bench.settledOf(webhook).length === 1, { what: "a dead letter" });
    const attempts = bench.results.filter(({ webhookId }) => webhookId === webhook._id);
    expect(attempts).toHaveLength(4);
    for (const result of attempts)
      expect((result as { responseHead?: string }).responseHead).toBe("é".repeat(512));
  });

  test("a reused connection that was cut is replaced without using up an attempt", async () => {
    // Cuts the connection on its second request, as a server does that has just given up an idle one.
    const seen = new Set<string>();
    receiver.behave("/cuts", (request, nth) => {
      if (nth === 2 && !seen.has(request.webhookId)) {
        seen.add(request.webhookId);
        return { kind: "reset" };
      }
      return answer(200);
    });
    const webhook = await bench.addWebhook({ url: receiver.url("/cuts") });
    await bench.deliver(webhook, [1, 2, 3]);
    const requests = await receiver.waitFor((all) => all.length === 4);
    expect(readSequence(requests)).toEqual([1, 2, 2, 3]);
    expect(requests.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1]);
    await eventually(() => bench.settledOf(webhook).length === 3, { what: "three results" });
    expect(bench.settledOf(webhook)).toEqual(["delivered", "delivered", "delivered"]);
  });

  test("a connection refused is the receiver's fault and is retried", async () => {
    const gone = await startReceiver();
    const url = gone.url("/gone");
    await gone.close();
    const webhook = await bench.addWebhook({ url });
    await bench.deliver(webhook, [1]);
    await eventually(() => bench.settledOf(webhook).length === 1, { what: "a dead letter" });
    expect(bench.results.filter(({ webhookId }) => webhookId === webhook._id)).toHaveLength(4);
    expect(bench.results.find(({ webhookId }) => webhookId === webhook._id)).toMatchObject({
      error: "connection_refused",
    });
  });
});

describe("what is not sent", () => {
  test("nothing goes to an inactive webhook, and it is logged as skipped", async () => {
    const webhook = await bench.addWebhook({ url: receiver.url("/off"), status: "inactive" });
    await bench.deliver(webhook, [1, 2, 3]);
    await eventually(() => bench.settledOf(webhook).length === 3, { what: "three results" });
    expect(bench.settledOf(webhook)).toEqual(["skipped", "skipped", "skipped"]);
    expect(receiver.requests).toHaveLength(0);
  });

  test("a webhook switched off while it is retried is skipped at once, and its line goes on", async () => {
    receiver.behave("/shared-off", (request) => answer(request.headers["x-bad"] === "1" ? 500 : 200));
    const bad = await bench.addWebhook({ url: receiver.url("/shared-off"), headers: { "x-bad": "1" } });
    const good = await bench.addWebhook({ url: receiver.url("/shared-off"), endpoint: bad.endpoint });
    await bench.deliver(bad, [1]);
    await bench.deliver(good, [2]);
    await receiver.waitFor((all) => all.length >= 1);
    await bench.changeWebhook(bad, { status: "inactive" }, { generation: true });
    await eventually(() => bench.settledOf(good).length === 1, { what: "the other webhook's result" });
    expect(bench.settledOf(bad)).toEqual(["skipped"]);
  });

  test("what is queued of a deleted webhook is cancelled", async () => {
    receiver.behave("/deleted", hang);
    const webhook = await bench.addWebhook({ url: receiver.url("/deleted") });
    await bench.deliver(webhook, [1, 2, 3]);
    await receiver.waitFor((all) => all.length === 1);
    await bench.changeWebhook(webhook, { deletedAt: new Date() });
    await eventually(() => bench.settledOf(webhook).length === 3, { what: "three results" });
    expect(bench.settledOf(webhook)).toEqual(["cancelled", "cancelled", "cancelled"]);
  });

  test("a delivery newer than our copy waits for it, and is sent with the new configuration", async () => {
    const webhook = await bench.addWebhook({ url: receiver.url("/changed"), status: "inactive" });
    const changed = await bench.changeWebhook(
      webhook,
      { status: "active", headers: { "x-version": "2" } },
      { generation: true },
    );
    await bench.deliver({ ...changed, endpoint: webhook.endpoint }, [1]);
    const [request] = await receiver.waitFor((all) => all.length === 1);
    expect(request!.headers["x-version"]).toBe("2");
  });

  test("a delivery of a webhook nobody knows yet holds only its own line", async () => {
    const known = await bench.addWebhook({ url: receiver.url("/known"), partition: 2 });
    const unknown = { ...known, _id: "wh_unknown" as typeof known._id };
    const line = { ...known.endpoint, _id: "ep_unknown" as typeof known.endpoint._id };
    await bench.deliver({ ...unknown, endpointId: line._id, endpoint: line }, [1]);
    await bench.deliver(known, [2]);
    await receiver.waitFor((all) => all.length === 1);
    expect(readSequence(receiver.requests)).toEqual([2]);
  });

  test("a record nobody can read is kept aside, and the partition goes on", async () => {
    const webhook = await bench.addWebhook({ url: receiver.url("/after-garbage"), partition: 3 });
    await bench.produceRaw(3, "{}", { meta: "not json" });
    await bench.deliver(webhook, [1]);
    await receiver.waitFor((all) => all.length === 1);
    await eventually(async () => {
      const stored = await bench.store.db.collection("partitions").findOne({ partition: 3 });
      return (stored as unknown as { committed: number }).committed === 2;
    });
  });

  test.each([
    "http://10.0.0.1/x",
    "http://169.254.169.254/latest/meta-data",
    "http://[::1]:9/x",
    "http://[::ffff:10.0.0.1]/x",
    "http://0.0.0.0:9/x",
    "http://[::ffff:a9fe:a9fe]/x",
  ])("nothing is sent to %s", async (url) => {
    const webhook = await bench.addWebhook({ url });
    await bench.deliver(webhook, [1]);
    const result = await eventually(() => bench.results.find(({ webhookId }) => webhookId === webhook._id));
    expect(result).toMatchObject({ kind: "attempt", error: "destination_refused" });
  });

  test("a name that resolves to a refused address is refused at connect time", async () => {
    const strict = await DispatcherBench.open(readStackEnvironment(), createTopics);
    try {
      await strict.start({ HOOKLANE_DESTINATION_ALLOW: "10.9.9.9/32" });
      receiver.behave("/local", ok);
      for (const host of ["127.0.0.1", "0x7f.1", "2130706433", "localhost", "localhost."]) {
        const webhook = await strict.addWebhook({ url: `http://${host}:${receiver.port}/local` });
        await strict.deliver(webhook, [1]);
        const result = await eventually(() =>
          strict.results.find(({ webhookId }) => webhookId === webhook._id),
        );
        expect(result).toMatchObject({ kind: "attempt", error: "destination_refused" });
      }
      expect(receiver.requests).toHaveLength(0);
    } finally {
      await strict.close(dropTopics);
    }
  });
});
