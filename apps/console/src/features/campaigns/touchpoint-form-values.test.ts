import type { Touchpoint } from "@hooklane/client";
import { describe, expect, test } from "@jest/globals";
import {
  checkTouchpoint,
  newTouchpoint,
  toTouchpointBody,
  toTouchpointPatch,
  toTouchpointValues,
} from "./touchpoint-form-values.js";
import { createZonedClock } from "./zoned-clock.js";

const paris = createZonedClock("Europe/Paris");

const SAVED = {
  name: "Offer",
  url: "https://example.org/hook",
  auth: { type: "basic", username: "shop" },
  headers: {},
  contentType: "application/json",
  audienceId: "au_1",
  tag: "vip",
  // Given when the workspace's zone was another one.
  date: "2027-03-01",
  time: "08:30",
  timeZone: "UTC",
  dueAt: "2027-03-01T08:30:00.000Z",
} as const as unknown as Touchpoint;

describe("a touchpoint that is typed", () => {
  test("needs a request, a date and a time, and goes to everybody of the campaign's audience", () => {
    const blank = newTouchpoint("au_1");
    expect(checkTouchpoint(blank, false).map(({ path, code }) => [path, code])).toEqual([
      ["name", "required"],
      ["url", "required"],
      ["auth.username", "required"],
      ["auth.password", "required"],
      ["date", "required"],
      ["time", "required"],
    ]);
    const body = toTouchpointBody({ ...blank, date: "2027-03-01", time: "09:30" });
    expect(body).toMatchObject({ audienceId: "au_1", date: "2027-03-01", time: "09:30", schedule: true });
    expect(body).not.toHaveProperty("segmentId");
    expect(body).not.toHaveProperty("tag");
    expect(toTouchpointBody({ ...blank, isDraft: true }).schedule).toBe(false);
  });
});

describe("a touchpoint that is changed", () => {
  test("is shown by the workspace's clocks of today, and keeps its moment unless it is moved", () => {
    const shown = toTouchpointValues(SAVED, paris);
    expect(shown).toMatchObject({ date: "2027-03-01", time: "09:30", target: "tag:vip" });
    expect(toTouchpointPatch(SAVED, shown, paris)).toEqual({});
    expect(toTouchpointPatch(SAVED, { ...shown, time: "10:00" }, paris)).toEqual({
      date: "2027-03-01",
      time: "10:00",
    });
  });

  test("takes a segment in place of its tag, or neither", () => {
    const shown = toTouchpointValues(SAVED, paris);
    const patch = (target: typeof shown.target) => toTouchpointPatch(SAVED, { ...shown, target }, paris);
    expect(patch("segment:seg_1")).toEqual({ segmentId: "seg_1", tag: null });
    expect(patch("everybody")).toEqual({ segmentId: null, tag: null });
  });
});
