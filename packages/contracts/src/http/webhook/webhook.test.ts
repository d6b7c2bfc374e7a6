import { describe, expect, test } from "@jest/globals";
import { toFieldErrors } from "../field-errors.js";
import { createWebhook, patchWebhook } from "./webhook.js";

const base = { name: "w", url: "https://example.org/", eventTypes: ["a.b"] };
const form = { ...base, contentType: "application/x-www-form-urlencoded" };

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
      kind: "events",
      successStatus: "2xx",
      headers: {},
      signatureScheme: "hmac-sha256",
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
        ["url", "required"],
        ["eventTypes", "required"],
        ["name", "required"],
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
    [{ ...base, body: "" }, [["body", "too_short"]]],
    [{ ...base, body: "x".repeat(16_385) }, [["body", "too_long"]]],
    [{ ...base, body: { a: 1 } }, [["body", "invalid_type"]]],
    [{ ...base, body: [{ name: "a", value: "b" }] }, [["body", "invalid_type"]]],
    [{ ...base, body: "{}", contentType: "multipart/form-data" }, [["body", "invalid_type"]]],
    [{ ...base, body: "{}", batching: {} }, [["body", "excluded_by"]]],
    [{ ...form, body: [] }, [["body", "too_short"]]],
    [{ ...form, body: [{ name: "a\nb", value: "" }] }, [["body.0.name", "invalid_format"]]],
    [
      {
        ...form,
        body: [
          { name: "a", value: "" },
          { name: "b", values: 1 },
        ],
      },
      [
        ["body.1.value", "required"],
        ["body.1.values", "unknown_field"],
      ],
    ],
    [
      { ...form, body: ["a", "b"].map((name) => ({ name, value: "x".repeat(9_000) })) },
      [["body", "too_long"]],
    ],
    [{ ...base, sources: ["import"] }, [["sources.0", "invalid_value"]]],
    [{ ...base, signatureScheme: "rsa" }, [["signatureScheme", "invalid_value"]]],
    [{ ...base, auth: {} }, [["auth.type", "required"]]],
    [{ ...base, auth: { type: "digest" } }, [["auth.type", "invalid_value"]]],
    [{ ...base, auth: { type: "bearer", token: "a b" } }, [["auth.token", "invalid_format"]]],
    [{ ...base, auth: { type: "bearer", token: "a\r\nx: y" } }, [["auth.token", "invalid_format"]]],
    [{ ...base, auth: { type: "bearer", token: "t", password: "p" } }, [["auth.password", "unknown_field"]]],
    [
      { ...base, auth: { type: "oauth2" } },
      [
        ["auth.tokenUrl", "required"],
        ["auth.clientId", "required"],
        ["auth.clientSecret", "required"],
      ],
    ],
    [
      {
        ...base,
        auth: {
          type: "oauth2",
          tokenUrl: "https://idp.example.org/#x",
          clientId: "é",
          clientSecret: "s\n",
          scope: "a  b",
          audience: "",
        },
      },
      [
        ["auth.tokenUrl", "url_fragment"],
        ["auth.clientId", "invalid_format"],
        ["auth.clientSecret", "invalid_format"],
        ["auth.scope", "invalid_format"],
        ["auth.audience", "too_short"],
      ],
    ],
    [
      { ...base, headers: { Authorization: "x" }, auth: { type: "bearer", token: "t" } },
      [["headers.Authorization", "excluded_by"]],
    ],
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
  expect(patchWebhook.safeParse({ auth: { type: "oauth2", scope: null } }).success).toBe(true);
  expect(patchWebhook.safeParse({ name: null }).success).toBe(false);
});
