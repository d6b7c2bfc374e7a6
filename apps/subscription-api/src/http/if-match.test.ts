import { expect, test } from "@jest/globals";
import { readIfMatch } from "./if-match.js";

test.each([
  [undefined, { kind: "any" }],
  ["*", { kind: "any" }],
  ['"7"', { kind: "version", version: 7 }],
  [' "7" ', { kind: "version", version: 7 }],
  ['W/"7"', { kind: "never" }],
  ["7", { kind: "never" }],
  ['"7", "8"', { kind: "never" }],
  ["", { kind: "never" }],
])("If-Match %s is %j", (header, expected) => expect(readIfMatch(header)).toEqual(expected));
