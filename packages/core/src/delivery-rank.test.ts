import { describe, expect, test } from "@jest/globals";
import { deliveryRank } from "./delivery-rank.js";

describe("deliveryRank", () => {
  test("a terminal state stands above every attempt, whatever its lease", () => {
    const attempt = deliveryRank({ status: "retrying", epoch: 900_000, attemptNumber: 3 });
    for (const status of ["skipped", "cancelled", "dead_letter", "delivered"] as const) {
      expect(deliveryRank({ status, epoch: 0, attemptNumber: 0 })).toBeGreaterThan(attempt);
    }
  });

  test("a later attempt stands above an earlier one of the same lease", () => {
    const first = deliveryRank({ status: "retrying", epoch: 4, attemptNumber: 1 });
    expect(deliveryRank({ status: "retrying", epoch: 4, attemptNumber: 2 })).toBeGreaterThan(first);
  });

  test("an attempt under a later lease stands above a later attempt under an older one", () => {
    const fenced = deliveryRank({ status: "retrying", epoch: 4, attemptNumber: 3 });
    expect(deliveryRank({ status: "retrying", epoch: 5, attemptNumber: 1 })).toBeGreaterThan(fenced);
  });

  test("what was delivered stays delivered when a repeat after a crash fails or is skipped", () => {
    const delivered = deliveryRank({ status: "delivered", epoch: 4, attemptNumber: 1 });
    expect(deliveryRank({ status: "dead_letter", epoch: 9, attemptNumber: 4 })).toBeLessThan(delivered);
    expect(deliveryRank({ status: "skipped", epoch: 9, attemptNumber: 0 })).toBeLessThan(delivered);
  });

  test("ranks are exact integers", () => {
    expect(
      Number.isSafeInteger(deliveryRank({ status: "delivered", epoch: 1e12 - 1, attemptNumber: 9999 })),
    ).toBe(true);
  });
});
