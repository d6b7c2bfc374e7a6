import { expect, test } from "@jest/globals";
import { redact } from "./redact.js";

const data = { contact: { id: 1, email: "a" }, list: [{ name: "x" }, { name: "y" }, 3], n: null };

test.each([
  [["data.contact.email"], { ...data, contact: { id: 1, email: "[redacted]" } }],
  [["data.contact"], { ...data, contact: "[redacted]" }],
  [["data.list.name"], { ...data, list: [{ name: "[redacted]" }, { name: "[redacted]" }, 3] }],
  [["data.nobody", "data.n.x", "data.contact.id.x", "data.toString"], data],
  [[], data],
])("redacting %j", (paths, expected) => {
  const before = JSON.stringify(data);
  expect(redact(data, paths)).toEqual(expected);
  expect(JSON.stringify(data)).toBe(before);
});
