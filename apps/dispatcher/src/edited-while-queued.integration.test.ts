import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import {
  answer,
  createTopics,
  dropTopics,
  eventually,
  failFirst,
  readSequence,
  readStackEnvironment,
  type ReceivedRequest,
  type Receiver,
  startReceiver,
} from "@hooklane/testing";
import type { WebhookDocument } from "@hooklane/store";
import { Webhook } from "standardwebhooks";
import { DispatcherBench } from "./testing/dispatcher-bench.js";

jest.setTimeout(120_000);

let bench: DispatcherBench;
let receiver: Receiver;

beforeAll(async () => {
  bench = await DispatcherBench.open(readStackEnvironment(), createTopics);
  // A change is in effect in a running line within a second: before the first retry.
  await bench.start({ DISPATCHER_RETRY_WAITS_S: "1.5,1,1", DISPATCHER_RULE_ERRORS_MAX: "1000" });
});
afterAll(() => bench.close(dropTopics));
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const secret = () => `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64")}`;
const textOf = ({ body }: ReceivedRequest) => body.toString();

/** Events 1, 2 and 3 stand in line, and the first attempt has failed, when the webhook is changed. */
async function editWhileQueued(
  before: Partial<WebhookDocument>,
  edit: Partial<WebhookDocument>,
  requests: number,
): Promise<{ readonly webhook: WebhookDocument; readonly seen: readonly ReceivedRequest[] }> {
  const path = `/edited/${crypto.randomUUID()}`;
  receiver.behave(path, failFirst(1));
  const webhook = await bench.addWebhook({ url: receiver.url(path), ...before });
  await bench.deliver(webhook, [1, 2, 3]);
  await receiver.waitFor((all) => all.length === 1, { path });
  await bench.changeWebhook(webhook, edit);
  const seen = await receiver.waitFor((all) => all.length === requests, { path });
  await eventually(() => bench.settledOf(webhook).length === 3, { what: "three results" });
  expect(bench.settledOf(webhook)).toEqual(["delivered", "delivered", "delivered"]);
  return { webhook, seen };
}

/** The same delivery as before, not another one. */
function expectRetry([failed, retried]: readonly ReceivedRequest[]): void {
  expect(retried!.webhookId).toBe(failed!.webhookId);
  expect([failed!.attempt, retried!.attempt]).toEqual([1, 2]);
}

describe("a webhook that is edited while its queue drains", () => {
  test("headers and authentication: from the next attempt on, retries too", async () => {
    const edit = {
      headers: { "x-new": "1" },
      auth: { type: "basic", username: "u", password: "p" } as const,
    };
    const { seen } = await editWhileQueued({ headers: { "x-old": "1" } }, edit, 4);
    expectRetry(seen);
    expect(readSequence(seen)).toEqual([1, 1, 2, 3]);
    for (const { headers } of seen.slice(1)) {
      expect([headers["x-old"], headers["x-new"]]).toEqual([undefined, "1"]);
      expect(headers.authorization).toBe(`Basic ${Buffer.from("u:p").toString("base64")}`);
    }
  });

  test("body and content type: from the next attempt on, retries too, under the same webhook-id", async () => {
    const edit = {
      contentType: "application/x-www-form-urlencoded",
      body: [{ name: "seq", value: "{{ data.seq }}" }],
    } as const;
    const { seen } = await editWhileQueued({}, edit, 4);
    expectRetry(seen);
    expect(seen.slice(1).map(textOf)).toEqual(["seq=1", "seq=2", "seq=3"]);
    for (const { headers } of seen.slice(1)) expect(headers["content-type"]).toMatch(/^application\/x-www/);
  });

  test("signing secrets: what is queued is signed with those of the moment it is sent", async () => {
    const [before, after] = [secret(), secret()];
    const createdAt = new Date();
    const { seen } = await editWhileQueued(
      { secrets: [{ value: before, createdAt }] },
      { secrets: [{ value: after, createdAt }] },
      4,
    );
    const verify = (request: ReceivedRequest, key: string) =>
      new Webhook(key).verify(request.body, request.headers);
    expect(verify(seen[0]!, before)).toBeDefined();
    for (const request of seen.slice(1)) {
      expect(verify(request, after)).toBeDefined();
      expect(() => verify(request, before)).toThrow();
    }
  });

  test("which answers are success: those to the next attempts are read so", async () => {
    const path = "/edited/success";
    receiver.behave(path, () => answer(204));
    const webhook = await bench.addWebhook({ url: receiver.url(path), successStatus: "200" });
    await bench.deliver(webhook, [1, 2]);
    await receiver.waitFor((all) => all.length === 1, { path });
    await bench.changeWebhook(webhook, { successStatus: "2xx" });
    await eventually(() => bench.settledOf(webhook).length === 2, { what: "two results" });
    expect(bench.settledOf(webhook)).toEqual(["delivered", "delivered"]);
    expect(receiver.requestsTo(path).map(({ attempt }) => attempt)).toEqual([1, 2, 1]);
  });

  test("batching switched on: a request that failed goes again as it was, then what is queued in batches", async () => {
    const edit = { batching: { maxEvents: 10, maxWaitSeconds: 0.5 } };
    const { seen } = await editWhileQueued({}, edit, 3);
    expectRetry(seen);
    expect(seen[1]!.body.equals(seen[0]!.body)).toBe(true);
    expect(seen.map((request) => readSequence([request]))).toEqual([[1], [1], [2, 3]]);
  });

  test("batching switched off: a batch that failed goes again whole, then one event each", async () => {
    const path = "/edited/unbatched";
    receiver.behave(path, failFirst(1));
    const webhook = await bench.addWebhook({
      url: receiver.url(path),
      batching: { maxEvents: 2, maxWaitSeconds: 1 },
    });
    await bench.deliver(webhook, [1, 2, 3, 4]);
    await receiver.waitFor((all) => all.length === 1, { path });
    await bench.store.db
      .collection<{ _id: string }>("webhooks")
      .updateOne({ _id: webhook._id }, { $unset: { batching: "" }, $inc: { version: 1 } });
    const seen = await receiver.waitFor((all) => all.length === 4, { path });
    expectRetry(seen);
    expect(seen[1]!.body.equals(seen[0]!.body)).toBe(true);
    expect(seen.map((request) => readSequence([request]))).toEqual([[1, 2], [1, 2], [3], [4]]);
  });

  test("a rate limit: holds from the next request on", async () => {
    const { seen } = await editWhileQueued({}, { rateLimitPerSecond: 1 }, 4);
    const [, retried, second, third] = seen;
    expect(second!.arrivedAt - retried!.arrivedAt).toBeGreaterThan(900);
    expect(third!.arrivedAt - second!.arrivedAt).toBeGreaterThan(900);
  });

  test("event types, filter, sources and audience: what is queued was matched when it was routed, and is sent", async () => {
    const edit = {
      eventTypes: ["contact.subscribed"],
      sources: ["api"] as const,
      filterJson: '{"type":"contact.subscribed"}',
      audienceId: "aud_other",
    };
    const { seen } = await editWhileQueued({}, edit, 4);
    expect(readSequence(seen)).toEqual([1, 1, 2, 3]);
  });
});
