import { describe, expect, test } from "@jest/globals";
import { LIFETIME_UNKNOWN_MS, readTokenAnswer } from "./token-answer.js";

const read = (statusCode: number, body: unknown) =>
  readTokenAnswer({ statusCode, body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)) });

const good = { access_token: "t.0-k~e+n/=", token_type: "Bearer", expires_in: 3600 };

describe("an answer of a token endpoint", () => {
  test("with a token is that token and how long it lives", () => {
    expect(read(200, good)).toEqual({ kind: "issued", value: good.access_token, lifetimeMs: 3_600_000 });
    expect(read(201, { ...good, token_type: "bearer", refresh_token: "r" })).toMatchObject({
      kind: "issued",
    });
  });

  test.each<[unknown, number]>([
    [undefined, LIFETIME_UNKNOWN_MS],
    ["3599", 3_599_000],
    [0, 0],
    [-1, 0],
    [1e12, 86_400_000],
  ])("with expires_in %j: used for %d ms at most", (expiresIn, lifetimeMs) => {
    expect(read(200, { ...good, expires_in: expiresIn })).toMatchObject({ kind: "issued", lifetimeMs });
  });

  test.each<[number, unknown, string]>([
    [400, { error: "invalid_scope", error_description: "the scope s3cret" }, "status 400, invalid_scope"],
    [401, { error: "invalid_client" }, "status 401, invalid_client"],
    [401, { error: "your password s3cret is wrong" }, "status 401"],
    [403, "<html>s3cret</html>", "status 403"],
    [302, "", "status 302"],
    [200, "", "the answer is not JSON"],
    [200, "token=s3cret", "the answer is not JSON"],
    [200, "null", "the answer's token_type is not bearer"],
    [200, [good], "the answer's token_type is not bearer"],
    [200, { ...good, token_type: "mac" }, "the answer's token_type is not bearer"],
    [200, { token_type: "bearer" }, "the answer's access_token cannot be used"],
    [200, { ...good, access_token: "a\r\nx: s3cret" }, "the answer's access_token cannot be used"],
    [200, { ...good, access_token: "" }, "the answer's access_token cannot be used"],
    [200, { ...good, access_token: "s".repeat(8_193) }, "the answer's access_token cannot be used"],
    [200, { ...good, expires_in: "soon" }, "the answer's expires_in cannot be used"],
  ])("%d %.60j is a refusal, told without its own words", (status, body, detail) => {
    expect(read(status, body)).toEqual({ kind: "failed", error: "token_refused", detail });
  });

  test.each([500, 502, 503, 429, 408])("%d says nothing about the credentials", (status) => {
    expect(read(status, { error: "invalid_client" })).toEqual({
      kind: "failed",
      error: "token_unavailable",
      detail: `status ${status}`,
    });
  });
});
