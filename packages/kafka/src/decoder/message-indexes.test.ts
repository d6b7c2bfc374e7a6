import { describe, expect, test } from "@jest/globals";
import { readMessageIndexes } from "./message-indexes.js";
import { ProtobufSchema } from "./protobuf-schema.js";

const PROTO = `syntax = "proto3"; package p;
  message A { string id = 1; message B { int64 n = 1; message C { bool ok = 1; } } message D { string d = 1; } }
  message E { repeated string tags = 1; optional int32 age = 2; map<string, double> m = 3; oneof x { string l = 4; A a = 5; } }`;

/** What follows the schema id, in the form of Confluent's wire format: indexes as zigzag varints, then the message. */
const RECORDED: [string, string, number[], string][] = [
  ["the first message, in its short form", "000a026869", [0], "0a026869"],
  ["the second message", "0202" + "0a0161", [1], "0a0161"],
  ["a nested message", "040002" + "0a0164", [0, 1], "0a0164"],
  ["a message nested twice", "06000000" + "0801", [0, 0, 0], "0801"],
  ["an index of two bytes", "02c801" + "0801", [100], "0801"],
];

describe("the message indexes of a Protobuf record", () => {
  test.each(RECORDED)("%s", (_name, hex, path, payload) => {
    const indexes = readMessageIndexes(Buffer.from(hex, "hex"))!;
    expect(indexes.path).toEqual(path);
    expect(indexes.payload.toString("hex")).toBe(payload);
  });

  test.each([
    ["nothing", ""],
    ["a negative count", "01"],
    ["a count without indexes", "04"],
    ["a negative index", "0203"],
    ["a varint without an end", "ffffffffffffff"],
    ["an absurd count", "ffff03"],
  ])("%s are none", (_name, hex) => {
    expect(readMessageIndexes(Buffer.from(hex, "hex"))).toBeUndefined();
  });
});

describe("a Protobuf schema", () => {
  const schema = new ProtobufSchema({ text: PROTO, imports: [] });

  test.each([
    ["000a026869", { id: "hi" }],
    ["04000208".replace("08", "0a0164"), { d: "d" }],
    ["060000000801", { ok: true }],
    ["04000008" + "ffffffffffffffff7f", { n: 9223372036854775807n }],
    ["02020a01611000", { tags: ["a"], age: 0, m: {} }],
    ["0202" + "2201" + "7a", { tags: [], m: {}, l: "z" }],
    ["0202", { tags: [], m: {} }],
  ])("reads %s as the type its indexes name", (hex, value) => {
    expect(schema.decode(Buffer.from(hex, "hex"))).toEqual(value);
  });

  test("without a message is refused when it is read, not when records come", () => {
    expect(() => new ProtobufSchema({ text: 'syntax = "proto3"; enum X { Y = 0; }', imports: [] })).toThrow();
  });
});
