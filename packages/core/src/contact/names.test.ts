import { describe, expect, test } from "@jest/globals";
import { compileContactFilter } from "./contact-filter.js";
import { whyTooMuch } from "./contact-limits.js";
import { isWellFormed, whyNoFieldName, whyNoTag } from "./names.js";

describe("the name of a field", () => {
  test.each(["city", "First name", "Prénom", "a$b", "x".repeat(64)])("%j can be asked for", (name) => {
    expect(whyNoFieldName(name)).toBeUndefined();
    expect(compileContactFilter({ [`fields.${name}`]: 1 }).ok).toBe(true);
  });

  test.each(["", " a", "a ", "a.b", "$a", "__proto__", "constructor", "a\nb", "x".repeat(65), "\ud800"])(
    "%j is refused",
    (name) => expect(whyNoFieldName(name)).toEqual(expect.any(String)),
  );
});

test.each([
  ["vip", true],
  ["a.b $c", true],
  ["x".repeat(64), true],
  ["", false],
  [" vip", false],
  ["x".repeat(65), false],
  ["a\u0000", false],
])("a tag %j: %s", (name, isOne) => expect(whyNoTag(name) === undefined).toBe(isOne));

test("half a surrogate pair is no text", () => {
  expect([isWellFormed("a😀"), isWellFormed("a\ud83d")]).toEqual([true, false]);
});

describe("too much of a contact", () => {
  const fieldsOf = (count: number, value: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, value]));

  test.each([
    [100, "x", 100, undefined],
    [101, "x", 0, "too_many_fields"],
    [100, "x".repeat(330), 0, "fields_too_large"],
    [0, "", 101, "too_many_tags"],
  ])("%i fields, %i tags", (count, value, tags, expected) => {
    const given = {
      fields: fieldsOf(count, value),
      tags: Array.from({ length: tags }, (_, index) => `t${index}`),
    };
    expect(whyTooMuch(given)).toBe(expected);
  });
});
