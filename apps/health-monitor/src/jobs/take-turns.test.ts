import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { takeTurns } from "./take-turns.js";

test("of more than can have their turn at once each has one before any has its second", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 20 }), (count, max) => {
      const ids = Array.from({ length: count }, (_, n) => `job_${n}`);
      const seen: string[] = [];
      let last: string | undefined;
      while (seen.length < count) {
        const turn = takeTurns(ids, last, max);
        expect(turn).toHaveLength(Math.min(max, count));
        seen.push(...turn);
        last = turn.at(-1);
      }
      expect(new Set(seen.slice(0, count)).size).toBe(count);
    }),
  );
});

test("one that ended since begins the circle anew", () => {
  expect(takeTurns(["a", "b", "c"], "gone", 2)).toEqual(["a", "b"]);
  expect(takeTurns([], "gone", 2)).toEqual([]);
});
