import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { EVENT_SUBJECT, FILTER_CONDITIONS_MAX, FILTER_LENGTH_MAX, FILTER_VALUES_MAX } from "./filter.js";
import { checkFilter, parseFilter } from "./parse-filter.js";

const faultsOf = (filter: unknown) =>
  checkFilter(filter).map(({ path, message }) => [path.join(" "), message] as const);

const conditions = (count: number) => ({
  $or: Array.from({ length: count }, (_, index) => ({ "data.n": index })),
});

describe("a filter", () => {
  test.each([
    { type: "order.paid" },
    { "data.total": { $gte: 1, $lt: 9.5 } },
    { "data.tags": ["a", "b"], "data.contact": { id: 1, name: null } },
    { "data.lines.0.sku": { $exists: true } },
    { "data.lines": { $elemMatch: { sku: "a", $or: [{ count: 1 }, { "tax.rate": { $gt: 2 } }] } } },
    { "data.tags": { $elemMatch: { $regex: "^a", $options: "i", $ne: "ab" } } },
    { "data.tags": { $all: ["a", { b: 1 }], $size: 2, $not: { $size: 3, $in: [null] } } },
    { $and: [{ id: { $nin: ["x"] } }, { $nor: [{ source: "api" }, { timestamp: { $lt: "2026" } }] }] },
    conditions(FILTER_CONDITIONS_MAX),
    { "data.n": { $in: Array.from({ length: FILTER_VALUES_MAX }, (_, index) => index) } },
  ])("%.70j is taken", (filter) => expect(faultsOf(filter)).toEqual([]));

  test.each([
    [null, "", "object"],
    [[], "", "object"],
    ["data.a", "", "object"],
    [{}, "", "condition"],
    [{ "contact.email": "x" }, "contact.email", "write data.contact.email"],
    [{ "data..a": 1 }, "data..a", "not a path"],
    [{ "": 1 }, "", "not a path"],
    [{ "data.$a": 1 }, "data.$a", "$"],
    [{ [`data${".a".repeat(16)}`]: 1 }, `data${".a".repeat(16)}`, "at most 16 names"],
    [{ "data.constructor.name": "x" }, "data.constructor.name", "constructor"],
    [{ "data.toString": { $exists: true } }, "data.toString", "toString"],
    [{ "data.__proto__": 1 }, "data.__proto__", "__proto__"],
    [{ "data.prototype": 1 }, "data.prototype", "prototype"],
    [
      { "data.a": { $elemMatch: { "b.hasOwnProperty": 1 } } },
      "data.a $elemMatch b.hasOwnProperty",
      "hasOwnProperty",
    ],
    [{ "data.a": JSON.parse('{"b":{"__proto__":{"x":1}}}') as unknown }, "data.a", "__proto__"],
    [{ "data.a": { $in: [[{ constructor: 1 }]] } }, "data.a $in", "constructor"],
    [{ $where: "1" }, "$where", "cannot be used|not an operator"],
    [{ $expr: { $gt: ["$data.a", 1] } }, "$expr", "not an operator"],
    [{ "data.a": { $where: "1" } }, "data.a $where", "not an operator"],
    [{ "data.a": { $function: {} } }, "data.a $function", "not an operator"],
    [{ "data.a": { $type: "string" } }, "data.a $type", "not an operator"],
    [{ $gt: 1 }, "$gt", "below a path"],
    [{ "data.a": { $or: [] } }, "data.a $or", "does not stand below a path"],
    [{ "data.a": { $gt: 1, b: 2 } }, "data.a b", "none"],
    [{ "data.a": { b: { $gt: 1 } } }, "data.a", "$gt in a value"],
    [{ "data.a": { $eq: { $gt: 1 } } }, "data.a $eq", "$gt in a value"],
    [{ "data.a": { $gt: null } }, "data.a $gt", "number or a text"],
    [{ "data.a": { $lte: [1] } }, "data.a $lte", "number or a text"],
    [{ "data.a": { $exists: 1 } }, "data.a $exists", "true or false"],
    [{ "data.a": { $size: 1.5 } }, "data.a $size", "whole number"],
    [{ "data.a": { $size: -1 } }, "data.a $size", "whole number"],
    [{ "data.a": { $in: "x" } }, "data.a $in", "list"],
    [{ "data.a": { $all: [] } }, "data.a $all", "at least one"],
    [{ "data.a": { $not: 5 } }, "data.a $not", "operators"],
    [{ "data.a": { $not: {} } }, "data.a $not", "operators"],
    [{ "data.a": { $elemMatch: 5 } }, "data.a $elemMatch", "object"],
    [{ "data.a": { $elemMatch: {} } }, "data.a $elemMatch", "condition"],
    [{ "data.a": { $regex: 5 } }, "data.a $regex", "text"],
    [{ "data.a": { $regex: "(" } }, "data.a $regex", "missing closing )"],
    [{ "data.a": { $regex: "a", $options: "m" } }, "data.a $options", '"i"'],
    [{ "data.a": { $options: "i" } }, "data.a $options", "beside $regex"],
    [{ $or: {} }, "$or", "list of filters"],
    [{ $or: [] }, "$or", "list of filters"],
    [{ $or: [{ "data.a": 1 }, { a: 1 }] }, "$or 1 a", "must begin"],
    [{ "data.a": "x".repeat(FILTER_LENGTH_MAX) }, "", "characters"],
    [conditions(FILTER_CONDITIONS_MAX + 1), `$or ${FILTER_CONDITIONS_MAX} data.n`, "conditions"],
    [{ "data.a": { $in: Array(300).fill(1) }, "data.b": { $nin: Array(201).fill(1) } }, "data.b $nin", "500"],
  ])("%.70j is refused at %j", (filter, path, message) => {
    expect(faultsOf(filter)).toEqual([[path, expect.stringMatching(message.replaceAll(/[$()]/g, "\\$&"))]]);
  });

  test("has no more patterns compiled than it may have conditions", () => {
    const filter = { $or: Array.from({ length: 200 }, () => ({ "data.a": { $regex: "a{401}" } })) };
    expect(faultsOf(filter)).toHaveLength(FILTER_CONDITIONS_MAX + 1);
  });

  test("with several faults names all of them", () => {
    expect(faultsOf({ a: 1, "data.b": { $x: 1, $gt: 1 }, $or: [{ c: 1 }] }).map(([path]) => path)).toEqual([
      "a",
      "data.b $x",
      "$or 0 c",
    ]);
  });

  test("too deep to be walked is refused, not walked", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = { $not: deep };
    expect(faultsOf({ "data.a": deep })).toEqual([["", expect.stringContaining("levels")]]);
  });

  test("that is anything at all is taken or refused, never thrown at", () => {
    const names = fc.constantFrom(
      "data.a",
      "a",
      "$or",
      "$and",
      "$not",
      "$elemMatch",
      "$in",
      "$regex",
      "$options",
      "$eq",
      "__proto__",
      "",
    );
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: "small" },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie("any"), { maxLength: 3 }),
        fc.dictionary(names, tie("any"), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(any, (filter) => {
        const parsed = parseFilter(filter, EVENT_SUBJECT);
        if (!parsed.ok) expect(parsed.faults.length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });
});
