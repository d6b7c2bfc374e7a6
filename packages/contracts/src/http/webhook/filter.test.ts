import { audienceIdOf } from "@hooklane/core";
import { describe, expect, test } from "@jest/globals";
import { presetTypes } from "../../catalogue/catalogue.js";
import { toFieldErrors } from "../field-errors.js";
import { testFilter } from "./test-filter.js";
import { createWebhook, patchWebhook } from "./webhook.js";

const base = { name: "w", url: "https://example.org/", eventTypes: ["a.b"] };
const audience = { kind: "audience", url: base.url, eventTypes: ["audience.subscribed"], audienceId: "a_1" };

const errorsOf = (schema: typeof createWebhook | typeof testFilter, value: unknown) => {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? []
    : toFieldErrors(parsed.error.issues, value).map(({ path, code }) => [path, code]);
};

describe("a webhook's filter", () => {
  test("is taken as it is", () => {
    const filter = { "data.a.b": { $in: [1, null] }, $or: [{ type: "x" }, { "data.c": { "d.e": 1 } }] };
    expect(createWebhook.parse({ ...base, filter }).filter).toBe(filter);
  });

  test.each([
    [{ filter: null }, [["filter", "invalid_filter"]]],
    [{ filter: {} }, [["filter", "invalid_filter"]]],
    [{ filter: { a: 1 } }, [["filter.a", "invalid_filter"]]],
    [
      { filter: { $or: [{ "data.a": { $gt: null } }], "data.b": { $where: "x" } } },
      [
        ["filter.$or.0.data.a.$gt", "invalid_filter"],
        ["filter.data.b.$where", "invalid_filter"],
      ],
    ],
  ])("%j is told place by place", (change, expected) => {
    expect(errorsOf(createWebhook, { ...base, ...change })).toEqual(expected);
  });

  test("is removed by null in a patch", () => {
    expect(patchWebhook.safeParse({ filter: null, audienceId: null }).success).toBe(true);
  });
});

describe("kind audience", () => {
  test("needs its audience and no name", () => {
    expect(createWebhook.parse(audience)).toMatchObject({ kind: "audience", audienceId: "a_1" });
    expect(errorsOf(createWebhook, { ...audience, audienceId: undefined })).toEqual([
      ["audienceId", "required"],
    ]);
    expect(errorsOf(createWebhook, { ...base, name: undefined })).toEqual([["name", "required"]]);
  });

  test("has audience actions only", () => {
    const eventTypes = presetTypes("audience").map(({ type }) => type);
    expect(eventTypes).toHaveLength(6);
    expect(errorsOf(createWebhook, { ...audience, eventTypes })).toEqual([]);
    expect(
      errorsOf(createWebhook, { ...audience, eventTypes: ["audience.subscribed", "email.opened"] }),
    ).toEqual([["eventTypes.1", "invalid_value"]]);
  });

  test.each(presetTypes("audience"))(
    "the catalogue's $type says which audience it is about",
    ({ example }) => {
      const { data } = example as { data: Record<string, unknown> };
      expect(audienceIdOf({ data })).toBe("a_4");
    },
  );
});

test("a test of a filter needs a filter and an event, each in one way", () => {
  const event = { type: "a.b", data: {} };
  expect(errorsOf(testFilter, { filter: { type: "x" }, event })).toEqual([]);
  expect(errorsOf(testFilter, { webhookId: "wh_1", eventId: "evt_1" })).toEqual([]);
  expect(errorsOf(testFilter, { webhookId: "wh_1", filter: { type: "x" }, event, eventId: "evt_1" })).toEqual(
    [
      ["webhookId", "excluded_by"],
      ["eventId", "excluded_by"],
    ],
  );
  expect(errorsOf(testFilter, {})).toEqual([
    ["filter", "required"],
    ["event", "required"],
  ]);
});
