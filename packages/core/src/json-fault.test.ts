import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { findJsonFault, toPlace } from "./json-fault.js";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Whether something can follow `text` that makes JSON of it: of every kind that can be due. */
function canGoOn(text: string): boolean {
  const endings = [
    "",
    "0",
    '"',
    "0]",
    "]",
    "}",
    "1}",
    '":1}',
    '"a":1}',
    ":1}",
    "e",
    "l",
    "ue",
    "null",
    "000",
  ];
  const closers = ["", "]", "}", "]]", "}}", "]}", "}]"];
  return endings.some((ending) => closers.some((closer) => isJson(text + ending + closer)));
}

describe("where a text stops being JSON", () => {
  test.each([
    ["", 0],
    ["  ", 2],
    ["{", 1],
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ["[1,]", 3],
    ["[1 2]", 3],
    ["[1}", 2],
    ['{"a":tru}', 5],
    ['{"a": }', 6],
    ['{"a": undefined}', 6],
    ["{'a':1}", 1],
    ["{1:1}", 1],
    ['"a\nb"', 2],
    ['"a\\x"', 2],
    ['"abc', 4],
    ["1 2", 2],
    ["{} x", 3],
    ["]", 0],
    ["01", 1],
    ["-", 0],
    ["NaN", 0],
    ['{"a":"b" "c"}', 9],
  ])("%j: at %i", (text, index) => expect(findJsonFault(text)).toBe(index));

  test("what comes before it could have become JSON, what it is could not", () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 2 }),
        fc.nat(),
        fc.constantFrom("", "}", "]", ",", "x", '"', ":"),
        (json, at, put) => {
          const place = at % (json.length + 1);
          const broken = json.slice(0, place) + put + json.slice(place + 1);
          fc.pre(!isJson(broken) && broken.length < 40);
          const fault = findJsonFault(broken);
          expect(fault).toBeLessThanOrEqual(broken.length);
          // A word or an escape begun is told by its beginning.
          expect(
            fault === broken.length ||
              !canGoOn(broken.slice(0, fault + 1)) ||
              /[\d\w\\.-]/.test(broken[fault]!),
          ).toBe(true);
        },
      ),
    );
  });

  test("is told as line and column", () => {
    expect(toPlace("ab\ncd\n", 0)).toEqual({ line: 1, column: 1 });
    expect(toPlace("ab\ncd\n", 4)).toEqual({ line: 2, column: 2 });
    expect(toPlace("ab\ncd\n", 6)).toEqual({ line: 3, column: 1 });
  });
});
