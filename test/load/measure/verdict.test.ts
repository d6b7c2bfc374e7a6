import { describe, expect, test } from "@jest/globals";
import { ArrivalLog } from "./arrivals.js";
import { judge } from "./verdict.js";

const OK = true;
const REFUSED = false;

/** What arrived, in order; attempts and times do not matter to the judge. */
function arrivals(...rows: [endpoint: number, sequence: number, isAccepted?: boolean][]) {
  const log = new ArrivalLog();
  rows.forEach(([endpoint, sequence, isAccepted = OK], index) =>
    log.add(endpoint, sequence, 1, index, isAccepted),
  );
  return log.read();
}

describe("judge", () => {
  test("a clean run has nothing lost, doubled or out of order", () => {
    const verdict = judge(arrivals([0, 0], [1, 0], [0, 1]), [2, 1]);
    expect(verdict).toEqual({
      delivered: 3,
      lost: 0,
      exhausted: 0,
      duplicated: 0,
      outOfOrder: 0,
      retried: 0,
    });
  });

  test("an event that never came is lost", () => {
    expect(judge(arrivals([0, 1]), [2, 3])).toMatchObject({ delivered: 1, lost: 4 });
  });

  test("an event that came and was never accepted is lost", () => {
    expect(judge(arrivals([0, 0, REFUSED]), [1])).toMatchObject({ delivered: 0, lost: 1, exhausted: 0 });
  });

  test("an event refused at all four attempts is a dead letter, not lost", () => {
    const four = arrivals([0, 0, REFUSED], [0, 0, REFUSED], [0, 0, REFUSED], [0, 0, REFUSED]);
    expect(judge(four, [1])).toMatchObject({ delivered: 0, lost: 0, exhausted: 1, retried: 3 });
  });

  test("an event that comes after a later one of its endpoint is out of order, once", () => {
    expect(judge(arrivals([0, 1], [0, 0], [0, 2]), [3])).toMatchObject({ outOfOrder: 1 });
  });

  test("an event overtaken while it waits for its retry is out of order", () => {
    const overtaken = arrivals([0, 0, REFUSED], [0, 1], [0, 0]);
    expect(judge(overtaken, [2])).toMatchObject({ delivered: 2, outOfOrder: 1, retried: 1 });
  });

  test("a retry before the next event keeps the order", () => {
    const kept = arrivals([0, 0, REFUSED], [0, 0], [0, 1]);
    expect(judge(kept, [2])).toMatchObject({ delivered: 2, outOfOrder: 0, retried: 1, duplicated: 0 });
  });

  test("events whose calls overlapped have no order to break", () => {
    const swapped = arrivals([0, 1], [0, 0]);
    expect(judge(swapped, [2], () => false)).toMatchObject({ delivered: 2, outOfOrder: 0 });
  });

  test("what comes again after it was accepted is a duplicate", () => {
    expect(judge(arrivals([0, 0], [0, 0], [0, 0]), [1])).toMatchObject({ delivered: 1, duplicated: 2 });
  });

  test("endpoints nobody asks about do not count", () => {
    expect(judge(arrivals([0, 0], [1, 0], [1, 0]), [1, 0])).toMatchObject({ delivered: 1, duplicated: 0 });
  });
});
