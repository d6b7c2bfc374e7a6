import { CATALOGUE } from "@hooklane/contracts";
import { describe, expect, test } from "@jest/globals";
import { checkAgainstSchema, compileEventSchema, SCHEMA_DEPTH_MAX } from "./event-schema.js";

const faultOf = (schema: Record<string, unknown>) => {
  const compiled = compileEventSchema(schema);
  return compiled.ok ? undefined : compiled.errors[0]?.code;
};

test("every type of the catalogue compiles and fits its example", () => {
  for (const { type, schema, example } of CATALOGUE.eventTypes) {
    const compiled = compileEventSchema(schema);
    if (!compiled.ok) throw new Error(`${type}: ${compiled.errors[0]?.message ?? ""}`);
    expect(checkAgainstSchema(compiled.validate, example.data, "data")).toEqual([]);
  }
});

describe("a schema is refused", () => {
  test.each([
    { $ref: "http://example.org/" },
    { $ref: "#/$defs/x" },
    { type: "nonsense" },
    { $async: true },
    { pattern: "(a+)+" },
    { pattern: "^(a|a)*$" },
    { pattern: "((a)b+)*" },
    { pattern: "([a-z]+\\s?){1,}x" },
    { pattern: "a".repeat(201) },
    { patternProperties: { "(x*)*": {} } },
    { properties: { a: { items: { pattern: "(a*)*" } } } },
  ])("%j", (schema) => expect(faultOf(schema)).toBeDefined());

  test("when it is deeper than the limit", () => {
    let schema: Record<string, unknown> = {};
    for (let level = 0; level < SCHEMA_DEPTH_MAX; level++) schema = { not: schema };
    expect(faultOf(schema)).toBe("too_large");
  });
});

test.each([
  { pattern: "^[a-z]+@[a-z.]+$" },
  { pattern: "^\\d{4}-\\d{2}$" },
  { pattern: "^(foo|bar)$" },
  { pattern: "^(abc)+$" },
  { properties: { pattern: { type: "string" } } },
  { $defs: { x: {} }, $ref: "#/$defs/x" },
  { format: "email" },
  {},
])("a schema is accepted: %j", (schema) => expect(faultOf(schema)).toBeUndefined());

test("two schemas of the same $id do not meet", () => {
  expect(faultOf({ $id: "https://a.example/", type: "string" })).toBeUndefined();
  expect(faultOf({ $id: "https://a.example/", type: "number" })).toBeUndefined();
});
