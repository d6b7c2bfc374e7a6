import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { toFieldErrors } from "../field-errors.js";
import { triggeredWebhook } from "./triggered-form.js";

const good = { name: "Welcome", url: "https://a.example.org/", auth: { username: "shop", password: "hush" } };

function faultsOf(given: object): readonly string[] {
  const parsed = triggeredWebhook.safeParse(given);
  return parsed.success
    ? []
    : toFieldErrors(parsed.error.issues, given).map(({ path, code }) => `${path} ${code}`);
}

describe("the form of a point and a touchpoint", () => {
  test("needs name, URL, user name and password, and says so of each", () => {
    expect(faultsOf({})).toEqual([
      "name required",
      "url required",
      "auth.username required",
      "auth.password required",
    ]);
    expect(faultsOf({ ...good, name: undefined })).toEqual(["name required"]);
    expect(faultsOf({ ...good, url: undefined })).toEqual(["url required"]);
    expect(faultsOf({ ...good, auth: { password: "p" } })).toEqual(["auth.username required"]);
    expect(faultsOf({ ...good, auth: { username: "u" } })).toEqual(["auth.password required"]);
  });

  test("takes no empty text for one that is given", () => {
    expect(faultsOf({ ...good, name: " ", auth: { username: "", password: "" } })).toEqual([
      "name too_short",
      "auth.username too_short",
      "auth.password too_short",
    ]);
  });

  test("is sent as JSON with HTTP Basic unless told otherwise", () => {
    expect(triggeredWebhook.parse(good)).toEqual({
      ...good,
      auth: { type: "basic", ...good.auth },
      headers: {},
      contentType: "application/json",
      signatureScheme: "hmac-sha256",
      successStatus: "2xx",
    });
  });

  test.each([
    [{ contentType: "application/x-www-form-urlencoded" }, "contentType invalid_value"],
    [{ batching: {} }, "batching unknown_field"],
    [{ eventTypes: ["email.opened"] }, "eventTypes unknown_field"],
    [{ status: "active" }, "status unknown_field"],
    [{ headers: { Authorization: "Bearer x" } }, "headers.Authorization excluded_by"],
    [{ contentType: "multipart/form-data", body: "{}" }, "body invalid_type"],
    [{ auth: { ...good.auth, type: "bearer" } }, "auth.type invalid_value"],
  ])("refuses %j", (more, fault) => {
    expect(faultsOf({ ...good, ...more })).toEqual([fault]);
  });

  test("names the four fields as required in its JSON Schema", () => {
    const schema = z.toJSONSchema(triggeredWebhook, { io: "input" });
    expect(schema.required).toEqual(["name", "url", "auth"]);
    expect(schema.properties?.auth).toMatchObject({ required: ["username", "password"] });
  });
});
