import { describe, expect, test } from "@jest/globals";
import { toImportLine } from "./contact-line.js";

const lineOf = (json: string) => toImportLine({ line: 3, value: JSON.parse(json) as unknown });
const PROTO = { path: "fields.__proto__", code: "invalid_format", message: "is a name that cannot be used" };

describe("a line of an upload", () => {
  test.each(["__proto__", "constructor", "prototype", "toString"])(
    "with a field named %s is refused, and says so: no condition and no template could name it",
    (name) => {
      expect(lineOf(`{"email":"a@b.org","fields":{"city":"Lyon","${name}":"x"}}`)).toEqual({
        line: 3,
        errors: [{ ...PROTO, path: `fields.${name}` }],
      });
    },
  );

  test("tells everything that is wrong with it", () => {
    const found = lineOf('{"email":"nobody","fields":{"__proto__":{"a":1}}}');
    expect(found).toMatchObject({ line: 3, errors: [{ path: "email" }, PROTO] });
  });

  test.each(['{"email":"a@b.org","fields":{"proto":"x"}}', '{"email":"a@b.org"}'])(
    "with none of them is a contact: %s",
    (json) => expect(lineOf(json)).toMatchObject({ line: 3, contact: JSON.parse(json) as object }),
  );

  test.each(["null", "7", '{"fields":null}', '{"fields":7}'])("that is no contact is refused: %s", (json) =>
    expect(lineOf(json)).toHaveProperty("errors"),
  );
});
