import { describe, expect, test } from "@jest/globals";
import { ArrivalLog } from "./arrivals.js";
import { describeTakeover } from "./takeover.js";

/** Endpoints 0 and 1 on partition 0, 2 on partition 1, 3 on none that counts. */
const PARTITIONS = [0, 0, 1, undefined];

describe("describeTakeover", () => {
  const log = new ArrivalLog();
  let sequence = 0;
  const arrive = (endpoint: number, ...momentsMs: number[]) =>
    momentsMs.map((moment) => ({ endpoint, moment }));
  const requests = [
    ...arrive(0, 1_000, 4_500, 9_000),
    ...arrive(1, 4_900, 9_100),
    ...arrive(2, 4_000, 4_600, 5_300, 6_000),
    ...arrive(3, 30_000),
  ].sort((a, b) => a.moment - b.moment);
  for (const { endpoint, moment } of requests) log.add(endpoint, sequence++, 1, moment);
  const takeover = describeTakeover(log.read(), {
    endedAtMs: 5_000,
    partitions: PARTITIONS,
    isMoved: (partition) => partition === 0,
  });

  test("a moved partition pauses from the end to the next request of any of its endpoints", () => {
    expect(takeover).toMatchObject({ movedPartitions: 1, movedPauseMs: { max: 4_000 } });
  });

  test("the others' pauses are compared with their own before the end", () => {
    expect(takeover).toMatchObject({
      otherPartitions: 1,
      othersBeforeMs: { max: 600 },
      othersAfterMs: { max: 700 },
      othersWatchedMs: 1_000,
    });
  });

  test("the last second's work of the moved partitions is what a crash may repeat", () => {
    expect(takeover.movedLastSecond).toBe(2);
  });
});
