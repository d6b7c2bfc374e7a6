import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  checkDeliverAt,
  checkEventId,
  checkTimestamp,
  DELIVER_AHEAD_MAX_MS,
  DELIVER_AHEAD_MIN_MS,
  TIMESTAMP_AHEAD_MAX_MS,
  toEventJson,
  toInboundEventId,
} from "./event.js";
import { asEventId } from "./ids.js";

const NOW = Date.parse("2026-01-15T10:00:00Z");

describe("event ids", () => {
  test.each(["1", "evt_01", "order 17/é", "x".repeat(200)])("%j is one", (id) => {
    expect(checkEventId(id)).toBeUndefined();
  });

  test.each([
    ["", "too_short"],
    ["x".repeat(201), "too_long"],
    ["a\nb", "invalid_format"],
    ["a\u0000", "invalid_format"],
    ["\ud800", "invalid_format"],
    ["a\u2028b", "invalid_format"],
    ["ctl:wh_1:2", "reserved"],
    ["in:c:0:1", "reserved"],
    ["rel:x", "reserved"],
    ["rs:x", "reserved"],
    ["end:x", "reserved"],
  ])("%j is none: %s", (id, fault) => {
    expect(checkEventId(id)).toBe(fault);
  });

  test("a record without id has the same id each time it is read, and no other record has it", () => {
    expect(toInboundEventId("c1", 3, 41)).toBe("in:c1:3:41");
    expect(toInboundEventId("c1", 3, 41)).not.toBe(toInboundEventId("c1", 34, 1));
  });
});

describe("times to deliver at", () => {
  const ahead = (ms: number) => new Date(NOW + ms).toISOString();

  test.each([
    [ahead(DELIVER_AHEAD_MIN_MS), undefined],
    [ahead(DELIVER_AHEAD_MAX_MS), undefined],
    ["2026-01-15T12:01:00+02:00", undefined],
    [ahead(DELIVER_AHEAD_MIN_MS - 1), "too_soon"],
    [ahead(-1), "too_soon"],
    [ahead(DELIVER_AHEAD_MAX_MS + 1), "too_far_ahead"],
    ["2026-01-16", "invalid_format"],
    ["2026-02-30T10:00:00Z", "invalid_format"],
  ])("%s: %s", (text, fault) => {
    expect(checkDeliverAt(text, NOW)).toBe(fault);
  });
});

describe("timestamps", () => {
  test.each([
    "2026-01-15T10:00:00Z",
    "2026-01-15T10:00:00.123456789Z",
    "2026-01-15t10:00:00z",
    "2026-01-15T23:59:59+14:00",
    "1970-01-01T00:00:00Z",
    "2024-02-29T00:00:00Z",
    "0001-01-01T00:00:00Z",
  ])("%s is one", (text) => {
    expect(checkTimestamp(text, NOW)).toBeUndefined();
  });

  test.each([
    "",
    "2026-01-15",
    "2026-01-15T10:00:00",
    "2026-01-15 10:00:00Z",
    "2026-02-30T10:00:00Z",
    "2025-02-29T10:00:00Z",
    "1900-02-29T10:00:00Z",
    "2026-04-31T10:00:00Z",
    "2026-13-01T10:00:00Z",
    "2026-00-01T10:00:00Z",
    "2026-01-00T10:00:00Z",
    "2026-01-15T24:00:00Z",
    "2026-01-15T10:60:00Z",
    "2026-01-15T10:00:60Z",
    "2026-01-15T10:00:00+24:00",
    "2026-01-15T10:00:00+0100",
    "2026-01-15T10:00:00.Z",
    "+012026-01-15T10:00:00Z",
    "15 Jan 2026",
    "1768471200000",
    "2026-01-15T10:00:00Z\n",
  ])("%j is none", (text) => {
    expect(checkTimestamp(text, NOW)).toBe("invalid_format");
  });

  test("a day ahead is a clock, more is a mistake", () => {
    const at = (ms: number) => new Date(ms).toISOString();
    expect(checkTimestamp(at(NOW + TIMESTAMP_AHEAD_MAX_MS), NOW)).toBeUndefined();
    expect(checkTimestamp(at(NOW + TIMESTAMP_AHEAD_MAX_MS + 1), NOW)).toBe("too_far_ahead");
    expect(checkTimestamp("9999-12-31T23:59:59Z", NOW)).toBe("too_far_ahead");
  });

  test("every ISO text JavaScript writes for the years 0 to now is one, and no text at all throws", () => {
    const past = fc.date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date(NOW), noInvalidDate: true });
    fc.assert(fc.property(past, (date) => checkTimestamp(date.toISOString(), NOW) === undefined));
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => checkTimestamp(text, NOW) === "invalid_format"),
    );
  });
});

describe("the JSON of an event", () => {
  const event = {
    id: asEventId("e1"),
    type: "email.opened",
    timestamp: "2026-01-15T10:00:00Z",
    source: "api",
    data: { b: 1, a: "é" },
  } as const;

  test("has its members in the order of the native form, whatever the order given", () => {
    const { data, ...rest } = event;
    expect(toEventJson({ data, ...rest })).toBe(
      '{"id":"e1","type":"email.opened","timestamp":"2026-01-15T10:00:00Z","source":"api","data":{"b":1,"a":"é"}}',
    );
  });

  test("keeps data as it was written where that is asked", () => {
    const json = toEventJson(event, '{"n":12345678901234567890.10}');
    expect(json).toBe(
      '{"id":"e1","type":"email.opened","timestamp":"2026-01-15T10:00:00Z","source":"api","data":{"n":12345678901234567890.10}}',
    );
    expect(() => void JSON.parse(json)).not.toThrow();
  });

  test("given data's own JSON, writes what it writes without", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
        expect(toEventJson({ ...event, data }, JSON.stringify(data))).toBe(toEventJson({ ...event, data }));
      }),
    );
  });
});
