import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from "@jest/globals";
import {
  answer,
  createTopics,
  dropTopics,
  eventually,
  failFirst,
  readSequence,
  readStackEnvironment,
  type Receiver,
  script,
  startReceiver,
} from "@hooklane/testing";
import { DispatcherBench } from "./testing/dispatcher-bench.js";

jest.setTimeout(120_000);

/** Nobody waits that long in these tests: what ends sooner was not retried. */
const RETRY_WAIT_S = 60;

/** A request takes that long, so that contacts are deleted behind it. */
const SLOW_MS = 4_000;

let bench: DispatcherBench;
let receiver: Receiver;

beforeAll(async () => {
  bench = await DispatcherBench.open(readStackEnvironment(), createTopics);
  await bench.start({
    DISPATCHER_RETRY_WAITS_S: `${RETRY_WAIT_S}`,
    DISPATCHER_RULE_ERRORS_MAX: "1000",
  });
});
afterAll(() => bench.close(dropTopics));
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const contactsOf = (count: number) => Array.from({ length: count }, () => `ct_${crypto.randomUUID()}`);

test("what is queued behind a slow request about a contact that is deleted is cancelled, the next goes on in order", async () => {
  const path = "/contacts/queued";
  receiver.behave(path, script([answer(200, { afterMs: SLOW_MS })]));
  const webhook = await bench.addWebhook({ url: receiver.url(path), kind: "touchpoint" });
  const contacts = contactsOf(4);
  await bench.deliver(webhook, [1, 2, 3, 4], { contacts });
  await receiver.waitFor((all) => all.length === 1, { path });
  await bench.deleteContact(contacts[2]!);
  await bench.deleteContact(contacts[1]!);
  await eventuallyKnown();
  await eventually(() => bench.settledOf(webhook).length === 4, { what: "four results" });
  expect(readSequence(receiver.requestsTo(path))).toEqual([1, 4]);
  expect(bench.settledOf(webhook)).toEqual(["delivered", "cancelled", "cancelled", "delivered"]);
  expectReason(webhook._id);
});

test("what says that its contact is gone is cancelled by a dispatcher that never heard of it", async () => {
  const path = "/contacts/resent";
  const webhook = await bench.addWebhook({ url: receiver.url(path), kind: "touchpoint" });
  await bench.deliver(webhook, [1], { contacts: contactsOf(1), isContactDeleted: true });
  await bench.deliver(webhook, [2], { contacts: contactsOf(1) });
  await eventually(() => bench.settledOf(webhook).length === 2, { what: "two results" });
  expect(bench.settledOf(webhook)).toEqual(["cancelled", "delivered"]);
  expect(readSequence(receiver.requestsTo(path))).toEqual([2]);
  expectReason(webhook._id);
});

test("what waits for its retry is cancelled at once when its contact is deleted, the next goes on in order", async () => {
  const path = "/contacts/retrying";
  receiver.behave(path, failFirst(1));
  const webhook = await bench.addWebhook({ url: receiver.url(path), kind: "touchpoint" });
  const contacts = contactsOf(3);
  const startedAt = Date.now();
  await bench.deliver(webhook, [1, 2, 3], { contacts });
  await eventually(() => bench.results.some((result) => result.webhookId === webhook._id), {
    what: "the result of the attempt that failed",
  });
  await bench.deleteContact(contacts[0]!);
  await eventually(() => bench.settledOf(webhook).length === 3, { what: "three results" });
  expect(Date.now() - startedAt).toBeLessThan((RETRY_WAIT_S * 1_000) / 2);
  expect(readSequence(receiver.requestsTo(path))).toEqual([1, 2, 3]);
  expect(bench.settledOf(webhook)).toEqual(["cancelled", "delivered", "delivered"]);
  expectReason(webhook._id);
});

/** The dispatcher follows deletions in their order: by the time one is cancelled at intake, those before it are known. */
async function eventuallyKnown(): Promise<void> {
  const contact = contactsOf(1);
  await bench.deleteContact(contact[0]!);
  await eventually(
    async () => {
      const url = receiver.url(`/contacts/probe/${crypto.randomUUID()}`);
      const probe = await bench.addWebhook({ url, kind: "touchpoint" });
      await bench.deliver(probe, [1], { contacts: contact });
      await eventually(() => bench.settledOf(probe).length === 1, { what: "the probe's result" });
      return bench.settledOf(probe)[0] === "cancelled";
    },
    { what: "the deletion to be known" },
  );
}

function expectReason(webhookId: string): void {
  const reasons = bench.results.flatMap((result) =>
    result.webhookId === webhookId && result.kind === "settled" && result.status === "cancelled"
      ? [result.reason]
      : [],
  );
  expect(new Set(reasons)).toEqual(new Set(["contact_deleted"]));
}
