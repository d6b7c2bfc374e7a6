import { describe, expect, test } from "@jest/globals";
import { checkRequest } from "./check-request.js";
import {
  NEW_REQUEST,
  type RequestValues,
  type SavedRequest,
  toRequestBody,
  toRequestPatch,
  toRequestValues,
} from "./request-values.js";

const TYPED: RequestValues = {
  ...NEW_REQUEST,
  name: "Welcome",
  url: "https://example.org/hook",
  username: "shop",
  password: "hush",
};

const SAVED: SavedRequest = {
  name: "Welcome",
  url: "https://example.org/hook",
  auth: { type: "basic", username: "shop" },
  headers: { "x-team": "a", "x-old": "b" },
  contentType: "application/json",
  body: '{"email":"{{ contact.email }}"}',
};

describe("a request that is typed", () => {
  test("needs name, URL, user name and password, and nothing else", () => {
    expect(checkRequest(NEW_REQUEST, false).map(({ path, code }) => [path, code])).toEqual([
      ["name", "required"],
      ["url", "required"],
      ["auth.username", "required"],
      ["auth.password", "required"],
    ]);
    expect(checkRequest(TYPED, false)).toEqual([]);
  });

  test("says of each row what is wrong with it, and nothing of empty ones", () => {
    const headers = [
      { key: "", value: "" },
      { key: "x a", value: "1" },
      { key: "x-b", value: "\u20ac" },
      { key: "x-c", value: "1" },
      { key: "x-c", value: "2" },
      { key: "", value: "without a key" },
    ];
    const fields = [
      { key: "", value: "" },
      { key: "", value: "nameless" },
    ];
    const found = checkRequest({ ...TYPED, headers, contentType: "multipart/form-data", fields }, false);
    expect(new Map(found.map(({ path, code }) => [path, code]))).toEqual(
      new Map([
        ["headerRows.4.key", "duplicate"],
        ["headerRows.1.key", "invalid_header_name"],
        ["headerRows.2.value", "invalid_header_value"],
        ["headerRows.5.key", "invalid_header_name"],
        ["fieldRows.1.key", "too_short"],
      ]),
    );
  });

  test("sends data as its content type has it, and the event itself where there is none", () => {
    expect(toRequestBody(TYPED)).not.toHaveProperty("body");
    const both = { ...TYPED, json: "{}", fields: [{ key: "email", value: "{{ contact.email }}" }] };
    expect(toRequestBody(both).body).toBe("{}");
    expect(toRequestBody({ ...both, contentType: "multipart/form-data" }).body).toEqual([
      { name: "email", value: "{{ contact.email }}" },
    ]);
  });
});

describe("a request that is changed", () => {
  test("keeps the password nobody sees, unless another one is typed", () => {
    const shown = toRequestValues(SAVED);
    expect(checkRequest(shown, true)).toEqual([]);
    expect(toRequestPatch(SAVED, shown)).toEqual({});
    expect(toRequestPatch(SAVED, { ...shown, username: "store" })).toEqual({
      auth: { type: "basic", username: "store" },
    });
    expect(toRequestPatch(SAVED, { ...shown, password: "new" })).toEqual({
      auth: { type: "basic", username: "shop", password: "new" },
    });
  });

  test("says which headers are gone, and takes the data away where it is emptied", () => {
    const shown = toRequestValues(SAVED);
    const headers = [
      { key: "x-team", value: "b" },
      { key: "x-new", value: "c" },
    ];
    expect(toRequestPatch(SAVED, { ...shown, headers, json: " " })).toEqual({
      headers: { "x-team": "b", "x-new": "c", "x-old": null },
      contentType: "application/json",
      body: null,
    });
  });
});
