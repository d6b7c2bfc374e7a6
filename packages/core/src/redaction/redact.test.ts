import { describe, expect, test } from "@jest/globals";
import type { NativeEvent } from "../event.js";
import { asEventId } from "../ids.js";
import { listRedactedValues, redact, redactEvent } from "./redact.js";

const data = { contact: { id: 1, email: "a" }, list: [{ name: "x" }, { name: "y" }, 3], n: null };

describe("redacting", () => {
  test.each([
    [["data.contact.email"], { ...data, contact: { id: 1, email: "[redacted]" } }],
    [["data.contact"], { ...data, contact: "[redacted]" }],
    [["data.list.name"], { ...data, list: [{ name: "[redacted]" }, { name: "[redacted]" }, 3] }],
    [["data.n"], { ...data, n: "[redacted]" }],
    [["data.contact.email", "data.contact"], { ...data, contact: "[redacted]" }],
  ])("%j replaces these fields and changes nothing that was given", (paths, expected) => {
    const before = JSON.stringify(data);
    expect(redact(data, paths)).toEqual(expected);
    expect(JSON.stringify(data)).toBe(before);
  });

  test.each([[["data.nobody", "data.n.x", "data.contact.id.x", "data.toString", "data.list.0"]], [[]]])(
    "%j finds nothing: it is the same object, so whoever asks knows that nothing was replaced",
    (paths) => {
      expect(redact(data, paths)).toBe(data);
      expect(redact(redact(data, ["data.contact"]), ["data.contact"])).toEqual({
        ...data,
        contact: "[redacted]",
      });
    },
  );

  test("a field named like the prototype is a field like others", () => {
    const tricky = JSON.parse('{"__proto__": {"x": 1}, "constructor": "c"}') as object;
    const redacted = redact(tricky, ["data.__proto__.x", "data.constructor"]);
    expect(JSON.stringify(redacted)).toBe('{"__proto__":{"x":"[redacted]"},"constructor":"[redacted]"}');
  });

  test("an event keeps all but its data", () => {
    const event: NativeEvent = { id: asEventId("e"), type: "t", timestamp: "now", source: "api", data };
    expect(redactEvent(event, ["data.x"])).toBe(event);
    expect(redactEvent(event, ["data.n"])).toEqual({ ...event, data: { ...data, n: "[redacted]" } });
  });
});

test("the values of fields are those below them, too: texts and numbers, each once", () => {
  const given = { a: { b: ["x", { c: 17, d: true, e: null }], f: "x" }, g: "y", h: [{ i: "z" }] };
  expect(listRedactedValues(given, ["data.a", "data.h.i", "data.nobody"])).toEqual(["x", "17", "z"]);
});
