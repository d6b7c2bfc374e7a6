import { describe, expect, test } from "@jest/globals";
import { toStoredBody } from "./stored-body.js";

const text = (data: string) =>
  `{"id":"e","type":"t","timestamp":"2026-01-15T10:00:00Z","source":"api","data":${data}}`;
const bytes = (data: string) => Buffer.from(text(data));
const redacting = (...redact: string[]) => ({ redact });

describe("what is stored of an event", () => {
  test.each([
    ["the workspace names no field", redacting()],
    ["the workspace is not known", undefined],
    ["the event has none of the fields", redacting("data.contact.email", "data.pin")],
  ])("is its very bytes, not copied, when %s", (_, workspace) => {
    const body = bytes('{"contact":{"id":1}}');
    const stored = toStoredBody(body, workspace);
    expect(stored).toEqual({ shownBody: body });
    expect(stored.shownBody).toBe(body);
  });

  test("is the event without the fields, and its original where they were found", () => {
    const body = bytes('{"contact":{"email":"ann@example.org"},"pin":1234,"n":1}');
    const { shownBody, originalBody } = toStoredBody(body, redacting("data.contact.email", "data.pin"));
    expect(Buffer.from(shownBody).toString()).toBe(
      text('{"contact":{"email":"[redacted]"},"pin":"[redacted]","n":1}'),
    );
    expect(originalBody).toBe(body);
  });

  test.each([
    ["a member that stands twice", bytes('{"contact":{"email":"ann@example.org"},"contact":{}}')],
    [
      "a member of the event that stands twice",
      Buffer.from(text("{}").replace("{", '{"data":{"contact":"ann@"},')),
    ],
    ["bytes that are no event", Buffer.from('["ann@example.org"')],
  ])("has nothing in the clear that reading it does not tell: %s", (_, body) => {
    const { shownBody, originalBody } = toStoredBody(body, redacting("data.contact.email"));
    expect(Buffer.from(shownBody).toString()).not.toContain("ann@");
    expect(originalBody).toBe(body);
  });
});
