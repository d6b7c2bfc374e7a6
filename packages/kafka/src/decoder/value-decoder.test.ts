import { describe, expect, test } from "@jest/globals";
import { silent } from "../testing/test-kafka.js";
import { ValueDecoder } from "./value-decoder.js";

const decoder = new ValueDecoder({ logger: silent, jsonBytesMax: 1_000, depthMax: 4 });

describe("a value without a registry", () => {
  test.each([
    ['{"id":"a","n":1}', { id: "a", n: 1 }],
    ['[1,"[[[[[[",{"a":"\\"{{{{"}]', [1, "[[[[[[", { a: '"{{{{' }]],
    [" 1 ", 1],
  ])("%s is JSON", (text, value) => {
    expect(decoder.decode(Buffer.from(text))).toEqual({ kind: "json", value });
  });

  test.each([
    ["no value", null, "empty_value"],
    ["an empty value", Buffer.alloc(0), "empty_value"],
    ["broken JSON", Buffer.from('{"a":'), "malformed_json"],
    ["bytes that are no UTF-8", Buffer.from([0x22, 0xff, 0x22]), "not_utf8"],
    ["too deep", Buffer.from("[[[[[1]]]]]"), "too_deep"],
    ["too deep and broken", Buffer.from("[".repeat(900)), "too_deep"],
    ["too large", Buffer.from(`"${"x".repeat(1_000)}"`), "too_large"],
    ["wire format", Buffer.from([0, 0, 0, 0, 1, 2]), "registry_not_configured"],
  ])("%s is refused with a code", (_name, bytes, code) => {
    expect(decoder.decode(bytes)).toMatchObject({ kind: "invalid", code });
  });

  test("the detail of a refusal never quotes the payload", () => {
    expect(JSON.stringify(decoder.decode(Buffer.from('{"secret-name":')))).not.toContain("secret-name");
  });
});

describe("wire format that no registry needs to be asked about", () => {
  const withRegistry = new ValueDecoder({ logger: silent, registryUrl: "http://127.0.0.1:1" });
  test.each([
    ["that ends within the schema id", [0, 0, 1], "schema_mismatch"],
    ["with an id that cannot exist", [0, 0xff, 0xff, 0xff, 0xff, 1], "unknown_schema"],
  ])("%s is refused", (_name, bytes, code) => {
    expect(withRegistry.decode(Buffer.from(bytes))).toMatchObject({ kind: "invalid", code });
    withRegistry.close();
  });
});
