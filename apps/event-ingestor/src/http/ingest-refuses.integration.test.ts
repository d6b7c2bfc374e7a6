import { randomUUID } from "node:crypto";
import { request as httpRequest, type Server } from "node:http";
import { INGEST_BODY_BYTES_MAX, type OutgoingRecord } from "@hooklane/contracts";
import { EVENT_BYTES_MAX } from "@hooklane/core";
import { closeServer } from "@hooklane/service";
import { eventually } from "@hooklane/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import {
  asProblem,
  DOORS,
  event,
  type IngestHarness,
  listening,
  openIngestHarness,
  post,
} from "../testing/ingest-harness.js";
import { insertKey } from "../testing/test-configuration.js";
import { BytesInFlight } from "./bytes-in-flight.js";

let harness: IngestHarness;

beforeAll(async () => {
  harness = await openIngestHarness();
}, 60_000);

afterAll(() => harness.close(), 30_000);

describe.each(DOORS)("What POST /v1/events refuses, served by %s", (_name, serve) => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = serve(harness.options);
    url = await listening(server);
  });
  afterAll(() => closeServer(server, 100));

  const postTo = (
    to: string,
    body: string | Buffer,
    more: { key?: string; headers?: Record<string, string> } = {},
  ) => post(to, body, { key: harness.key, ...more });
  const send = (body: unknown, more?: { key?: string; headers?: Record<string, string> }) =>
    postTo(url, JSON.stringify(body), more);

  test("every misfit is told with its path", async () => {
    const { json } = await send(event({ type: "strict", data: { "odd/name": 1 } }));
    expect(
      asProblem(json)
        .errors?.map(({ path }) => path)
        .sort(),
    ).toEqual(["data.contact", "data.odd/name"]);
  });

  test.each([
    ["broken JSON", "{", "malformed_json", 400],
    ["nothing", "", "malformed_json", 400],
    ["bytes that are no UTF-8", Buffer.from([0x22, 0xff, 0x22]), "malformed_json", 400],
    ["no object", "[]", "validation_failed", 422],
    ["two JSON values", '{"type":"free","data":{}} {}', "malformed_json", 400],
  ])("%s is refused", async (_what, body, code, status) => {
    const answer = await postTo(url, body);
    expect([answer.status, asProblem(answer.json).code]).toEqual([status, code]);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
  });

  test.each([
    [{ type: "unheard", data: {} }, "type", "unknown_event_type"],
    [{ data: {} }, "type", "required"],
    [{ type: "free" }, "data", "required"],
    [{ type: "free", data: [] }, "data", "invalid_type"],
    [{ type: "free", data: {}, id: "" }, "id", "too_short"],
    [{ type: "free", data: {}, id: "a\nb" }, "id", "invalid_format"],
    [{ type: "free", data: {}, id: "ctl:wh_1:1" }, "id", "invalid_value"],
    [{ type: "free", data: {}, timestamp: "12:00" }, "timestamp", "invalid_format"],
    [{ type: "free", data: {}, timestamp: "2999-01-01T00:00:00Z" }, "timestamp", "invalid_value"],
    [{ type: "free", data: {}, source: "robot" }, "source", "invalid_value"],
    [{ type: "free", data: {}, deliverAt: "2999-01-01T00:00:00Z" }, "deliverAt", "too_large"],
    [{ type: "free", data: {}, deliverAt: new Date().toISOString() }, "deliverAt", "too_small"],
    [{ type: "free", data: {}, deliverAt: "noon" }, "deliverAt", "invalid_format"],
    [{ events: [] }, "events", "too_short"],
    [{ events: Array.from({ length: 501 }, () => ({})) }, "events", "too_long"],
    [{ events: [{}], more: 1 }, "more", "unknown_field"],
  ])("a field that is wrong is named with its code (%#)", async (body, path, code) => {
    const answer = await send(body);
    expect(answer.status).toBe(422);
    expect(asProblem(answer.json).errors?.map((error) => [error.path, error.code])).toEqual([[path, code]]);
  });

  test.each([
    ['{"type":"free","data":{"a":1,"a":2}}', "data.a", "duplicate"],
    ['{"type":"free","type":"strict","data":{}}', "type", "duplicate"],
    ['{"type":"free","data":{},"__proto__":{}}', "__proto__", "unknown_field"],
    [`{"type":"free","data":{"a":${"[".repeat(1_000)}${"]".repeat(1_000)}}}`, "data", "invalid_value"],
  ])("what parsing would hide is refused (%#)", async (body, path, code) => {
    const answer = await postTo(url, body);
    expect(answer.status).toBe(422);
    expect(asProblem(answer.json).errors?.map((error) => [error.path, error.code])).toEqual([[path, code]]);
  });

  test("an event above its limit is 413, one at the limit is not", async () => {
    const frame = Buffer.byteLength(
      '{"id":"00000000-0000-0000-0000-000000000000","type":"free","timestamp":"2026-01-15T10:00:00Z","source":"api","data":{"x":""}}',
    );
    const sized = (more: number) =>
      event({ timestamp: "2026-01-15T10:00:00Z", data: { x: "x".repeat(EVENT_BYTES_MAX - frame + more) } });
    expect((await send(sized(0))).status).toBe(202);
    const { status, json } = await send(sized(1));
    expect([status, asProblem(json).code]).toEqual([413, "event_too_large"]);
  });

  test("a body above its limit is 413, announced or not", async () => {
    const announced = await postTo(url, "x".repeat(INGEST_BODY_BYTES_MAX + 1));
    expect([announced.status, asProblem(announced.json).code]).toEqual([413, "body_too_large"]);
    const chunked = await new Promise<number | undefined>((resolve, reject) => {
      const upload = httpRequest(`${url}/v1/events`, {
        method: "POST",
        headers: { authorization: `Bearer ${harness.key}`, "transfer-encoding": "chunked" },
      });
      upload.on("response", (response) => resolve(response.resume().statusCode)).on("error", reject);
      for (let sent = 0; sent <= INGEST_BODY_BYTES_MAX; sent += 65_536)
        upload.write(Buffer.alloc(65_536, 32));
      upload.end();
    });
    expect(chunked).toBe(413);
    expect(harness.options.inFlight.bytes).toBe(0);
  });

  test.each([
    ["text/plain", {}],
    ["application/x-www-form-urlencoded", {}],
    ["application/json; charset=latin1", {}],
    ["application/json", { "content-encoding": "gzip" }],
  ])("content of type %s %j is 415", async (type, more) => {
    const { status, json } = await send(event(), { headers: { "content-type": type, ...more } });
    expect([status, asProblem(json).code]).toEqual([415, "unsupported_media_type"]);
  });

  test("keys: unknown, revoked, expired and malformed are 401, one without the scope 403", async () => {
    const past = new Date("2026-01-02T00:00:00Z");
    const suffix = randomUUID();
    const revoked = await insertKey(harness.store, `revoked-${suffix}`, { revokedAt: past });
    const expired = await insertKey(harness.store, `expired-${suffix}`, { expiresAt: past });
    const reading = await insertKey(harness.store, `reading-${suffix}`, { scopes: ["read", "write"] });
    for (const bad of ["hl_live_unknown", "operator", "", revoked, expired]) {
      const { status, json, headers } = await send(event(), { key: bad });
      expect([status, asProblem(json).code]).toEqual([401, "unauthorized"]);
      expect(headers.get("www-authenticate")).toBe("Bearer");
    }
    const detailOf = async (key: string) => asProblem((await send(event(), { key })).json).detail;
    expect(await detailOf(revoked)).toBe("The key is revoked");
    expect(await detailOf(expired)).toBe("The key expired on 2026-01-02T00:00:00.000Z");
    const { status, json } = await send(event(), { key: reading });
    expect([status, asProblem(json).code]).toEqual([403, "forbidden"]);
  });

  test("a refused large body is read far enough for its sender to see the answer", async () => {
    const { status } = await send({ x: "x".repeat(3 * 1024 * 1024) }, { key: "hl_live_unknown" });
    expect(status).toBe(401);
  });

  test("another method is 405, another path 404", async () => {
    const get = await fetch(`${url}/v1/events`);
    expect([get.status, get.headers.get("allow")]).toEqual([405, "POST"]);
    expect(asProblem(await get.json()).code).toBe("method_not_allowed");
    const other = await fetch(`${url}/v1/event`, { method: "POST", body: "{}" });
    expect([other.status, asProblem(await other.json()).code]).toEqual([404, "not_found"]);
  });

  describe("when the broker does not answer", () => {
    let slow: Server;
    let slowUrl: string;
    let waiting: (() => void)[];
    const held: OutgoingRecord[] = [];
    const inFlight = new BytesInFlight(2_000);

    beforeAll(async () => {
      slow = serve({
        ...harness.options,
        inFlight,
        acknowledgeLimitMs: 50,
        send: (records) => {
          held.push(...records);
          return new Promise((resolve) => waiting.push(resolve));
        },
      });
      slowUrl = await listening(slow);
    });
    beforeEach(() => {
      waiting = [];
    });
    afterAll(() => closeServer(slow, 100));

    test("nobody is told 202, and what waits stays counted until there is no room", async () => {
      const given = JSON.stringify(event({ data: { x: "x".repeat(1_000) } }));
      const first = await postTo(slowUrl, given);
      expect([first.status, asProblem(first.json).code]).toEqual([503, "unavailable"]);
      expect(first.headers.get("retry-after")).toBe("1");
      expect(inFlight.bytes).toBe(Buffer.byteLength(given));
      const second = await postTo(slowUrl, given);
      expect([second.status, asProblem(second.json).detail]).toEqual([503, "Too much is in progress"]);
      for (const acknowledge of waiting) acknowledge();
      await eventually(() => inFlight.bytes === 0);
    });
  });
});
