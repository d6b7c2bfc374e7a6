import type { Webhook } from "@hooklane/client";
import { describe, expect, test } from "@jest/globals";
import {
  checkWebhook,
  NEW_WEBHOOK,
  toCreateBody,
  toFormValues,
  toPatchBody,
} from "../webhooks/webhook-form-values.js";
import { parseFilterText } from "./parse-filter-text.js";

const saved: Webhook = {
  id: "wh_1",
  endpointId: "ep_1",
  kind: "events",
  name: "Saved",
  url: "https://example.org/",
  eventTypes: ["order.paid"],
  status: "active",
  successStatus: "2xx",
  sources: ["admin"],
  audienceId: "l_1",
  filter: { "data.total": { $gte: 100 } },
  headers: { "X-A": "1", "X-B": "2" },
  auth: { type: "oauth2", tokenUrl: "https://example.org/token", clientId: "c", scope: "s" },
  signatureScheme: "hmac-sha256",
  contentType: "multipart/form-data",
  body: [{ name: "f", value: "{{ data.total }}" }],
  rateLimitPerSecond: 5,
  version: 1,
  generation: 1,
  createdAt: "2026-01-15T10:00:00.000Z",
  updatedAt: "2026-01-15T10:00:00.000Z",
};

const patch = (change: Partial<ReturnType<typeof toFormValues>>, before: Webhook = saved) =>
  toPatchBody(before, { ...toFormValues(before), ...change });
const pathsOf = (change: Partial<typeof NEW_WEBHOOK>) =>
  checkWebhook({ ...toFormValues(saved), ...change }).map(({ path, code }) => `${path} ${code}`);
const { auth } = toFormValues(saved);

describe("a webhook's form", () => {
  test("as it was opened is right, and saving it changes nothing", () => {
    expect(pathsOf({})).toEqual([]);
    expect(patch({})).toEqual({});
    const batching = {
      ...saved,
      contentType: "application/json",
      batching: { maxEvents: 7, maxWaitSeconds: 1 },
    } as const;
    const { body: _body, ...rest } = batching;
    expect(patch({}, rest)).toEqual({});
  });

  test("says only what was changed, and null for what was taken away", () => {
    expect(
      patch({ filter: "", sources: ["subscriber", "admin", "api"], audienceId: " ", rateLimitPerSecond: "" }),
    ).toEqual({
      filter: null,
      sources: null,
      audienceId: null,
      rateLimitPerSecond: null,
    });
    expect(
      patch({
        headers: [
          { name: "X-A", value: "9" },
          { name: "", value: "" },
        ],
      }),
    ).toEqual({
      headers: { "X-A": "9", "X-B": null },
    });
    expect(patch({ contentType: "application/json", template: "{}" })).toEqual({
      contentType: null,
      body: "{}",
    });
    expect(patch({ fields: [] })).toEqual({ body: null });
  });

  test("leaves a secret that was not typed anew, and asks for that of another way", () => {
    expect(patch({ auth: { ...auth, clientId: "d", scope: "" } })).toEqual({
      auth: {
        type: "oauth2",
        tokenUrl: "https://example.org/token",
        clientId: "d",
        scope: null,
        audience: null,
      },
    });
    expect(patch({ auth: { ...auth, clientSecret: "new" } })).toMatchObject({
      auth: { clientSecret: "new" },
    });
    expect(patch({ auth: { ...auth, type: "none" } })).toEqual({ auth: null });
    expect(pathsOf({ auth: { ...auth, type: "bearer" } })).toEqual(["auth.token required"]);
    expect(pathsOf({ auth: { ...auth, clientId: "" } })).toEqual(["auth.clientId required"]);
  });

  test("sets a batching limit that was emptied back to that of a new webhook", () => {
    const { body: _body, contentType: _type, ...rest } = saved;
    const before: Webhook = {
      ...rest,
      contentType: "application/json",
      batching: { maxEvents: 7, maxWaitSeconds: 1 },
    };
    expect(patch({ maxEvents: "" }, before)).toEqual({ batching: { maxEvents: 100, maxWaitSeconds: 1 } });
    expect(patch({ isBatching: false }, before)).toEqual({ batching: null });
  });

  test("names what is wrong as the API does", () => {
    const wrong = {
      filter: '{ "order": 1 }',
      headers: [
        { name: "webhook-id", value: "x" },
        { name: "X-C", value: "1" },
        { name: "X-C", value: "2" },
      ],
      sources: [],
      rateLimitPerSecond: 0,
    };
    expect(pathsOf(wrong)).toEqual(
      expect.arrayContaining([
        "filter.order invalid_filter",
        "headers.X-C duplicate",
        "headers.webhook-id reserved_header",
        "sources too_short",
        "rateLimitPerSecond too_small",
      ]),
    );
  });

  test("a new one with none of it says none of it", () => {
    const body = toCreateBody({
      ...NEW_WEBHOOK,
      name: "N",
      url: "https://example.org/",
      eventTypes: ["order.paid"],
    });
    expect(body).toEqual({
      kind: "events",
      name: "N",
      url: "https://example.org/",
      eventTypes: ["order.paid"],
      status: "inactive",
      successStatus: "2xx",
      headers: {},
    });
  });
});

test("a filter that is no JSON says where", () => {
  expect(parseFilterText('{\n  "data.a": 1,\n}')).toMatchObject({
    kind: "wrong",
    errors: [{ path: "filter", code: "invalid_filter", position: { line: 3, column: 1 } }],
  });
  expect(parseFilterText(" \n")).toEqual({ kind: "none" });
});
