import { describe, expect, test } from "@jest/globals";
import { toFieldErrors } from "../field-errors.js";
import { createWebhook, patchWebhook } from "./webhook.js";

const base = { name: "w", url: "https://example.org/", eventTypes: ["a.b"] };

const errorsOf = (value: unknown) => {
  const parsed = createWebhook.safeParse(value);
  return parsed.success
    ? []
    : toFieldErrors(parsed.error.issues, value).map(({ path, code }) => [path, code]);
};

describe("a webhook's form", () => {
  test("has defaults", () => {
    expect(createWebhook.parse(base)).toEqual({
      ...base,
      status: "inactive",
      successStatus: "2xx",
      headers: {},
      contentType: "application/json",
    });
    expect(createWebhook.parse({ ...base, batching: {} }).batching).toEqual({
      maxEvents: 100,
      maxWaitSeconds: 5,
    });
  });

  test.each([
    [
      {},
      [
        ["name", "required"],
        ["url", "required"],
        ["eventTypes", "required"],
      ],
    ],
    [null, [["", "invalid_type"]]],
    [{ ...base, name: 5 }, [["name", "invalid_type"]]],
    [{ ...base, name: "  " }, [["name", "too_short"]]],
    [{ ...base, name: "x".repeat(201) }, [["name", "too_long"]]],
    [
      { ...base, a: 1, b: 2 },
      [
        ["a", "unknown_field"],
        ["b", "unknown_field"],
      ],
    ],
    [{ ...base, batching: { maxEvents: 0 } }, [["batching.maxEvents", "too_small"]]],
    [{ ...base, batching: { maxEvents: 1.5 } }, [["batching.maxEvents", "invalid_type"]]],
    [{ ...base, batching: { size: 1 } }, [["batching.size", "unknown_field"]]],
    [{ ...base, headers: { "x\ny": "1" } }, [["headers.x\ny", "invalid_header_name"]]],
    [
      { ...base, headers: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`x${n}`, ""])) },
      [["headers", "too_long"]],
    ],
    [{ ...base, headers: { x: "v".repeat(9000) } }, [["headers", "too_long"]]],
    [{ ...base, contentType: "text/plain" }, [["contentType", "invalid_value"]]],
    [{ ...base, sources: ["import"] }, [["sources.0", "invalid_value"]]],
    [
      { ...base, auth: { type: "basic" } },
      [
        ["auth.username", "required"],
        ["auth.password", "required"],
      ],
    ],
  ])("%.80j is told field by field", (value, expected) => expect(errorsOf(value)).toEqual(expected));
});

test("a merge patch as documented takes null where a value can be removed", () => {
  expect(patchWebhook.safeParse({ batching: null, headers: { a: null }, auth: null }).success).toBe(true);
  expect(patchWebhook.safeParse({ name: null }).success).toBe(false);
});
