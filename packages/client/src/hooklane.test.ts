import { describe, expect, test } from "@jest/globals";
import { Hooklane } from "./hooklane.js";
import { HooklaneError } from "./hooklane-error.js";

interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A client whose calls are noted and answered by `answer`. */
function connect(answer: (call: Call) => { status?: number; body?: unknown }) {
  const calls: Call[] = [];
  const hooklane = new Hooklane({
    apiUrl: "http://api.test/",
    ingestUrl: "http://ingest.test",
    apiKey: "hl_live_x",
    fetch: (url, init) => {
      const call = {
        method: init?.method ?? "GET",
        url: url as string,
        headers: new Headers(init?.headers),
        body: typeof init?.body === "string" ? (JSON.parse(init.body) as unknown) : undefined,
      };
      calls.push(call);
      const { status = 200, body } = answer(call);
      return Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status }));
    },
  });
  return { hooklane, calls };
}

const pages: Readonly<Record<string, object>> = {
  "": { data: [{ id: "a" }, { id: "b" }], nextCursor: "1/+" },
  "1/+": { data: [], nextCursor: "2" },
  "2": { data: [{ id: "c" }], nextCursor: null },
};
const listing = () => connect(({ url }) => ({ body: pages[new URL(url).searchParams.get("cursor") ?? ""] }));

describe("Hooklane", () => {
  test("a list is read to its end, page by page, with its filter on each page", async () => {
    const { hooklane, calls } = listing();
    const ids: string[] = [];
    for await (const { id } of hooklane.deliveries.list({ status: "delivered", limit: 2 })) ids.push(id);
    expect(ids).toEqual(["a", "b", "c"]);
    expect(calls.map(({ url }) => url.replace("http://api.test", ""))).toEqual([
      "/v1/deliveries?status=delivered&limit=2",
      "/v1/deliveries?status=delivered&limit=2&cursor=1%2F%2B",
      "/v1/deliveries?status=delivered&limit=2&cursor=2",
    ]);
  });

  test("a list is read no further than one goes", async () => {
    const { hooklane, calls } = listing();
    expect(await hooklane.webhooks.list().take(2)).toHaveLength(2);
    expect(calls).toHaveLength(1);
    expect(await hooklane.webhooks.list().take(0)).toEqual([]);
    expect(await hooklane.webhooks.list().take(99)).toHaveLength(3);
    expect(await hooklane.events.list().page("2")).toEqual(pages["2"]);
  });

  test("calls go to the API with the key, events to the ingestor", async () => {
    const { hooklane, calls } = connect(({ url }) => ({
      body: url.startsWith("http://ingest") ? { id: "e", status: "accepted" } : { id: "wh_1" },
    }));
    await hooklane.webhooks.get("wh_1");
    await hooklane.events.send({ type: "t", data: {} });
    expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET http://api.test/v1/webhooks/wh_1",
      "POST http://ingest.test/v1/events",
    ]);
    for (const { headers } of calls) expect(headers.get("authorization")).toBe("Bearer hl_live_x");
    expect(calls[1]!.body).toEqual({ type: "t", data: {} });
    expect(calls[1]!.headers.get("content-type")).toBe("application/json");
    expect(calls[1]!.headers.get("idempotency-key")).toMatch(/./);
  });

  test("an id stays one segment of the path, whatever is in it", async () => {
    const { hooklane, calls } = connect(() => ({ body: {} }));
    await hooklane.events.get("a/../b?c#d é");
    expect(calls[0]!.url).toBe("http://api.test/v1/events/a%2F..%2Fb%3Fc%23d%20%C3%A9");
  });

  test("a change is bound to the version it was meant for", async () => {
    const { hooklane, calls } = connect(() => ({ body: {} }));
    await hooklane.webhooks.update("wh_1", { name: "N" }, { version: 3 });
    await hooklane.webhooks.update("wh_1", { filter: null });
    expect(calls.map(({ headers }) => headers.get("if-match"))).toEqual(['"3"', null]);
    expect(calls[1]!.body).toEqual({ filter: null });
  });

  test("each of several events has its result", async () => {
    const results = [{ index: 0, id: "e", status: "accepted" }];
    const { hooklane, calls } = connect(() => ({ status: 202, body: { results } }));
    expect(await hooklane.events.sendMany([{ type: "t", data: {} }])).toEqual(results);
    expect(calls[0]!.body).toEqual({ events: [{ type: "t", data: {} }] });
  });

  test("a refusal is one error with the code and the fields", async () => {
    const errors = [{ path: "url", code: "invalid_url", message: "is not a URL" }];
    const body = {
      type: "about:blank",
      title: "T",
      status: 422,
      code: "validation_failed",
      detail: "D",
      errors,
    };
    const { hooklane } = connect(() => ({ status: 422, body }));
    const call = hooklane.webhooks.create({ name: "N", url: "x", eventTypes: ["t"] });
    await expect(call).rejects.toBeInstanceOf(HooklaneError);
    await expect(call).rejects.toMatchObject({ code: "validation_failed", status: 422, errors });
    await expect(call).rejects.toThrow("validation_failed: D (url is not a URL)");
  });

  test("a deletion has no body, and an answer that lacks its own is an error", async () => {
    const { hooklane } = connect(({ method }) => ({ status: method === "DELETE" ? 204 : 200 }));
    await expect(hooklane.webhooks.delete("wh_1")).resolves.toBeUndefined();
    await expect(hooklane.webhooks.get("wh_1")).rejects.toMatchObject({ code: "unexpected_answer" });
  });

  test("options that cannot be are refused at once", () => {
    const given = { apiUrl: "http://a", apiKey: "k" };
    expect(() => new Hooklane({ ...given, apiUrl: "localhost:4400" })).toThrow(/apiUrl/);
    expect(() => new Hooklane({ ...given, ingestUrl: "" })).toThrow(/ingestUrl/);
    expect(() => new Hooklane({ ...given, apiKey: "" })).toThrow(/apiKey/);
  });

  test("a caller is named by a key or by headers; without either no client is made", async () => {
    const seen: Headers[] = [];
    const fetch = (_url: unknown, init?: RequestInit) => {
      seen.push(new Headers(init?.headers));
      return Promise.resolve(new Response("{}"));
    };
    const headers = { "hooklane-workspace": "ws_1" };
    await new Hooklane({ apiUrl: "http://api.test", headers, fetch }).api.GET("/v1/health");
    expect(seen[0]!.get("hooklane-workspace")).toBe("ws_1");
    expect(seen[0]!.has("authorization")).toBe(false);
    expect(() => new Hooklane({ apiUrl: "http://api.test" })).toThrow("apiKey is missing");
    expect(() => new Hooklane({ apiUrl: "http://api.test", apiKey: "" })).toThrow("apiKey is empty");
  });

  test("the fetch it is given is called as a browser wants its own to be: by itself", async () => {
    const callers: unknown[] = [];
    const fetch = function (this: unknown) {
      callers.push(this);
      return Promise.resolve(new Response("{}"));
    };
    await new Hooklane({ apiUrl: "http://api.test", apiKey: "hl_live_x", fetch }).api.GET("/v1/health");
    expect(callers).toEqual([undefined]);
  });
});
