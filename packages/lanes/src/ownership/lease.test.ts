import { describe, expect, test } from "@jest/globals";
import { elapsedMs, type Instant, leaseLeftMs, mayStartRequest } from "./lease.js";

const start: Instant = { mono: 1_000, wall: 500_000 };
const after = (mono: number, wall: number): Instant => ({ mono: start.mono + mono, wall: start.wall + wall });

describe("the age of a lease", () => {
  test("is what both clocks say when they agree", () => {
    expect(elapsedMs(start, after(4_000, 4_000))).toBe(4_000);
    expect(leaseLeftMs(start, after(4_000, 4_000))).toBe(11_000);
  });

  test("does not stand still while the machine sleeps and its monotonic clock with it", () => {
    expect(leaseLeftMs(start, after(100, 40_000))).toBe(-25_000);
    expect(mayStartRequest(start, after(100, 40_000), 5_000)).toBe(false);
  });

  test("does not shrink when the wall clock is set back", () => {
    expect(leaseLeftMs(start, after(14_000, -3_600_000))).toBe(1_000);
    expect(mayStartRequest(start, after(14_000, -3_600_000), 5_000)).toBe(false);
  });
});

describe("the send guard", () => {
  test("lets a request begin until 9 s: it ends by 14 s, before the lease does", () => {
    expect(mayStartRequest(start, after(9_000, 9_000), 5_000)).toBe(true);
    expect(mayStartRequest(start, after(9_001, 9_000), 5_000)).toBe(false);
    expect(mayStartRequest(start, after(9_000, 9_001), 5_000)).toBe(false);
  });
});
