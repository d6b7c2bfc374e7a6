import { describe, expect, test } from "@jest/globals";
import { asEventId } from "../ids.js";
import { explainFilter } from "./explain-filter.js";

const event = {
  id: asEventId("evt_1"),
  type: "order.paid",
  timestamp: "2026-01-15T10:00:00Z",
  source: "api",
  data: { total: 120, lines: [{ sku: "a" }, { sku: "b" }], text: "a".repeat(100_000) },
} as const;

describe("an explanation", () => {
  test("tells of each condition where it stands, what is wanted and what is there", () => {
    const filter = {
      "data.total": { $gt: 100, $not: { $gt: 110 } },
      $or: [{ "data.lines.sku": "c" }, { $nor: [{ "data.nowhere": "x" }] }],
    };
    expect(explainFilter(filter, event)).toEqual({
      matched: false,
      conditions: [
        {
          place: ["data.total", "$gt"],
          path: "data.total",
          operator: "$gt",
          expected: 100,
          actual: 120,
          matched: true,
        },
        {
          place: ["data.total", "$not"],
          path: "data.total",
          operator: "$not",
          expected: { $gt: 110 },
          actual: 120,
          matched: false,
        },
        {
          place: ["$or", 0, "data.lines.sku"],
          path: "data.lines.sku",
          operator: "$eq",
          expected: "c",
          actual: ["a", "b"],
          matched: false,
        },
        {
          place: ["$or", 1, "$nor", 0, "data.nowhere"],
          path: "data.nowhere",
          operator: "$eq",
          expected: "x",
          actual: undefined,
          matched: false,
        },
      ],
    });
  });

  test("says when the filter was given up", () => {
    const filter = { "data.text": { $regex: "(?:(?:a|b)*c?){20}!" } };
    expect(explainFilter(filter, event)).toMatchObject({ matched: false, failure: "too_many_steps" });
  });

  test("is not made of what is no filter", () => {
    expect(() => explainFilter({ $where: "1" }, event)).toThrow(RangeError);
  });
});
