import { describe, expect, test } from "@jest/globals";
import { toDayRange, toDueTime, toLocalDate, whyNotThen } from "./local-time.js";

const paris = "Europe/Paris";

describe("a local time", () => {
  test("is what the clock shows, in winter and in summer", () => {
    expect(toDueTime("2027-01-15", "09:30", paris)).toEqual({ dueAt: new Date("2027-01-15T08:30:00Z") });
    expect(toDueTime("2027-07-15", "09:30:20", paris)).toEqual({ dueAt: new Date("2027-07-15T07:30:20Z") });
  });

  test("that the clock leaves out is as much later as it leaves out, and says so", () => {
    expect(toDueTime("2027-03-28", "02:30", paris)).toEqual({
      dueAt: new Date("2027-03-28T01:30:00Z"),
      clockChange: "moved_forward",
    });
  });

  test("that the clock shows twice is the first of the two, and says so", () => {
    expect(toDueTime("2027-10-31", "02:30", paris)).toEqual({
      dueAt: new Date("2027-10-31T00:30:00Z"),
      clockChange: "first_of_two",
    });
  });

  test.each([
    ["01:59:59", "2027-03-28T00:59:59Z"],
    ["03:00", "2027-03-28T01:00:00Z"],
  ])("right beside a gap is as shown: %s", (time, utc) => {
    expect(toDueTime("2027-03-28", time, paris)).toEqual({ dueAt: new Date(utc) });
  });

  test("follows clocks that change by half an hour", () => {
    expect(toDueTime("2027-10-03", "02:15", "Australia/Lord_Howe")).toEqual({
      dueAt: new Date("2027-10-02T15:45:00Z"),
      clockChange: "moved_forward",
    });
  });
});

describe("a day", () => {
  test("has 23 hours when the clock goes forward", () => {
    const { from, to } = toDayRange("2027-03-28", "2027-03-28", paris);
    expect([from.toISOString(), to.toISOString()]).toEqual([
      "2027-03-27T23:00:00.000Z",
      "2027-03-28T22:00:00.000Z",
    ]);
  });

  test("is the zone's, not UTC's", () => {
    expect(toLocalDate(new Date("2027-01-15T23:30:00Z"), paris)).toBe("2027-01-16");
  });
});

describe("what may be scheduled", () => {
  const now = new Date("2027-01-15T08:30:00Z");
  const faultOf = (date: string, time: string) =>
    whyNotThen({ date, timeZone: paris, ...toDueTime(date, time, paris) }, now);

  test("is ahead of now", () => {
    expect(faultOf("2027-01-15", "09:30:01")).toBeUndefined();
    expect(faultOf("2027-01-15", "09:30")).toMatchObject({ path: "time", code: "too_small" });
    expect(faultOf("2027-01-14", "23:00")).toMatchObject({ path: "date", code: "too_small" });
  });

  test("is within two years", () => {
    expect(faultOf("2029-01-15", "09:30")).toBeUndefined();
    expect(faultOf("2029-01-15", "09:31")).toMatchObject({ path: "date", code: "too_large" });
  });
});
