import { asEventId, toEventJson } from "@hooklane/core";
import { expect, test } from "@jest/globals";
import { readEvent } from "./read-event.js";

const event = {
  id: asEventId("evt_1"),
  type: "email.opened",
  timestamp: "2026-01-15T10:00:00Z",
  source: "api",
  data: { contact: { name: "Léa" } },
} as const;

test("an event in native form is read, also out of a larger buffer", () => {
  const bytes = Buffer.from(`xx${toEventJson(event)}yy`);
  expect(readEvent(bytes.subarray(2, -2))).toEqual(event);
});

test.each([
  "",
  "no json",
  "[]",
  "null",
  '"text"',
  "{}",
  JSON.stringify({ ...event, data: [] }),
  JSON.stringify({ ...event, source: "x" }),
])("%j is no event", (text) => expect(readEvent(Buffer.from(text))).toBeUndefined());
