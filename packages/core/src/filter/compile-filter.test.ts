import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Query } from "mingo";
import { asEventId } from "../ids.js";
import type { NativeEvent } from "../event.js";
import { compileFilter } from "./compile-filter.js";
import { type Filter, FILTER_CONDITIONS_MAX } from "./filter.js";
import { checkFilter } from "./parse-filter.js";

const eventOf = (data: unknown): NativeEvent => ({
  id: asEventId("evt_1"),
  type: "order.paid",
  timestamp: "2026-01-15T10:00:00Z",
  source: "api",
  data: data as NativeEvent["data"],
});

function compiled(filter: unknown) {
  const compilation = compileFilter(filter);
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.faults));
  return compilation.filter;
}

const matches = (filter: unknown, data: unknown) => compiled(filter).matches(eventOf(data));

/** As `JSON.parse` makes them. */
const dictionary = <T>(
  names: fc.Arbitrary<string>,
  value: fc.Arbitrary<T>,
  constraints: { readonly minKeys?: number; readonly maxKeys?: number } = {},
) => fc.dictionary(names, value, { noNullPrototype: true, ...constraints });

describe("a filter", () => {
  const data = {
    total: 120,
    note: null,
    contact: { email: "lea@example.org", country: "FR" },
    tags: ["new", "vip"],
    lines: [
      { sku: "a", count: 1 },
      { sku: "b", count: 3, taxes: [{ rate: 20 }, { rate: 5 }] },
    ],
  };

  test.each([
    [{ type: "order.paid", source: "api" }, true],
    [{ timestamp: { $gte: "2026-01-01", $lt: "2026-02-01" } }, true],
    [{ "data.total": 120 }, true],
    [{ "data.total": "120" }, false],
    [{ "data.total": { $gt: "1" } }, false],
    [{ "data.contact": { country: "FR", email: "lea@example.org" } }, true],
    [{ "data.contact": { country: "FR" } }, false],
    [{ "data.note": null }, true],
    [{ "data.nowhere": null }, true],
    [{ "data.nowhere": { $exists: false } }, true],
    [{ "data.note": { $exists: true } }, true],
    [{ "data.tags": "vip" }, true],
    [{ "data.tags": { $ne: "vip" } }, false],
    [{ "data.tags": { $all: ["vip", "new"], $size: 2 } }, true],
    [{ "data.tags": { $in: ["old", "new"] } }, true],
    [{ "data.tags": { $nin: ["old"] } }, true],
    [{ "data.lines.sku": "b" }, true],
    [{ "data.lines.0.sku": "b" }, false],
    [{ "data.lines.taxes.rate": { $lt: 10 } }, true],
    [{ "data.lines.sku": "a", "data.lines.count": 3 }, true],
    [{ "data.lines": { $elemMatch: { sku: "a", count: 3 } } }, false],
    [{ "data.lines": { $elemMatch: { sku: "b", "taxes.rate": 5 } } }, true],
    [{ "data.lines": { $elemMatch: { taxes: { $elemMatch: { rate: { $gt: 5, $lt: 25 } } } } } }, true],
    [{ "data.tags": { $elemMatch: { $regex: "^V", $options: "i" } } }, true],
    [{ "data.tags": { $elemMatch: { sku: null } } }, false],
    [{ "data.total": { $elemMatch: { $gt: 1 } } }, false],
    [{ "data.contact.email": { $regex: "@example\\.org$" } }, true],
    [{ "data.tags": { $regex: "^vip$" } }, true],
    [{ "data.total": { $regex: "120" } }, false],
    [{ "data.total": { $not: { $gt: 500 } } }, true],
    [{ "data.nowhere": { $not: { $gt: 500 } } }, true],
    [{ "data.total": { $not: { $gt: 100, $lt: 110 } } }, true],
    [{ $or: [{ "data.total": 1 }, { "data.total": 120 }] }, true],
    [{ $and: [{ "data.total": 120 }, { "data.note": 1 }] }, false],
    [{ $nor: [{ "data.total": 1 }, { "data.note": 1 }] }, true],
    [{ $nor: [{ "data.total": 120 }, { "data.note": 1 }] }, false],
  ])("%j: %s", (filter, expected) => expect(matches(filter, data)).toBe(expected));

  test("that is none is not compiled", () => {
    expect(compileFilter({ $where: "1" }).ok).toBe(false);
    expect(compileFilter(undefined).ok).toBe(false);
  });
});

describe("whatever the event is", () => {
  const field = fc.constantFrom("a", "b", "c");
  const scalar = fc.oneof(
    fc.constantFrom(0, 1, 2.5, "", "a", "ab", true, false, null),
    fc.integer(),
    fc.string(),
  );
  const operandsOf = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Filter> =>
    fc.oneof(
      fc.record({ $eq: value }),
      fc.record({ $ne: value }),
      fc.record({ $gt: fc.constantFrom<unknown>(0, 1, "a", "ab") }),
      fc.record({ $gte: fc.constantFrom<unknown>(0, 1, "a"), $lt: fc.constantFrom<unknown>(2, "b") }),
      fc.record({ $lte: fc.constantFrom<unknown>(1, "a") }),
      fc.record({ $in: fc.array(value, { minLength: 1, maxLength: 4 }) }),
      fc.record({ $nin: fc.array(value, { minLength: 1, maxLength: 4 }) }),
      fc.record({ $all: fc.array(value, { minLength: 1, maxLength: 3 }) }),
      fc.record({ $exists: fc.boolean() }),
      fc.record({ $size: fc.nat(3) }),
      fc.record({ $regex: fc.constantFrom("a", "^a?b$", "[^a]", "^$") }),
    );
  const values = fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    dictionary(field, scalar, { maxKeys: 2 }),
    fc.array(dictionary(field, scalar, { maxKeys: 2 }), { maxLength: 3 }),
  );
  const paths = fc
    .tuple(field, fc.option(fc.oneof(field, fc.constantFrom("0", "1")), { nil: undefined }))
    .map(([first, second]) => (second === undefined ? `data.${first}` : `data.${first}.${second}`));
  const { filter } = fc.letrec<{ filter: Filter; operators: Filter }>((tie) => ({
    operators: fc.oneof(
      { depthSize: "small" },
      { weight: 5, arbitrary: operandsOf(values) },
      tie("operators").map(($not) => ({ $not })),
      operandsOf(scalar).map(($elemMatch) => ({ $elemMatch })),
    ),
    filter: fc.oneof(
      { depthSize: "small" },
      {
        weight: 4,
        arbitrary: dictionary(paths, fc.oneof(tie("operators"), scalar), { minKeys: 1, maxKeys: 3 }),
      },
      fc.array(tie("filter"), { minLength: 1, maxLength: 3 }).map(($and) => ({ $and })),
      fc.array(tie("filter"), { minLength: 1, maxLength: 3 }).map(($or) => ({ $or })),
      fc.array(tie("filter"), { minLength: 1, maxLength: 3 }).map(($nor) => ({ $nor })),
    ),
  }));
  const filters = filter.filter((given) => checkFilter(given).length === 0);
  const data = dictionary(field, values);

  test("the answer is mingo's", () => {
    fc.assert(
      fc.property(filters, data, (given, fields) => {
        const event = eventOf(fields);
        const expected = new Query(given).test(event as unknown as Record<string, unknown>);
        expect(compiled(given).matches(event)).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  test("elements of lists are matched as mingo matches them", () => {
    const lists = fc.array(
      dictionary(field, fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { minKeys: 1 }),
      {
        maxLength: 4,
      },
    );
    const ofFields = dictionary(field, fc.oneof(scalar, operandsOf(scalar)), { minKeys: 1, maxKeys: 2 });
    fc.assert(
      fc.property(ofFields, lists, (fields, list) => {
        const given = { "data.list": { $elemMatch: fields } };
        const event = eventOf({ list });
        const expected = new Query(given).test(event as unknown as Record<string, unknown>);
        expect(compiled(given).matches(event)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  test("it answers, never throws", () => {
    const anything = fc.anything({ withNullPrototype: true, withDate: true, withBigInt: true });
    const names = fc.constantFrom(
      "a",
      "b",
      "c",
      "constructor",
      "toString",
      "hasOwnProperty",
      "length",
      "0",
      "__proto__",
    );
    const hostile = fc.oneof(
      fc.jsonValue(),
      anything,
      fc.array(dictionary(names, fc.oneof(scalar, dictionary(names, scalar)))),
      dictionary(names, fc.jsonValue()),
    );
    fc.assert(
      fc.property(filters, dictionary(field, hostile), (given, fields) => {
        expect(typeof compiled(given).matches(eventOf(fields))).toBe("boolean");
      }),
      { numRuns: 1_000 },
    );
  });

  test("what all objects have is not what an event has", () => {
    for (const name of ["valueOf", "constructor", "__proto__", "length"]) {
      const own = JSON.parse(`{"list":[{"${name}":1}],"${name}":1}`) as unknown;
      expect(matches({ "data.list": { $size: 1 } }, own)).toBe(true);
    }
    expect(matches({ "data.length": { $exists: true } }, {})).toBe(false);
    expect(matches({ "data.list.length": { $exists: true } }, { list: ["a"] })).toBe(false);
  });

  test("deep enough to overflow the stack, it does not match", () => {
    const deep = JSON.parse(`${"[".repeat(100_000)}1${"]".repeat(100_000)}`) as unknown;
    for (const operators of [
      { $eq: [[1]] },
      { $in: [[[1]]] },
      { $regex: "a" },
      { $elemMatch: { $size: 9 } },
      { $gt: 1 },
    ]) {
      expect(matches({ "data.a": operators }, { a: deep })).toBe(false);
    }
  });
});

describe("hostile input is answered soon", () => {
  /** Far above what is seen (tens of milliseconds), far below what any of these took without a limit. */
  const LIMIT_MS = 2_000;
  const list = Array.from({ length: 60_000 }, (_, index) => ({ a: index % 7, b: [`${index}`] }));
  const numbers = Array.from({ length: 120_000 }, (_, index) => index);

  const objects = (count: number) => Array.from({ length: count }, (_, index) => ({ a: index, b: -index }));
  const all = (make: (index: number) => Filter, count = FILTER_CONDITIONS_MAX) => ({
    $nor: Array.from({ length: count }, (_, index) => make(index)),
  });

  test.each<[string, Filter, unknown]>([
    ["a list looked through by every condition", all((n) => ({ "data.x": { $eq: -1 - n } })), numbers],
    ["a long list in a long list", { "data.x": { $in: objects(250) } }, list],
    ["all of many in a long list", { "data.x": { $all: Array.from({ length: 500 }, (_, n) => n) } }, numbers],
    [
      "many values for every element",
      { "data.x": { $elemMatch: { a: { $nin: Array.from({ length: 500 }, (_, n) => n) } } } },
      list,
    ],
    [
      "elements of elements",
      { "data.x": { $elemMatch: { b: { $elemMatch: { $in: objects(200) } } } } },
      list,
    ],
    ["a path through every element", all((n) => ({ "data.x.b.c.d": `${n}` })), list],
    [
      "a pattern that goes back and back",
      { "data.x": { $regex: "^(([a-z])+.)+[A-Z]([a-z])+$" } },
      "a".repeat(250_000),
    ],
    [
      "a large pattern on many texts",
      { "data.x": { $regex: "(?:(?:a|b|ab)*c?){20}!$" } },
      Array(2_000).fill("ab".repeat(60)),
    ],
    ["a pattern for every element", { "data.x": { $elemMatch: { b: { $regex: "(?:a|b|1|2)*x" } } } }, list],
  ])("%s", (_name, given, x) => {
    const filter = compiled(given);
    const event = eventOf({ x });
    const start = performance.now();
    filter.matches(event);
    expect(performance.now() - start).toBeLessThan(LIMIT_MS);
  });
});
