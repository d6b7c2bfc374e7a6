import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { DueTimes } from "./due-times.js";

test("items come out in the order of their times, and none before its time", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000)), fc.nat(1_000), (times, now) => {
      const due = new DueTimes<number>();
      times.forEach((at, index) => due.add(at, index));
      const out: number[] = [];
      for (let next = due.takeDue(now); next; next = due.takeDue(now)) out.push(next.at);
      expect(out).toEqual(times.filter((at) => at <= now).sort((a, b) => a - b));
      const left = times.filter((at) => at > now);
      expect(due.earliest).toBe(left.length === 0 ? undefined : Math.min(...left));
    }),
  );
});
