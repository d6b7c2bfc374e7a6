import { expect, test } from "@jest/globals";
import { readLogSearch, toInstant } from "./log-search.js";

test("an address of the log is read as it was written; what cannot be understood is left out", () => {
  const wanted = {
    view: "events",
    webhookId: "wh_1",
    eventType: "a.b",
    status: "dead_letter",
    from: "2026-01-15T10:00",
  };
  expect(readLogSearch(wanted)).toMatchObject(wanted);
  const nothing = Object.fromEntries(Object.keys(readLogSearch({})).map((key) => [key, undefined]));
  expect(
    readLogSearch({ view: "x", status: "lost", eventStatus: 3, webhookId: ["a"], from: "", other: 1 }),
  ).toEqual(nothing);
});

test("a local time is an instant, and nonsense is none", () => {
  expect(toInstant("2026-01-15T10:00")).toBe(new Date(2026, 0, 15, 10).toISOString());
  expect([toInstant(undefined), toInstant("yesterday")]).toEqual([undefined, undefined]);
});
