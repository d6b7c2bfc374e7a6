import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { asDeliveryId, asEndpointId } from "@hooklane/core";
import type { RequestRecord } from "./request-record.js";
import { VERSION } from "./version.js";
import { buildRequest, toBatchId } from "./build-request.js";
import { buildBody } from "./request-body.js";

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
        buildRequest({ records: [record(7)], batched: false, attempt }, profile, attempt * 1e9).headers,
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

test("the version shown to receivers is the package's", () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(VERSION).toBe(version);
});
