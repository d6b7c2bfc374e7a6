import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { LINE_BYTES_MAX } from "./contact-reader.js";
import { CsvReader } from "./csv-reader.js";
import { readAll } from "../../testing/read-all.js";

const read = (upload: string | Uint8Array, partBytes?: number) => readAll(new CsvReader(), upload, partBytes);

/** Lines in short: a value, or what is wrong. */
const inShort = (upload: string | Uint8Array) =>
  read(upload).lines.map((one) => ("value" in one ? [one.line, one.value] : [one.line, one.error.message]));

describe("a header", () => {
  test("names columns in any case; whatever is none of the known is a field", () => {
    expect(
      inShort(
        "E-Mail,EMAIL,Email_Format,Tags,STATUS,City,fields.age\nx,a@b.c,text,vip| fr |,subscribed,Paris,7\n",
      ),
    ).toEqual([
      [
        2,
        {
          email: "a@b.c",
          emailFormat: "text",
          tags: ["vip", "fr"],
          status: "subscribed",
          fields: { "E-Mail": "x", City: "Paris", age: "7" },
        },
      ],
    ]);
  });

  test.each([
    [";", "email;city\na@b.c;Paris"],
    ["\t", "email\tcity\na@b.c\tParis"],
    [",", 'email,"a;b"\na@b.c,Paris'],
  ])("says by itself that %j stands between columns", (_delimiter, upload) => {
    expect(inShort(upload)).toEqual([[2, expect.objectContaining({ email: "a@b.c" })]]);
  });

  test("may come behind a byte order mark and empty lines", () => {
    expect(inShort("\ufeffemail\r\na@b.c\r\n")).toEqual([[2, { email: "a@b.c" }]]);
    expect(inShort("\n\nemail\na@b.c\n")).toEqual([[4, { email: "a@b.c" }]]);
  });

  test.each([
    ["of nothing", "", 1, "required"],
    ["without an address", "name,city\na,b\n", 1, "required"],
    ["that names a column twice", "email,Email\n", 1, "duplicate"],
    ["that names a field twice", "email,city,fields.city\n", 1, "duplicate"],
    ["with a name no field can have", "email,a.b\n", 1, "invalid_format"],
    ["with a column that has no name", "email,,x\n", 1, "invalid_format"],
    ["whose quote is open", '\n"email,city\n', 2, "invalid_format"],
    ["that is not UTF-8", Buffer.from("email,\xe9\n", "latin1"), 1, "invalid_format"],
  ])("%s refuses the upload, with its line", (_what, upload, line, code) => {
    const { lines, fault } = read(upload);
    expect(lines).toEqual([]);
    expect(fault).toMatchObject({ kind: "invalid", line, error: { code } });
  });
});

describe("a record", () => {
  test("has its empty cells and empty lines left out", () => {
    expect(inShort("email,city,tags\n\na@b.c,,\n  \nb@b.c,Nice,x\n")).toEqual([
      [3, { email: "a@b.c" }],
      [5, { email: "b@b.c", fields: { city: "Nice" }, tags: ["x"] }],
    ]);
  });

  test("may have quotes, separators and line ends in quotes", () => {
    const upload = 'email,name\r\na@b.c,"Lea ""L"", Y"\r\nb@b.c,"two\r\nlines"\r\nc@b.c,x\r\n';
    expect(inShort(upload)).toEqual([
      [2, { email: "a@b.c", fields: { name: 'Lea "L", Y' } }],
      [3, { email: "b@b.c", fields: { name: "two\nlines" } }],
      [5, { email: "c@b.c", fields: { name: "x" } }],
    ]);
  });

  test("that has too few or too many columns is reported, and the rest goes on", () => {
    expect(inShort("email,city\na@b.c\nb@b.c,x,y\nc@b.c,x\n")).toEqual([
      [2, "has 1 columns, and the header has 2"],
      [3, "has 3 columns, and the header has 2"],
      [4, { email: "c@b.c", fields: { city: "x" } }],
    ]);
  });

  test("that is too long or not UTF-8 costs its line only", () => {
    const upload = Buffer.concat([
      Buffer.from(`email\na@b.c\n${"x".repeat(LINE_BYTES_MAX + 1)}\n`),
      Buffer.from([0xff, 0xfe, 0x0a]),
      Buffer.from("b@b.c"),
    ]);
    expect(inShort(upload)).toEqual([
      [2, { email: "a@b.c" }],
      [3, `has more than ${LINE_BYTES_MAX} bytes`],
      [4, "is not UTF-8"],
      [5, { email: "b@b.c" }],
    ]);
  });
});

describe("a quote that is not closed", () => {
  const UNCLOSED = "opens a quote and does not close it";
  const rows = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, n) => `u${from + n}@b.c,x`).join("\n");

  test("costs its own line, however many follow", () => {
    const found = inShort(`email,name\na@b.c,"Lea\n${rows(3, 5_002)}\n`);
    expect(found).toHaveLength(5_001);
    expect(found[0]).toEqual([2, UNCLOSED]);
    expect(found.slice(1)).toEqual(
      Array.from({ length: 5_000 }, (_, n) => [n + 3, { email: `u${n + 3}@b.c`, fields: { name: "x" } }]),
    );
  });

  test("at the end costs its own line", () => {
    expect(inShort('email,name\na@b.c,"Lea\nb@b.c,x')).toEqual([
      [2, UNCLOSED],
      [3, { email: "b@b.c", fields: { name: "x" } }],
    ]);
  });

  test("does not take in a quoted cell of a later line", () => {
    const found = inShort('email,name\na@b.c,"Lea\nb@b.c,"Bo"\nc@b.c,x\n');
    expect(found).toEqual([
      [2, "has a quote where none can stand"],
      [3, { email: "b@b.c", fields: { name: "Bo" } }],
      [4, { email: "c@b.c", fields: { name: "x" } }],
    ]);
  });

  test("in every line is read in time that grows as the lines do", () => {
    const lines = 20_000;
    const before = process.cpuUsage();
    const found = inShort(`email,name\n${'a@b.c,"Lea\n'.repeat(lines)}`);
    expect(found).toHaveLength(lines);
    // Of the processor, whatever else runs: less than a second, and minutes if each looked for its end to that of the file.
    expect(process.cpuUsage(before).user).toBeLessThan(10_000_000);
  });
});

test("however the bytes come in parts, what is read is the same", () => {
  const cell = fc.constantFrom("x", "é🎈", '"q,""q"', '"two\nlines"', '"', "", "a b", '"\r\n"');
  const uploads = fc
    .array(fc.tuple(cell, cell), { maxLength: 12 })
    .map((rows) => `email,name\r\n${rows.map((row) => row.join(",")).join("\n")}`);
  fc.assert(
    fc.property(uploads, fc.integer({ min: 1, max: 7 }), (upload, partBytes) => {
      expect(read(upload, partBytes)).toEqual(read(upload));
    }),
  );
});

test("what a spreadsheet writes is read back", () => {
  const text = fc
    .string({ unit: "grapheme", maxLength: 20 })
    .map((value) => value.replaceAll(/\s+/gu, " ").trim());
  const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 10 }), (values) => {
      const upload = `email,name\r\n${values.map((value) => `a@b.c,${quoted(value)}\r\n`).join("")}`;
      expect(read(upload).lines.map((one) => ("value" in one ? one.value : one))).toEqual(
        values.map((name) => ({ email: "a@b.c", ...(name !== "" && { fields: { name } }) })),
      );
    }),
  );
});
