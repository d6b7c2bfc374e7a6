import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { RE2JS } from "re2js";
import { writtenOutSize } from "./written-out-size.js";

describe("the size of a pattern written out", () => {
  test.each([
    ["", 0],
    ["abc", 3],
    ["a{3}b{2,}c{1,4}", 9],
    ["(?:ab{2}){10}", 30],
    ["(ab)", 4],
    ["(?P<n>a)", 3],
    ["(?i-s:a)", 1],
    ["[a-z]{5}", 5],
    ["[](){9}[:alpha:]{9}]{2}", 2],
    ["[^\\]a]{3}", 3],
    ["\\x{100}", 1],
    ["\\({3}", 3],
    ["\\Q({9}\\E", 8],
    ["((((", 8],
  ])("%s: %d", (source, size) => expect(writtenOutSize(source)).toBe(size));

  test("is no less than half of what RE2 makes of it, whatever it is", () => {
    const sources = fc
      .array(
        fc.constantFrom(
          ...Array.from("ab()()[]{}|*+?^$\\.-,3:i"),
          "(?:",
          "{3}",
          "{2,9}",
          "{0,7}",
          "\\Q",
          "\\E",
          "[[:alpha:]",
          "[^",
          "\\x{41}",
          "(?P<n>",
        ),
        { maxLength: 20 },
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(sources, (source) => {
        const real = sizeOf(source);
        fc.pre(real !== undefined);
        // A failure, a match and an empty pattern are instructions of every program.
        expect(writtenOutSize(source) * 2 + 3).toBeGreaterThanOrEqual(real);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Undefined for what RE2 does not take. */
function sizeOf(source: string): number | undefined {
  try {
    return RE2JS.compile(source, RE2JS.DISABLE_UNICODE_GROUPS).programSize();
  } catch {
    return undefined;
  }
}
