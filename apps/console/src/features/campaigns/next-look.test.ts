import { expect, test } from "@jest/globals";
import { nextLookMs } from "./next-look.js";

const NOW = Date.parse("2027-01-01T12:00:00Z");

test("touchpoints are looked at again when the next is due, now and then while one runs, and never once all ended", () => {
  const later = { status: "scheduled", dueAt: "2027-01-01T13:00:00Z" } as const;
  const due = { status: "scheduled", dueAt: "2027-01-01T11:59:00Z" } as const;
  const running = { status: "running", dueAt: "2027-01-01T11:00:00Z" } as const;
  const far = { status: "scheduled", dueAt: "2028-12-01T12:00:00Z" } as const;
  expect(nextLookMs([later], NOW)).toBe(3_601_000);
  expect(nextLookMs([later, running], NOW)).toBe(2_000);
  expect(nextLookMs([later, due], NOW)).toBe(1_000);
  expect(nextLookMs([far], NOW)).toBeLessThan(2 ** 31);
  expect(
    nextLookMs(
      [
        { ...running, status: "completed" },
        { ...later, status: "draft" },
      ],
      NOW,
    ),
  ).toBe(false);
});
