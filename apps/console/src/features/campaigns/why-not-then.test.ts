import { expect, test } from "@jest/globals";
import { isRepeated, whyNotThen } from "./why-not-then.js";
import { createZonedClock } from "./zoned-clock.js";

const paris = createZonedClock("Europe/Paris");
/** Half past twelve in Paris. */
const NOW = new Date("2027-03-01T11:30:00Z");
const check = (date: string, time: string) => whyNotThen({ date, time }, paris, NOW);

test("a time is refused that is over, or that the clocks leave out, by the clocks of the zone", () => {
  expect(check("2027-02-28", "23:00")).toEqual({ path: "date", why: "past" });
  expect(check("2027-03-01", "12:30")).toEqual({ path: "time", why: "past" });
  expect(check("2027-03-01", "12:31")).toBeUndefined();
  expect(check("2027-03-28", "02:30")).toEqual({ path: "time", why: "leftOut" });
  expect(check("2027-03-28", "03:00")).toBeUndefined();
  expect(check("", "02:30")).toBeUndefined();
  expect(isRepeated({ date: "2027-10-31", time: "02:30" }, paris)).toBe(true);
  expect(isRepeated({ date: "2027-10-30", time: "02:30" }, paris)).toBe(false);
});
