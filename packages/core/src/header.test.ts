import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { checkHeader, findRepeatedHeader, headerBytes } from "./header.js";

describe("a header of a webhook", () => {
  test.each([
    ["x-api-key", "abc 123"],
    ["X.Y_z!", "é"],
    ["authorization", "Bearer t"],
    ["x-empty", ""],
    ["x-tab", "a\tb"],
  ])("%s: %j can be sent", (name, value) => expect(checkHeader(name, value)).toBeUndefined());

  test.each(["", "a b", "a:b", "a\r\nb", "é", "x\u0000", "(x)", ":path"])("cannot be named %j", (name) =>
    expect(checkHeader(name, "v")).toEqual({ code: "invalid_header_name" }),
  );

  test.each(["a\r\nx: y", "a\nb", "a\rb", "a\u0000", " a", "a ", "\ta", "€", "\u007f", "a\u001b"])(
    "cannot have the value %j",
    (value) => expect(checkHeader("x", value)).toEqual({ code: "invalid_header_value" }),
  );

  test.each(["Webhook-Id", "webhook-anything", "Content-Length", "HOST", "connection", "Transfer-Encoding"])(
    "cannot be %s, which is ours",
    (name) => expect(checkHeader(name, "v")).toEqual({ code: "reserved_header" }),
  );

  test("that passes holds no character that could end a line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (name, value) => {
        if (checkHeader(name, value) === undefined) expect(`${name}${value}`).not.toMatch(/[\r\n\0]/);
      }),
    );
  });
});

test("a name that stands twice in different case is found", () => {
  expect(findRepeatedHeader(["X-A", "x-b", "x-a"])).toBe("x-a");
  expect(findRepeatedHeader(["X-A", "x-b"])).toBeUndefined();
});

test("bytes are those on the wire", () => expect(headerBytes({ ab: "cde" })).toBe("ab: cde\r\n".length));
