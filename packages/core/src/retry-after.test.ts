import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { heedsRetryAfter, parseRetryAfter } from "./retry-after.js";

const DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
const AT = Date.UTC(1994, 10, 6, 8, 49, 37);
const SECOND = 1000;

describe("Retry-After", () => {
  test("counts on 429 and 503 only", () => {
    const heeded = Array.from({ length: 500 }, (_, i) => i + 100).filter(heedsRetryAfter);
    expect(heeded).toEqual([429, 503]);
  });

  test("whole seconds", () => {
    expect(parseRetryAfter("120", undefined, AT)).toBe(120 * SECOND);
    expect(parseRetryAfter(" 0 ", undefined, AT)).toBe(0);
  });

  test("all three forms of a date, relative to our clock without a Date", () => {
    for (const form of [DATE, "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])
      expect(parseRetryAfter(form, undefined, AT - 45 * SECOND)).toBe(45 * SECOND);
  });

  test("a date is relative to the answer's own Date: the receiver's clock may be wrong by years", () => {
    expect(parseRetryAfter("Sun, 06 Nov 1994 08:51:37 GMT", DATE, Date.UTC(2026, 0, 1))).toBe(120 * SECOND);
  });

  test("a Date that is none is as if it were missing", () => {
    expect(parseRetryAfter(DATE, "yesterday", AT - 45 * SECOND)).toBe(45 * SECOND);
  });

  test("a date that has passed asks for nothing", () => {
    expect(parseRetryAfter(DATE, undefined, AT + SECOND)).toBe(0);
  });

  test("two digits of a year are never more than 50 years ahead", () => {
    expect(parseRetryAfter("Friday, 01-Jan-27 00:00:00 GMT", undefined, Date.UTC(2026, 11, 31))).toBe(
      24 * 60 * 60 * SECOND,
    );
    // 1999, not 2099.
    expect(parseRetryAfter("Friday, 01-Jan-99 00:00:00 GMT", undefined, Date.UTC(2026, 0, 1))).toBe(0);
  });

  test.each([
    "",
    "soon",
    "-1",
    "1.5",
    "30s",
    "1e3",
    "0x10",
    "Infinity",
    "120, 60",
    "2026-01-01T00:00:00Z",
    "Sun, 06 Nov 1994 08:49:37 CET",
    "Sun, 00 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:49:37 GMT",
    "Sun, 06 Nov 0094 08:49:37 GMT",
  ])("%j is ignored", (value) => {
    expect(parseRetryAfter(value, undefined, AT)).toBeUndefined();
  });

  test("what is absurdly far off is ignored", () => {
    expect(parseRetryAfter("9".repeat(400), undefined, AT)).toBeUndefined();
    expect(parseRetryAfter(String(32 * 24 * 3600), undefined, AT)).toBeUndefined();
    expect(parseRetryAfter("Sun, 06 Nov 2094 08:49:37 GMT", undefined, AT)).toBeUndefined();
  });

  test("whatever the headers hold, the result is a wait or nothing", () => {
    const value = fc.oneof(fc.string(), fc.stringMatching(/^[A-Z][a-z]+,? \d\d.[A-Z][a-z]{2}.\d+ .*$/));
    fc.assert(
      fc.property(value, fc.option(value, { nil: undefined }), (text, date) => {
        const ms = parseRetryAfter(text, date, AT);
        return ms === undefined || (Number.isSafeInteger(ms) && ms >= 0);
      }),
    );
  });
});
