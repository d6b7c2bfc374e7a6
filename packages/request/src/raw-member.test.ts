import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { rawMember } from "./raw-member.js";

describe("a member's own text", () => {
  test("is what stands there, to the digit", () => {
    const json =
      '{ "id" : "a\\"b}" , "data" :\n{"n":12345678901234567890.50, "s":"}]\\\\"} ,"x":[1,{"data":2}] }';
    expect(rawMember(json, "data")).toBe('{"n":12345678901234567890.50, "s":"}]\\\\"}');
    expect(rawMember(json, "x")).toBe('[1,{"data":2}]');
    expect(rawMember(json, "id")).toBe('"a\\"b}"');
    expect(rawMember(json, "absent")).toBeUndefined();
    expect(rawMember('{"a":1,"a":-2.0e5}', "a")).toBe("-2.0e5");
    expect(rawMember("{}", "a")).toBeUndefined();
  });

  test("parses to the member's value, for every object and layout", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, noNullPrototype: true }),
        fc.constantFrom(undefined, 1, "\t"),
        (value, space) => {
          const json = JSON.stringify(value, null, space);
          const parsed = JSON.parse(json) as Record<string, unknown>;
          for (const name of Object.keys(parsed))
            expect(JSON.parse(rawMember(json, name) ?? "")).toEqual(parsed[name]);
        },
      ),
    );
  });
});
