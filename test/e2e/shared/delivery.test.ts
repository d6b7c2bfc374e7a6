import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import {
  anEvent,
  answer,
  eventually,
  failFirst,
  hang,
  numberedEvents,
  readEvents,
  readSequence,
  script,
  SHARED_RETRY_WAITS_MS,
  type TestWorkspace,
} from "@hooklane/testing";
import { Webhook } from "standardwebhooks";
import { awaitStatuses } from "../support/log.js";
import { useSharedServices } from "../support/suite.js";
import { Upstream } from "../support/upstream.js";

const suite = useSharedServices();
const { check } = suite;
let upstream: Upstream;

beforeAll(async () => {
  upstream = await Upstream.connect(suite.services);
});

afterAll(() => upstream.close());

/** Times are kept in whole milliseconds, and a timer may be early by one. */
const ROUNDING_MS = 10;

/** What a busy machine may be late by. */
const LATE_MS = 5_000;

const oneTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe("what a receiver gets", () => {
  check("an event over HTTP arrives as it was sent, signed for any Standard Webhooks library", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const { secret } = await workspace.createWebhook({ url: receiver.url("/http") });
    const event = anEvent();
    expect(await workspace.send(event)).toEqual({ id: event.id, status: "accepted" });
    const [request] = await receiver.waitFor((requests) => requests.length === 1, { path: "/http" });
    expect(readEvents(request!)).toEqual([event]);
    expect(new Webhook(secret).verify(request!.body, { ...request!.headers })).toEqual(event);
    expect(request!.method).toBe("POST");
    expect(request!.headers).toMatchObject({
      "content-type": "application/json",
      "user-agent": expect.stringMatching(/^Hooklane\/\d/),
      "webhook-id": expect.stringMatching(/^msg_/),
      "webhook-attempt": "1",
    });
  });

  check("a webhook's own headers and HTTP Basic go with every request", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    await workspace.createWebhook({
      url: receiver.url("/own"),
      headers: { "x-shop": "Montreal", "x-env": "test" },
      auth: { type: "basic", username: "lea", password: "s3cret:é" },
    });
    await workspace.send(anEvent());
    const [request] = await receiver.waitFor((requests) => requests.length === 1, { path: "/own" });
    const credentials = Buffer.from("lea:s3cret:é").toString("base64");
    expect(request!.headers).toMatchObject({
      "x-shop": "Montreal",
      "x-env": "test",
      authorization: `Basic ${credentials}`,
    });
  });

  check(
    "a batching webhook gets arrays, oldest first, within its limits; a lone event is an array",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      await workspace.createWebhook({
        url: receiver.url("/batch"),
        batching: { maxEvents: 10, maxWaitSeconds: 1 },
      });
      await workspace.sendMany(numberedEvents(25));
      const requests = await receiver.waitFor((seen) => readSequence(seen).length >= 25, { path: "/batch" });
      expect(readSequence(requests)).toEqual(oneTo(25));
      expect(requests.map((request) => readEvents(request).length <= 10)).not.toContain(false);
      expect(requests.length).toBeLessThan(25);
      await workspace.send(anEvent());
      const { length } = requests;
      const [lone] = (await receiver.waitFor((seen) => seen.length > length, { path: "/batch" })).slice(-1);
      expect(Array.isArray(JSON.parse(lone!.body.toString()))).toBe(true);
    },
  );
});

describe("what is delivered", () => {
  check("records of a Kafka producer arrive in the order they were produced, one in flight", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    await workspace.createWebhook({ url: receiver.url("/kafka") });
    await upstream.send(workspace.id, numberedEvents(200));
    const requests = await receiver.waitFor((seen) => seen.length >= 200, { path: "/kafka" });
    expect(readSequence(requests)).toEqual(oneTo(200));
    expect(receiver.maxInFlight("/kafka")).toBe(1);
  });

  check("an event of a type nobody asked for goes nowhere, and explain says why", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const clicks = await workspace.createWebhook({ url: receiver.url("/clicks") });
    const opened = await workspace.createWebhook({
      url: receiver.url("/opens"),
      eventTypes: ["email.opened"],
    });
    const event = anEvent();
    await workspace.send(event);
    await receiver.waitFor((requests) => requests.length === 1, { path: "/clicks" });
    const explained = await workspace.api.ask("GET", `/v1/events/${event.id}/explain`);
    expect(explained).toMatchObject({
      matched: [{ webhookId: clicks.id, deliveryId: expect.stringMatching(/^dl_/) }],
      unmatched: [{ webhookId: opened.id, reason: "event_type" }],
    });
    expect(receiver.requestsTo("/opens")).toHaveLength(0);
  });

  check("a repeated id is accepted again and delivered once, over HTTP and Kafka alike", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/twice") });
    const [first, last] = [anEvent({ data: { seq: 1 } }), anEvent({ data: { seq: 2 } })];
    expect(await workspace.send(first)).toMatchObject({ status: "accepted" });
    expect(await workspace.send(first)).toMatchObject({ status: "accepted" });
    await awaitStatuses(workspace, webhook.id, { delivered: 1 });
    await upstream.send(workspace.id, [first, last]);
    const requests = await receiver.waitFor((seen) => readSequence(seen).includes(2), { path: "/twice" });
    expect(readSequence(requests)).toEqual([1, 2]);
  });

  check("an import of what imports never fire is accepted as suppressed and not delivered", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    await workspace.createWebhook({ url: receiver.url("/import"), eventTypes: ["contact.subscribed"] });
    const data = { contact: { id: "c_1", email: "lea@example.org" }, seq: 1 };
    const imported = { type: "contact.subscribed", source: "import", data };
    expect(await workspace.send(imported)).toMatchObject({ status: "suppressed" });
    await workspace.send({ ...imported, source: "subscriber", data: { ...data, seq: 2 } });
    const requests = await receiver.waitFor((seen) => seen.length > 0, { path: "/import" });
    expect(readSequence(requests)).toEqual([2]);
  });
});

describe("failures", () => {
  check("order holds through failures: the next event waits until the one before is settled", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/order") });
    receiver.behave("/order", script([200, 200, 500, 200, 200, 503, 500]));
    await workspace.sendMany(numberedEvents(20));
    const requests = await receiver.waitFor((seen) => readSequence(seen).includes(20), { path: "/order" });
    // Requests 3 and 6 failed, and the retry of what was sent in 6.
    const expected = [1, 2, 3, 3, 4, 5, 5, 5, ...oneTo(20).slice(5)];
    expect(readSequence(requests)).toEqual(expected);
    expect(receiver.maxInFlight("/order")).toBe(1);
    await awaitStatuses(workspace, webhook.id, { delivered: 20 });
  });

  check(
    "retries come at their times with the same id and bytes, then it is a dead letter and the next goes",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      const { id, secret } = await workspace.createWebhook({ url: receiver.url("/retry") });
      receiver.behave("/retry", failFirst(4));
      await workspace.sendMany(numberedEvents(2));
      const requests = await receiver.waitFor((seen) => seen.length === 5, { path: "/retry" });
      const failed = requests.slice(0, 4);
      expect(readSequence(requests)).toEqual([1, 1, 1, 1, 2]);
      expect(requests.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 1]);
      expect(new Set(failed.map(({ webhookId }) => webhookId)).size).toBe(1);
      expect(new Set(failed.map(({ body }) => body.toString("base64"))).size).toBe(1);
      for (const { body, headers } of failed) new Webhook(secret).verify(body, { ...headers });
      const rows = await awaitStatuses(workspace, id, { delivered: 1, dead_letter: 1 });
      const dead = rows.find(({ status }) => status === "dead_letter");
      const detail = await workspace.api.ask<typeof dead>("GET", `/v1/deliveries/${dead!.id}`);
      const { attempts } = detail!;
      expect(attempts.map(({ number, statusCode }) => [number, statusCode])).toEqual(
        oneTo(4).map((number) => [number, 500]),
      );
      // By the dispatcher's clock: when requests arrive is this process' affair too.
      attempts.slice(1).forEach(({ startedAt }, i) => {
        const pauseMs = Date.parse(startedAt) - Date.parse(attempts[i]!.startedAt);
        expect(pauseMs).toBeGreaterThan(SHARED_RETRY_WAITS_MS[i]! - ROUNDING_MS);
        expect(pauseMs).toBeLessThan(SHARED_RETRY_WAITS_MS[i]! + LATE_MS);
      });
    },
  );

  check("a redirect is a failure and is not followed", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    await workspace.createWebhook({ url: receiver.url("/moved") });
    const redirect = answer(307, { headers: { location: receiver.url("/elsewhere") } });
    receiver.behave("/moved", script([redirect]));
    await workspace.send(anEvent());
    const requests = await receiver.waitFor((seen) => seen.length === 2, { path: "/moved" });
    expect(requests.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(receiver.requestsTo("/elsewhere")).toHaveLength(0);
  });

  check("410 disables the webhook at once, and nothing more is sent to it", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/gone") });
    receiver.behave("/gone", () => answer(410));
    await workspace.sendMany(numberedEvents(3));
    await awaitStatuses(workspace, webhook.id, { dead_letter: 1, skipped: 2 });
    expect(receiver.requestsTo("/gone")).toHaveLength(1);
    // The log tells what happened before the webhook says why it is off.
    const disabled = await eventually(async () => {
      const read = await workspace.readWebhook(webhook.id);
      return read.status === "auto_disabled" && read;
    });
    expect(disabled).toMatchObject({ disabled: { reason: "gone" } });
  });

  check("an endpoint that hangs delays no other one of its partition", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const [hanging, healthy] = await createNeighbours(workspace);
    receiver.behave(hanging, hang);
    await upstream.send(workspace.id, numberedEvents(20));
    const sentAt = Date.now();
    await receiver.waitFor((requests) => requests.length === 20, { path: healthy });
    // A request is given up after 5 s: waiting for it once would show.
    expect(Date.now() - sentAt).toBeLessThan(4_000);
    expect(readSequence(receiver.requestsTo(healthy))).toEqual(oneTo(20));
    expect(receiver.requestsTo(hanging)).toHaveLength(1);
  });
});

/** Two active webhooks whose endpoints share a Kafka partition; gives their paths. */
async function createNeighbours(workspace: TestWorkspace): Promise<[string, string]> {
  const { services, receiver } = suite;
  const endpoints = services.database.collection<{ _id: string; partition: number }>("endpoints");
  const byPartition = new Map<number, { id: string; path: string }>();
  for (let n = 0; ; n++) {
    const path = `/neighbour/${n}`;
    const webhook = await workspace.createWebhook({ url: receiver.url(path), status: "inactive" });
    const endpoint = await endpoints.findOne({ _id: webhook.endpointId });
    const other = byPartition.get(endpoint!.partition);
    byPartition.set(endpoint!.partition, { id: webhook.id, path });
    if (other === undefined) continue;
    await workspace.api.ask("POST", `/v1/webhooks/${other.id}/activate`, {});
    await workspace.api.ask("POST", `/v1/webhooks/${webhook.id}/activate`, {});
    return [other.path, path];
  }
}

describe("configuration has a place in the line", () => {
  check(
    "an event right after 201 meets the webhook, one right after deactivation does not, 100 times",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      for (const n of oneTo(100)) {
        const webhook = await workspace.createWebhook({ url: receiver.url(`/race/${n}`) });
        await workspace.send(anEvent({ data: { seq: n } }));
        // What is still queued at a deactivation is skipped, so it has to arrive first.
        await receiver.waitFor((requests) => requests.length > 0, { path: `/race/${n}` });
        await workspace.api.ask("POST", `/v1/webhooks/${webhook.id}/deactivate`, {});
      }
      for (const n of oneTo(100)) expect(readSequence(receiver.requestsTo(`/race/${n}`))).toEqual([n]);
    },
  );

  check("two webhooks of one URL share a line: one request in flight, both get everything", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const [a, b] = [
      await workspace.createWebhook({ url: receiver.url("/shared"), name: "A" }),
      await workspace.createWebhook({ url: receiver.url("/shared"), name: "B" }),
    ];
    expect(a.endpointId).toBe(b.endpointId);
    await workspace.sendMany(numberedEvents(10));
    const requests = await receiver.waitFor((seen) => seen.length === 20, { path: "/shared" });
    const sequence = readSequence(requests);
    expect(sequence).toEqual([...sequence].sort((x, y) => Number(x) - Number(y)));
    expect(receiver.maxInFlight("/shared")).toBe(1);
  });
});
