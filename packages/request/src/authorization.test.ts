import { describe, expect, test } from "@jest/globals";
import { asDeliveryId, asEndpointId, asWebhookId, type WebhookAuth } from "@hooklane/core";
import { buildRequest } from "./build-request.js";
import { RequestProfiles, type RequestWebhook } from "./request-profile.js";

const records = [
  { facts: { deliveryId: asDeliveryId("dl_1"), endpointId: asEndpointId("ep_1") }, body: Buffer.from("{}") },
];

/** The values of `authorization` in a request of such a webhook. */
function authorizationOf(webhook: Partial<RequestWebhook>, accessToken?: string): string[] {
  const whole: RequestWebhook = {
    _id: asWebhookId("wh_1"),
    name: "w",
    headers: {},
    contentType: "application/json",
    successStatus: "2xx",
    secrets: [],
    ...webhook,
  };
  const profile = new RequestProfiles().of(whole, { url: "https://example.org/" });
  const built = buildRequest({ records, batched: false, attempt: 1, accessToken }, profile, 0);
  if ("kind" in built) throw new Error(built.message);
  const { headers } = built;
  return headers.filter(
    (_, index) => headers[index - 1]?.toLowerCase() === "authorization" && index % 2 === 1,
  );
}

describe("authorization", () => {
  const oauth2: WebhookAuth = { type: "oauth2", tokenUrl: "https://idp/", clientId: "c", clientSecret: "s" };

  test.each<[string, WebhookAuth | undefined, string | undefined, string[]]>([
    ["of nobody in particular", undefined, undefined, []],
    [
      "by name and password",
      { type: "basic", username: "é", password: "p:w" },
      undefined,
      ["Basic w6k6cDp3"],
    ],
    ["by a token of the receiver's", { type: "bearer", token: "t-1" }, undefined, ["Bearer t-1"]],
    ["by a fetched token", oauth2, "t-2", ["Bearer t-2"]],
  ])("%s", (_name, auth, token, expected) => {
    expect(authorizationOf(auth ? { auth } : {}, token)).toEqual(expected);
  });

  test("of one kind takes the place of a header of the webhook's own", () => {
    const headers = { Authorization: "own" };
    expect(authorizationOf({ headers })).toEqual(["own"]);
    expect(authorizationOf({ headers, auth: { type: "bearer", token: "t" } })).toEqual(["Bearer t"]);
    expect(authorizationOf({ headers, auth: oauth2 }, "t-2")).toEqual(["Bearer t-2"]);
  });
});
