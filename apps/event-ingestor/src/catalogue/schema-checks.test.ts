import type { EventTypeDocument } from "@hooklane/store";
import { describe, expect, test } from "@jest/globals";
import { SchemaChecks } from "./schema-checks.js";

const typeOf = (schema: unknown) =>
  ({ _id: "ws_1:t", schemaVersion: 1, schemaJson: JSON.stringify(schema) }) as unknown as EventTypeDocument;

function checks(compiledMax?: number) {
  const unusable: unknown[] = [];
  const schemas = new SchemaChecks({
    onUnusable: (_eventType, error) => unusable.push(error),
    ...(compiledMax !== undefined && { compiledMax }),
  });
  return { schemas, unusable };
}

const contact = {
  type: "object",
  required: ["id"],
  properties: { id: { type: "string" }, at: { type: "string", format: "date-time" } },
  additionalProperties: false,
};

describe("checking data against a schema", () => {
  test("what fits has no errors; what does not is named from the event's root", () => {
    const { schemas } = checks();
    const eventType = typeOf(contact);
    expect(schemas.check(eventType, { id: "1", at: "2026-01-15T10:00:00Z" })).toEqual([]);
    const paths = schemas.check(eventType, { at: "noon", more: 1 }).map(({ path, code }) => [path, code]);
    expect(paths.sort()).toEqual([
      ["data.at", "schema_mismatch"],
      ["data.id", "schema_mismatch"],
      ["data.more", "schema_mismatch"],
    ]);
  });

  test("a changed schema counts from the first event on", () => {
    const { schemas } = checks();
    expect(schemas.check(typeOf({ required: ["a"] }), {})).toHaveLength(1);
    expect(schemas.check(typeOf({ required: ["b"] }), { b: 1 })).toEqual([]);
  });

  test("two workspaces' schemas with the same $id do not meet", () => {
    const { schemas, unusable } = checks();
    const $id = "https://example.org/contact";
    expect(schemas.check(typeOf({ $id, required: ["a"] }), {})).toHaveLength(1);
    expect(schemas.check(typeOf({ $id, required: ["b"] }), { b: 1 })).toEqual([]);
    expect(unusable).toEqual([]);
  });

  test("members inherited from Object.prototype are none of the event's", () => {
    const { schemas } = checks();
    expect(schemas.check(typeOf({ required: ["constructor"] }), {})).toHaveLength(1);
  });

  test("more schemas than are kept are compiled again, with the same verdict", () => {
    const { schemas } = checks(2);
    const types = ["a", "b", "c", "d"].map((name) => typeOf({ required: [name] }));
    for (const round of [1, 2]) {
      for (const eventType of types) expect([round, schemas.check(eventType, {}).length]).toEqual([round, 1]);
    }
  });

  test.each([{ $ref: "https://elsewhere.example/x" }, { type: "wrong" }, 7])(
    "a schema that cannot be compiled lets nothing through and is told once: %j",
    (schema) => {
      const { schemas, unusable } = checks();
      const eventType = typeOf(schema);
      expect(schemas.check(eventType, {})).toHaveLength(1);
      expect(schemas.check(eventType, {})).toHaveLength(1);
      expect(unusable).toHaveLength(1);
    },
  );

  test("a list of errors is bounded", () => {
    const { schemas } = checks();
    const data = { list: Array.from({ length: 1_000 }, () => 1) };
    const schema = { properties: { list: { type: "array", items: { type: "string" } } } };
    expect(schemas.check(typeOf(schema), data)).toHaveLength(50);
  });

  test("a schema that refers to itself does not exhaust the stack", () => {
    const { schemas } = checks();
    const eventType = typeOf({ properties: { a: { $ref: "#" } }, $defs: {} });
    let data: object = {};
    for (let depth = 0; depth < 60; depth++) data = { a: data };
    expect(schemas.check(eventType, data)).toEqual([]);
  });
});
