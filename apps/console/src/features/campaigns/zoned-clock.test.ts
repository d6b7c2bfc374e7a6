import { describe, expect, test } from "@jest/globals";
import { createZonedClock } from "./zoned-clock.js";

const paris = createZonedClock("Europe/Paris");
const found = (date: string, time: string, clock = paris) =>
  clock.find({ date, time }).map((at) => at.toISOString());

describe("the clocks of a time zone", () => {
  test("show a time, with seconds where there are any", () => {
    expect(paris.show(new Date("2027-01-01T23:30:00Z"))).toEqual({ date: "2027-01-02", time: "00:30" });
    expect(paris.show(new Date("2027-07-01T08:00:05Z"))).toEqual({ date: "2027-07-01", time: "10:00:05" });
  });

  test.each([
    ["2027-01-15", "09:30", ["2027-01-15T08:30:00.000Z"]],
    ["2027-07-15", "09:30:15", ["2027-07-15T07:30:15.000Z"]],
    ["2027-03-28", "01:59", ["2027-03-28T00:59:00.000Z"]],
    ["2027-03-28", "03:00", ["2027-03-28T01:00:00.000Z"]],
  ])("show %s %s once", (date, time, at) => {
    expect(found(date, time)).toEqual(at);
  });

  test("never show what they leave out, and show twice what they repeat", () => {
    expect(found("2027-03-28", "02:00")).toEqual([]);
    expect(found("2027-03-28", "02:59")).toEqual([]);
    expect(found("2027-10-31", "02:30")).toEqual(["2027-10-31T00:30:00.000Z", "2027-10-31T01:30:00.000Z"]);
    // By half an hour.
    const lordHowe = createZonedClock("Australia/Lord_Howe");
    expect(found("2027-10-03", "02:15", lordHowe)).toEqual([]);
    expect(found("2027-10-03", "02:30", lordHowe)).toEqual(["2027-10-02T15:30:00.000Z"]);
  });

  test("never show what is no time", () => {
    expect(found("", "09:30")).toEqual([]);
    expect(found("2027-02-30", "09:30")).toEqual([]);
  });
});
