import { describe, expect, test } from "@jest/globals";
import { readLine } from "./line-report.js";
import type { ReceivedRequest } from "./received-request.js";

/** Requests of one event each, all answered with 200 unless told otherwise. */
const requests = (sequence: readonly number[], statuses: readonly number[] = []): ReceivedRequest[] =>
  sequence.map((seq, index) => ({
    method: "POST",
    path: "/",
    headers: {},
    body: Buffer.from(JSON.stringify({ data: { seq } })),
    arrivedAt: 0,
    arrivedMonotonicMs: 0,
    attempt: 1,
    webhookId: "",
    inFlight: 1,
    status: statuses[index] ?? 200,
  }));

describe("readLine", () => {
  test("finds nothing in a line that is whole", () => {
    expect(readLine(requests([1, 2, 3]), 3)).toEqual({
      arrivals: 3,
      distinct: 3,
      duplicates: 0,
      lateAnswers: 0,
      missing: [],
      breaks: [],
    });
  });

  test("a step back and the same way again are repeats, not a break", () => {
    expect(readLine(requests([1, 2, 3, 2, 3, 4]), 4)).toMatchObject({ duplicates: 2, breaks: [] });
  });

  test("a retry of what was refused is no duplicate", () => {
    expect(readLine(requests([1, 2, 2, 2, 3], [200, 500, 500, 200]), 3)).toMatchObject({
      arrivals: 5,
      duplicates: 0,
    });
  });

  test("a further attempt of what was taken shows an answer that came too late", () => {
    const [first, second] = requests([1, 1]);
    expect(readLine([first!, { ...second!, attempt: 2 }], 1)).toMatchObject({
      duplicates: 0,
      lateAnswers: 1,
    });
  });

  test("skipping forward is a break, also within what is repeated", () => {
    expect(readLine(requests([1, 3, 2]), 3).breaks).toEqual(["3 after 1"]);
    expect(readLine(requests([1, 2, 3, 1, 3, 4]), 4).breaks).toEqual(["3 after 1"]);
  });

  test("names what never came", () => {
    expect(readLine(requests([1, 2]), 4).missing).toEqual([3, 4]);
  });
});
