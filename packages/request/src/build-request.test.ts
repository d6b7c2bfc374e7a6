import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { createHmac } from "node:crypto";
import { asDeliveryId, asEndpointId, asWebhookId, type ContentType, type WebhookBody } from "@hooklane/core";
import { readForm } from "@hooklane/testing";
import type { RequestRecord } from "./request-record.js";
import { VERSION } from "./version.js";
import { type BuiltRequest, buildRequest, type RequestSubject, toBatchId } from "./build-request.js";
import { buildBody } from "./request-body.js";
import { type RequestProfile, toProfile } from "./request-profile.js";

const event = (id: number, data = "{}") =>
  Buffer.from(
    `{"id":"evt_${id}","type":"t","timestamp":"2026-01-01T00:00:00Z","source":"api","data":${data}}`,
  );

const record = (id: number, data?: string): RequestRecord => ({
  facts: { deliveryId: asDeliveryId(`dl_${id}`), endpointId: asEndpointId("ep_1") },
  body: event(id, data),
});
const profile = {
  origin: "http://x",
  path: "/",
  headers: [],
  contentType: "application/json",
  successStatus: "2xx",
  keys: [],
} as const;
/** One that can be made. */
function build(subject: RequestSubject, of: RequestProfile, wallNow: number): BuiltRequest {
  const built = buildRequest(subject, of, wallNow);
  if ("kind" in built) throw new Error(built.message);
  return built;
}
const headerOf = (headers: readonly string[], name: string) => headers[headers.indexOf(name) + 1];

describe("a request's body", () => {
  test("of a single event is the event's own bytes, not a copy of their meaning", () => {
    const one = record(1, '{"n":1.50e3,"s":"\\u00e9"}');
    expect(buildBody([one], false, "application/json").bytes).toBe(one.body);
  });

  test("of a batch joins the events' bytes", () => {
    const body = Buffer.from(buildBody([record(1), record(2)], true, "application/json").bytes).toString();
    expect(body).toBe(`[${event(1).toString()},${event(2).toString()}]`);
  });

  test("of a form type carries the event's fields, data as its own JSON text", () => {
    const data = '{"n":12345678901234567890, "t":"a&b=c"}';
    const form = new URLSearchParams(
      Buffer.from(buildBody([record(1, data)], false, "application/x-www-form-urlencoded").bytes).toString(),
    );
    expect([...form.keys()]).toEqual(["id", "type", "timestamp", "source", "data"]);
    expect(form.get("data")).toBe(data);
  });

  test("of multipart is the same bytes each time, with a boundary that is not in the content", () => {
    const first = buildBody([record(1)], false, "multipart/form-data");
    const boundary = first.contentType.split("boundary=")[1]!;
    expect(buildBody([record(1)], false, "multipart/form-data")).toEqual(first);
    const hostile = buildBody([record(1, `"--${boundary}--"`)], false, "multipart/form-data");
    const other = hostile.contentType.split("boundary=")[1]!;
    expect(other).not.toBe(boundary);
    expect(Buffer.from(hostile.bytes).toString().split(`--${other}`)).toHaveLength(7);
  });
});

describe("webhook-id", () => {
  test("of a single is the delivery's, over all its attempts", () => {
    const ids = [1, 2].map((attempt) =>
      headerOf(
        build({ records: [record(7)], batched: false, attempt }, profile, attempt * 1e9).headers,
        "webhook-id",
      ),
    );
    expect(ids).toEqual(["msg_7", "msg_7"]);
  });

  test("of a batch depends on its first and last event, and differs from a single's", () => {
    const id = (records: RequestRecord[]) => toBatchId(records, true);
    expect(id([record(1), record(2)])).toBe(id([record(1), record(2)]));
    expect(new Set([id([record(1)]), id([record(1), record(2)]), id([record(2)]), "msg_1"]).size).toBe(4);
    expect(toBatchId([record(1)], false)).toBeUndefined();
  });
});

describe("a body of the webhook's own", () => {
  const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  const profileOf = (body: WebhookBody, contentType: ContentType = "application/json") =>
    toProfile(
      {
        _id: asWebhookId("wh_1"),
        name: "Shop",
        headers: {},
        contentType,
        body,
        successStatus: "2xx",
        secrets: [{ value: SECRET }],
      },
      { url: "https://example.org/" },
    );
  const VALUE = 'é"&=\\n';
  const one = { records: [record(1, JSON.stringify({ a: VALUE }))], batched: false };
  const fields = [
    { name: 'f"1', value: "{{ data.a }}" },
    { name: "é", value: "{{ webhook.name }}" },
  ];

  test("is sent in its bytes, which are signed, and the same with every attempt", () => {
    const own = profileOf('{"id":"{{ id }}","a":"{{ data.a }}"}');
    const [first, second] = [1, 2].map((attempt) => build({ ...one, attempt }, own, attempt * 1e9));
    expect(JSON.parse(Buffer.from(first!.body).toString())).toEqual({ id: "evt_1", a: VALUE });
    expect(second!.body).toEqual(first!.body);
    const signed = Buffer.concat([Buffer.from("msg_1.1000000."), first!.body]);
    const mac = createHmac("sha256", Buffer.alloc(32, 7)).update(signed).digest("base64");
    expect(headerOf(first!.headers, "webhook-signature")).toBe(`v1,${mac}`);
  });

  test("as a form carries its fields, in both encodings", async () => {
    for (const type of ["application/x-www-form-urlencoded", "multipart/form-data"] as const) {
      const { headers, body } = build({ ...one, attempt: 1 }, profileOf(fields, type), 1e9);
      expect(await readForm(body, headerOf(headers, "content-type")!)).toEqual([
        ['f"1', VALUE],
        ["é", "Shop"],
      ]);
    }
  });

  test("that cannot be made is told, and nothing is built", () => {
    const built = buildRequest({ ...one, attempt: 1 }, profileOf('{"a":{{ data.none }}}'), 1e9);
    expect(built).toMatchObject({ kind: "template_failed", of: "rendered", line: 1, column: 6 });
  });

  test("is not for a batch that was frozen before it was configured", () => {
    const { body } = build({ ...one, batched: true, attempt: 2 }, profileOf('"x"'), 1e9);
    expect(JSON.parse(Buffer.from(body).toString())).toMatchObject([{ id: "evt_1" }]);
  });

  test("of more bytes than a body may have fails, though its characters are fewer", () => {
    const much = {
      records: [record(1, JSON.stringify({ a: "é".repeat(100_000) }))],
      batched: false,
      attempt: 1,
    };
    const six = profileOf(JSON.stringify("{{ data.a }}".repeat(6)));
    expect(buildRequest(much, six, 1e9)).toMatchObject({ kind: "template_failed" });
    expect(build(much, profileOf(JSON.stringify("{{ data.a }}".repeat(5))), 1e9).body).toHaveLength(
      1_000_002,
    );
  });
});

test("the version shown to receivers is the package's", () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(VERSION).toBe(version);
});
