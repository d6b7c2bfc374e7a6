import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { LINE_BYTES_MAX } from "./contact-reader.js";
import { JsonArrayReader } from "./json-array-reader.js";
import { NdjsonReader } from "./ndjson-reader.js";
import { readAll } from "../../testing/read-all.js";

const readArray = (upload: string | Uint8Array, partBytes?: number) =>
  readAll(new JsonArrayReader(), upload, partBytes);
const readLines = (upload: string | Uint8Array, partBytes?: number) =>
  readAll(new NdjsonReader(), upload, partBytes);

const values = fc.array(fc.jsonValue(), { maxLength: 10 });
const partBytes = fc.integer({ min: 1, max: 20 });
const toLines = (of: readonly unknown[]) => of.map((value, index) => ({ line: index + 1, value }));

describe("a JSON array", () => {
  test("is read element by element, in whatever parts it comes", () => {
    const spaces = fc.constantFrom("", " \n");
    fc.assert(
      fc.property(values, partBytes, spaces, spaces, (array, bytes, before, behind) => {
        const text = `${before}${JSON.stringify(array, undefined, 1)}${behind}`;
        // What JSON itself makes of it: -0 is 0.
        const expected = JSON.parse(JSON.stringify(array)) as readonly unknown[];
        expect(readArray(text, bytes)).toEqual({ lines: toLines(expected), fault: undefined });
      }),
    );
  });

  test("may be empty, and may come behind a byte order mark", () => {
    expect(readArray("[]")).toEqual({ lines: [], fault: undefined });
    expect(readArray("\ufeff[1]", 1).lines).toEqual(toLines([1]));
  });

  test.each([
    ["an object", "{}"],
    ["a text", '"a"'],
    ["nothing", " "],
  ])("is not %s", (_what, upload) => {
    expect(readArray(upload).fault).toMatchObject({
      kind: "invalid",
      line: 1,
      error: { code: "invalid_type" },
    });
  });

  test.each([
    ["ends too soon", "[1,2", 3],
    ["has a comma too many", "[1,]", 2],
    ["goes on behind its end", "[1] 2", 2],
    ["has another behind its end", "[1]\n[2]", 2],
    ["has a text with a broken escape", '[1,"\\x"]', 2],
  ])("that %s is refused, with where", (_what, upload, line) => {
    for (const bytes of [1, 3, 65_536])
      expect(readArray(upload, bytes).fault).toMatchObject({ kind: "malformed", line });
  });

  test("that is not UTF-8 is refused", () => {
    const upload = Buffer.concat([Buffer.from('[1,"'), Buffer.from([0xc3]), Buffer.from('"]')]);
    for (const bytes of [1, 65_536])
      expect(readArray(upload, bytes).fault).toMatchObject({ kind: "malformed" });
  });

  test("with an element that is too long is refused before all of it came", () => {
    const reader = new JsonArrayReader();
    expect(reader.read(Buffer.from('[1,"')).fault).toBeUndefined();
    const part = Buffer.from("x".repeat(LINE_BYTES_MAX / 2 + 1));
    expect(reader.read(part).fault).toBeUndefined();
    expect(reader.read(part).fault).toMatchObject({ kind: "too_large", line: 2 });
  });

  test("has no way to another prototype", () => {
    const [line] = readArray('[{"__proto__":{"polluted":true}}]').lines;
    const value = (line as { value: object }).value;
    expect(Object.getPrototypeOf(value)).toBe(Object.getPrototypeOf({}));
    expect("polluted" in value).toBe(false);
  });

  test("of deep elements is read in time that grows as its bytes do", () => {
    const depth = LINE_BYTES_MAX / 4;
    const deep = "[".repeat(depth) + "]".repeat(depth);
    const startedAt = performance.now();
    expect(readArray(`[${Array.from({ length: 20 }, () => deep).join(",")}]`).lines).toHaveLength(20);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe("lines of JSON", () => {
  test("are read one by one, in whatever parts they come", () => {
    fc.assert(
      fc.property(values, partBytes, (array, bytes) => {
        const lines = array.map((value) => JSON.stringify(value));
        const expected = toLines(lines.map((line) => JSON.parse(line) as unknown));
        expect(readLines(lines.join("\r\n"), bytes)).toEqual({ lines: expected, fault: undefined });
      }),
    );
  });

  test("that are broken are reported with their number, and the rest goes on", () => {
    const found = readLines(`{"a":1}\n\n{"a":\nnul\n${"x".repeat(LINE_BYTES_MAX + 1)}\n{"a":2}`).lines;
    expect(found.map((one) => ("value" in one ? one.line : [one.line, one.error.message]))).toEqual([
      1,
      [3, "is not JSON"],
      [4, "is not JSON"],
      [5, `has more than ${LINE_BYTES_MAX} bytes`],
      6,
    ]);
  });
});
