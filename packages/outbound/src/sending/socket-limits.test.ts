import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readOpenFilesMax, SOCKETS_MIN, toSocketLimits } from "./socket-limits.js";

describe("limits of sockets", () => {
  test("come from the process's limit, less what else needs descriptors", () => {
    expect(toSocketLimits({ openFilesMax: 1_056 })).toEqual({
      total: 800,
      pools: { live: 400, drain: 200, retry: 200 },
      perOrigin: 100,
    });
  });

  test("are bounded by memory, however many descriptors there are", () => {
    expect(toSocketLimits({ openFilesMax: Infinity }).total).toBe(8_192);
  });

  test("configured ones are taken as they are", () => {
    expect(toSocketLimits({ openFilesMax: 1_024, socketsMax: 10_000, perOriginMax: 7 })).toMatchObject({
      total: 10_000,
      perOrigin: 7,
    });
  });

  test("every pool has a socket, together they have all, and neither retries nor draining more than 30 %", () => {
    fc.assert(
      fc.property(
        fc.option(fc.nat(), { nil: undefined }),
        fc.option(fc.integer({ min: SOCKETS_MIN, max: 1_000_000 }), { nil: undefined }),
        (openFilesMax, socketsMax) => {
          const { total, pools, perOrigin } = toSocketLimits({ openFilesMax, socketsMax });
          expect(pools.live + pools.drain + pools.retry).toBe(total);
          for (const share of [pools.drain, pools.retry]) {
            expect(share).toBeGreaterThanOrEqual(1);
            expect(share).toBeLessThanOrEqual(total * 0.3);
            // One origin leaves room for others.
            expect(perOrigin).toBeLessThanOrEqual(share);
          }
        },
      ),
    );
  });

  test("the limit of this process is read where the system tells it", () => {
    if (process.platform === "linux") expect(readOpenFilesMax()).toBeGreaterThan(0);
    expect(readOpenFilesMax("/nowhere")).toBeUndefined();
  });
});
