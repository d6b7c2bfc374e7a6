import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseIngestBatch, parseIngestEvent } from "./ingest.js";

const NOW = Date.parse("2026-01-15T10:00:00Z");
const good = {
  id: "e1",
  type: "email.opened",
  timestamp: "2026-01-15T10:00:00Z",
  source: "system",
  data: { a: 1 },
};

const faults = (value: unknown) => {
  const result = parseIngestEvent(value, NOW);
  return result.ok ? [] : result.errors.map(({ path, code }) => `${path}:${code}`);
};

describe("one event", () => {
  test("has its five fields, and only type and data must be given", () => {
    expect(parseIngestEvent(good, NOW)).toEqual({ ok: true, value: good });
    expect(parseIngestEvent({ type: "email.opened", data: {} }, NOW)).toEqual({
      ok: true,
      value: { type: "email.opened", source: "api", data: {} },
    });
  });

  test("data is handed on as it is, not copied", () => {
    const result = parseIngestEvent(good, NOW);
    expect(result.ok && result.value.data).toBe(good.data);
  });

  test.each([
    [null, ":invalid_type"],
    [[], ":invalid_type"],
    ["x", ":invalid_type"],
    [{ ...good, id: 7 }, "id:invalid_type"],
    [{ ...good, id: null }, "id:invalid_type"],
    [{ ...good, id: "" }, "id:too_short"],
    [{ ...good, id: "x".repeat(201) }, "id:too_long"],
    [{ ...good, id: "a\tb" }, "id:invalid_format"],
    [{ ...good, id: "ctl:wh_1:2" }, "id:invalid_value"],
    [{ ...good, type: "" }, "type:too_short"],
    [{ ...good, type: "x".repeat(201) }, "type:too_long"],
    [{ ...good, timestamp: "yesterday" }, "timestamp:invalid_format"],
    [{ ...good, timestamp: 1768471200000 }, "timestamp:invalid_type"],
    [{ ...good, timestamp: "2026-01-16T10:00:01Z" }, "timestamp:invalid_value"],
    [{ ...good, source: "robot" }, "source:invalid_value"],
    [{ ...good, data: [] }, "data:invalid_type"],
    [{ ...good, data: null }, "data:invalid_type"],
    [{ ...good, data: "{}" }, "data:invalid_type"],
    [{ ...good, deliverAt: "tomorrow" }, "deliverAt:invalid_format"],
    [{ ...good, deliverAt: 1768557600 }, "deliverAt:invalid_type"],
    [{ ...good, deliverAt: "2026-01-14T10:00:00Z" }, "deliverAt:too_small"],
    [{ ...good, deliverAt: "2026-01-15T10:00:59.999Z" }, "deliverAt:too_small"],
    [{ ...good, deliverAt: "2026-04-15T10:00:00.001Z" }, "deliverAt:too_large"],
    [JSON.parse(`{"type":"t","data":{},"__proto__":{"x":1}}`), "__proto__:unknown_field"],
  ])("%j: %s", (value, fault) => {
    expect(faults(value)).toEqual([fault]);
  });

  test("deliverAt may be 1 minute to 90 days ahead of when it was produced, both included", () => {
    for (const deliverAt of ["2026-01-15T10:01:00Z", "2026-04-15T11:00:00+01:00"]) {
      const event = { ...good, deliverAt };
      expect(parseIngestEvent(event, NOW)).toEqual({ ok: true, value: event });
    }
    // Read an hour late: in time when it was produced.
    const late = { ...good, deliverAt: "2026-01-15T10:01:00Z" };
    expect(parseIngestEvent(late, NOW + 3_600_000, NOW).ok).toBe(true);
    expect(parseIngestEvent(late, NOW + 3_600_000).ok).toBe(false);
  });

  test("every field that is wrong is told, not the first alone", () => {
    expect(faults({ id: 1, source: "x", extra: 1, more: 2 }).sort()).toEqual(
      [
        "id:invalid_type",
        "type:required",
        "source:invalid_value",
        "data:required",
        "extra:unknown_field",
        "more:unknown_field",
      ].sort(),
    );
  });

  test("no JSON at all makes it throw, and what is refused is told why", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const result = parseIngestEvent(value, NOW);
        expect(result.ok || result.errors.length > 0).toBe(true);
      }),
    );
    fc.assert(
      fc.property(
        fc.record(
          {
            id: fc.jsonValue(),
            type: fc.jsonValue(),
            timestamp: fc.jsonValue(),
            source: fc.jsonValue(),
            data: fc.jsonValue(),
          },
          { requiredKeys: [] },
        ),
        (value) => {
          const result = parseIngestEvent(value, NOW);
          expect(result.ok || result.errors.length > 0).toBe(true);
        },
      ),
    );
  });
});

describe("several events", () => {
  test("the frame is checked, the events are not", () => {
    expect(parseIngestBatch({ events: [good, 7] })).toEqual({ ok: true, value: [good, 7] });
  });

  test.each([
    [{ events: [] }, "events:too_short"],
    [{ events: Array.from({ length: 501 }, () => good) }, "events:too_long"],
    [{ events: {} }, "events:invalid_type"],
    [{ events: [good], type: "x" }, "type:unknown_field"],
  ])("a wrong frame is refused whole (%#)", (value, fault) => {
    const result = parseIngestBatch(value);
    expect(result.ok ? [] : result.errors.map(({ path, code }) => `${path}:${code}`)).toEqual([fault]);
  });
});
