import { asEventId, toEventJson } from "@hooklane/core";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readTimestamp } from "./read-timestamp.js";

describe("reading the timestamp out of an event's bytes", () => {
  test("finds what was written, whatever id, type and data hold", () => {
    const text = fc.string({ unit: "binary", maxLength: 200 });
    const hostile = fc.constantFrom(
      ',"timestamp":"x"',
      '","timestamp":"x',
      '\\","timestamp":"',
      "é".repeat(200),
    );
    fc.assert(
      fc.property(fc.oneof(text, hostile), fc.oneof(text, hostile), fc.jsonValue(), (id, type, value) => {
        const timestamp = "2026-01-15T10:00:00.123+02:00";
        const json = toEventJson({ id: asEventId(id), type, timestamp, source: "api", data: { value } });
        expect(readTimestamp(new TextEncoder().encode(json))).toBe(timestamp);
      }),
    );
  });

  test("says nothing of bytes in another form", () => {
    expect(readTimestamp(new TextEncoder().encode('{"a":1}'))).toBeUndefined();
    expect(readTimestamp(new Uint8Array(0))).toBeUndefined();
    expect(readTimestamp(new TextEncoder().encode('{"id":"1","timestamp":"20'))).toBeUndefined();
  });
});
