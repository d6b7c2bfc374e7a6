import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { anEvent, aWebhook, readSequence, type TestWorkspace } from "@hooklane/testing";
import { RejectedReader } from "../support/rejected.js";
import { useSharedServices } from "../support/suite.js";
import { Upstream } from "../support/upstream.js";

const suite = useSharedServices();
const { check } = suite;
let upstream: Upstream;
let rejected: RejectedReader;
let workspace: TestWorkspace;

beforeAll(async () => {
  upstream = await Upstream.connect(suite.services);
  rejected = await RejectedReader.open(suite.services);
  workspace = await suite.services.createWorkspace();
});

afterAll(async () => {
  await upstream.close();
  await rejected.close();
});

/** A problem document (RFC 9457) with our stable codes. */
interface Problem {
  readonly code: string;
  readonly errors?: readonly { readonly path: string; readonly code: string }[];
}

const without = (key: string) =>
  Object.fromEntries(Object.entries(anEvent()).filter(([name]) => name !== key));
const padded = (bytes: number) => anEvent({ data: { padding: "x".repeat(bytes) } });
const inTenYears = new Date(Date.now() + 10 * 365 * 86_400_000).toISOString();

describe("a bad event over HTTP is refused with a stable code and the field", () => {
  const rows: [
    name: string,
    body: unknown,
    status: number,
    code: string,
    path?: string,
    fieldCode?: string,
  ][] = [
    ["broken JSON", '{"type":', 400, "malformed_json"],
    ["an empty body", "", 400, "malformed_json"],
    ["bytes that are not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, "malformed_json"],
    ["no type", without("type"), 422, "validation_failed", "type", "required"],
    ["no data", without("data"), 422, "validation_failed", "data", "required"],
    ["data that is no object", { ...anEvent(), data: [1] }, 422, "validation_failed", "data", "invalid_type"],
    [
      "an unknown field",
      { ...anEvent(), colour: "red" },
      422,
      "validation_failed",
      "colour",
      "unknown_field",
    ],
    [
      "an unknown type",
      anEvent({ type: "shop.closed" }),
      422,
      "validation_failed",
      "type",
      "unknown_event_type",
    ],
    ["data against the schema", anEvent({ data: { contact: 7 } }), 422, "validation_failed", "data.contact"],
    ["a timestamp that is none", anEvent({ timestamp: "yesterday" }), 422, "validation_failed", "timestamp"],
    [
      "a timestamp in the far future",
      anEvent({ timestamp: inTenYears }),
      422,
      "validation_failed",
      "timestamp",
    ],
    ["an unknown source", anEvent({ source: "robot" }), 422, "validation_failed", "source", "invalid_value"],
    ["an empty id", anEvent({ id: "" }), 422, "validation_failed", "id", "too_short"],
    ["an id of 201 characters", anEvent({ id: "x".repeat(201) }), 422, "validation_failed", "id", "too_long"],
    ["an event above 256 KiB", padded(256 * 1024), 413, "event_too_large"],
    [
      "a body above 5 MiB",
      { events: Array.from({ length: 21 }, () => padded(255_000)) },
      413,
      "body_too_large",
    ],
    ["no events", { events: [] }, 422, "validation_failed", "events", "too_short"],
    [
      "501 events",
      { events: Array.from({ length: 501 }, () => anEvent()) },
      422,
      "validation_failed",
      "events",
      "too_long",
    ],
  ];
  for (const [name, body, status, code, path, fieldCode] of rows) {
    check(name, async () => {
      const answer = await workspace.ingest.call<Problem>("POST", "/v1/events", body);
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
      expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
      if (path === undefined) return;
      const error = { path, ...(fieldCode === undefined ? {} : { code: fieldCode }) };
      expect(answer.body.errors).toContainEqual(expect.objectContaining(error));
    });
  }

  check("a key that is missing, unknown or without the scope", async () => {
    const { ingest } = workspace;
    const call = (authorization: string) =>
      ingest.call<Problem>("POST", "/v1/events", anEvent(), { authorization });
    expect(await call("")).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    expect(await call("Bearer hl_live_nobody")).toMatchObject({
      status: 401,
      body: { code: "unauthorized" },
    });
    const { services } = suite;
    expect(await call(`Bearer ${services.operatorKey}`)).toMatchObject({ status: 401 });
    const { apiKey } = await workspace.api.ask<{ apiKey: string }>("POST", "/v1/api-keys", {
      name: "Reader",
      scopes: ["read"],
    });
    expect(await call(`Bearer ${apiKey}`)).toMatchObject({ status: 403, body: { code: "forbidden" } });
  });

  check("in a batch the bad ones are named by index and the good ones are taken", async () => {
    const { receiver } = suite;
    await workspace.createWebhook({ url: receiver.url("/mixed"), eventTypes: ["email.opened"] });
    const good = (seq: number) => anEvent({ type: "email.opened", data: { seq } });
    const answer = await workspace.sendMany([good(1), anEvent({ type: "shop.closed" }), good(2)]);
    expect(answer).toMatchObject({
      status: 202,
      body: {
        results: [
          { index: 0, status: "accepted" },
          { index: 1, status: "rejected", code: "unknown_event_type" },
          { index: 2, status: "accepted" },
        ],
      },
    });
    const requests = await receiver.waitFor((seen) => seen.length === 2, { path: "/mixed" });
    expect(readSequence(requests)).toEqual([1, 2]);
  });
});

describe("a bad record on Kafka goes to `rejected` with its bytes untouched, and the consumer goes on", () => {
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  const rows: [name: string, value: () => Buffer | null, code: string, key?: string | null][] = [
    ["broken JSON", () => Buffer.from('{"type": "email.opened"'), "malformed_json"],
    ["bytes that are not UTF-8", () => Buffer.from([0x7b, 0xc3, 0x28, 0x7d]), "malformed_json"],
    ["no value", () => null, "empty_value"],
    ["an empty value", () => Buffer.alloc(0), "empty_value"],
    ["no key and no header", () => json(anEvent()), "missing_workspace", null],
    ["an unknown workspace", () => json(anEvent()), "unknown_workspace", "ws_nobody"],
    ["an unknown type", () => json(anEvent({ type: "shop.closed" })), "unknown_event_type"],
    ["data against the schema", () => json(anEvent({ data: { contact: 7 } })), "schema_mismatch"],
    ["an unknown field", () => json({ ...anEvent(), colour: "red" }), "unknown_field"],
    ["a timestamp in the far future", () => json(anEvent({ timestamp: inTenYears })), "invalid_event"],
    ["an array", () => json([anEvent()]), "invalid_event"],
    ["an event above 256 KiB", () => json(padded(256 * 1024)), "event_too_large"],
    ["wire format without a readable schema", () => Buffer.from([0, 0, 0]), "undecodable_value"],
  ];
  for (const [name, makeValue, code, givenKey] of rows) {
    check(name, async () => {
      const { services } = suite;
      const value = makeValue();
      const key = givenKey === undefined ? workspace.id : givenKey;
      const offset = await upstream.sendRaw([{ key, value }]);
      const record = await rejected.awaitValue(value);
      expect(record.headers).toMatchObject({
        code,
        topic: services.topic("inbound.v1"),
        offset,
        partition: expect.stringMatching(/^\d+$/),
        detail: expect.stringMatching(/./),
      });
      expect(record.key?.toString() ?? null).toBe(key);
    });
  }

  check("header `workspace-id` stands in for the key, `event-id` for the id", async () => {
    const { receiver } = suite;
    await workspace.createWebhook({ url: receiver.url("/headers"), eventTypes: ["contact.unsubscribed"] });
    const { type, data } = anEvent({
      type: "contact.unsubscribed",
      data: { method: "email_link", seq: 7 },
    });
    const headers = { "workspace-id": workspace.id, "event-id": "from-header" };
    await upstream.sendRaw([{ key: null, value: JSON.stringify({ type, data }), headers }]);
    const [request] = await receiver.waitFor((seen) => seen.length === 1, { path: "/headers" });
    expect(JSON.parse(request!.body.toString())).toMatchObject({ id: "from-header", data: { seq: 7 } });
  });
});

describe("a bad webhook is refused with a stable code and the field", () => {
  const rows: [name: string, change: Record<string, unknown>, path: string, code: string][] = [
    ["a relative URL", { url: "/hooks" }, "url", "invalid_url"],
    ["a URL that is not http", { url: "ftp://example.org/" }, "url", "invalid_url"],
    ["credentials in the URL", { url: "https://lea:secret@example.org/" }, "url", "url_credentials"],
    ["a fragment in the URL", { url: "https://example.org/#here" }, "url", "url_fragment"],
    ["a private address", { url: "http://10.1.2.3/" }, "url", "destination_refused"],
    ["a private address as one number", { url: "http://167838211/" }, "url", "destination_refused"],
    ["a private address in hex", { url: "http://0x0a.0x1.0x2.0x3/" }, "url", "destination_refused"],
    ["a private address in octal", { url: "http://012.1.2.3/" }, "url", "destination_refused"],
    ["a private address in short", { url: "http://10.1/" }, "url", "destination_refused"],
    ["a private address inside IPv6", { url: "http://[::ffff:10.1.2.3]/" }, "url", "destination_refused"],
    ["a metadata address", { url: "http://169.254.169.254/latest" }, "url", "destination_refused"],
    ["a unique local address", { url: "http://[fd00::1]/" }, "url", "destination_refused"],
    ["the unspecified address", { url: "http://0.0.0.0/" }, "url", "destination_refused"],
    ["no event type", { eventTypes: [] }, "eventTypes", "too_short"],
    ["an unknown event type", { eventTypes: ["shop.closed"] }, "eventTypes.0", "unknown_event_type"],
    ["an unknown field", { colour: "red" }, "colour", "unknown_field"],
    [
      "a header name that breaks the request",
      { headers: { "a b": "x" } },
      "headers.a b",
      "invalid_header_name",
    ],
    [
      "a header value that breaks the request",
      { headers: { "x-a": "1\r\nx-b: 2" } },
      "headers.x-a",
      "invalid_header_value",
    ],
    ["a header that is ours", { headers: { "Webhook-Id": "x" } }, "headers.Webhook-Id", "reserved_header"],
    [
      "a header of the connection",
      { headers: { "content-length": "1" } },
      "headers.content-length",
      "reserved_header",
    ],
    [
      "a batch of 101",
      { batching: { maxEvents: 101, maxWaitSeconds: 5 } },
      "batching.maxEvents",
      "too_large",
    ],
  ];
  for (const [name, change, path, code] of rows) {
    check(name, async () => {
      const { receiver } = suite;
      const body = { ...aWebhook({ url: receiver.url("/bad") }), ...change };
      const answer = await workspace.api.call<Problem>("POST", "/v1/webhooks", body);
      expect({ status: answer.status, code: answer.body.code }).toEqual({
        status: 422,
        code: "validation_failed",
      });
      expect(answer.body.errors).toContainEqual(expect.objectContaining({ path, code }));
    });
  }

  check("another workspace's webhook is not found", async () => {
    const { services, receiver } = suite;
    const other = await services.createWorkspace();
    const { id } = await other.createWebhook({ url: receiver.url("/other") });
    expect(await workspace.api.call("GET", `/v1/webhooks/${id}`)).toMatchObject({ status: 404 });
    expect(await workspace.api.call("DELETE", `/v1/webhooks/${id}`)).toMatchObject({ status: 404 });
  });
});
