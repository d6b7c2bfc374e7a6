import { describe, expect, test } from "@jest/globals";
import { addDays, addMonths, readMonth, startOfWeek, weeksOf } from "./month.js";

describe("a month", () => {
  test("is shown as the whole weeks, from Monday on, that have days of it", () => {
    const weeks = weeksOf("2026-11");
    expect(weeks.map(([monday]) => monday)).toEqual([
      "2026-10-26",
      "2026-11-02",
      "2026-11-09",
      "2026-11-16",
      "2026-11-23",
      "2026-11-30",
    ]);
    expect(weeks.at(-1)?.at(-1)).toBe("2026-12-06");
    // Four weeks and no more.
    expect(weeksOf("2027-02").flat()).toHaveLength(28);
    expect(weeksOf("2026-12").flat().at(0)).toBe("2026-11-30");
  });

  test("of an address is one of this century, or none", () => {
    expect(readMonth("2027-01")).toBe("2027-01");
    for (const none of ["2027-13", "2027-1", "1999-01", 202701, undefined])
      expect(readMonth(none)).toBeUndefined();
  });
});

describe("a day", () => {
  test("leads to others over the ends of months and years", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2027-03-01", -1)).toBe("2027-02-28");
    expect(startOfWeek("2026-11-01")).toBe("2026-10-26");
  });

  test("is the last of a month that has no such day", () => {
    expect(addMonths("2027-01-31", 1)).toBe("2027-02-28");
    expect(addMonths("2026-12-15", 1)).toBe("2027-01-15");
    expect(addMonths("2027-01-15", -1)).toBe("2026-12-15");
  });
});
