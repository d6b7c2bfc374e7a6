import { describe, expect, test } from "@jest/globals";
import { HooklaneError, readRetryAfter } from "./hooklane-error.js";
import { fetchWithRetries, type RetryingFetchOptions, sleep } from "./retrying-fetch.js";

interface Tried {
  readonly url: string;
  readonly key: string | null;
  readonly body: unknown;
}

type Reply = () => Promise<Response>;
const reply = (status: number, body?: object, headers: Record<string, string> = {}): Reply => {
  const text = body === undefined ? null : JSON.stringify(body);
  return () => Promise.resolve(new Response(text, { status, headers }));
};
const problem = (status: number, code: string, headers?: Record<string, string>): Reply =>
  reply(status, { type: "about:blank", title: "T", status, code, detail: "D" }, headers);
const refused: Reply = () =>
  Promise.reject(new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED 127.0.0.1:1") }));

/** A server that answers with these in turn, the last one again and again. */
function serve(...replies: Reply[]) {
  const tried: Tried[] = [];
  const waits: number[] = [];
  const options: RetryingFetchOptions = {
    fetch: (url, init) => {
      const headers = new Headers(init?.headers);
      tried.push({ url: url as string, key: headers.get("idempotency-key"), body: init?.body });
      return (replies[tried.length - 1] ?? replies.at(-1)!)();
    },
    timeoutMs: 5_000,
    retriesMax: 3,
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    random: () => 1,
  };
  return { tried, waits, options };
}

const read = () => new Request("http://api.test/v1/webhooks");
const write = (headers: Record<string, string> = {}) =>
  new Request("http://api.test/v1/webhooks", { method: "POST", body: '{"name":"é"}', headers });

async function errorOf(call: Promise<unknown>): Promise<HooklaneError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof HooklaneError) return error;
    throw error;
  }
  throw new Error("It did not fail");
}

describe("a call", () => {
  test.each([
    ["a network error", refused],
    ["429", problem(429, "rate_limited")],
    ["503", problem(503, "unavailable")],
    ["502 of a proxy", reply(502)],
  ])("is made again after %s, longer apart each time", async (_what, failure) => {
    const { options, tried, waits } = serve(failure, failure, failure, reply(200, { ok: true }));
    const response = await fetchWithRetries(read(), options);
    expect(await response.json()).toEqual({ ok: true });
    expect(tried).toHaveLength(4);
    expect(waits).toEqual([250, 500, 1_000]);
  });

  test("that writes is the same at every try: body, and a key of its own unless one is given", async () => {
    const { options, tried } = serve(refused, problem(503, "unavailable"), reply(201, {}));
    await fetchWithRetries(write(), options);
    expect(tried.map(({ body }) => body)).toEqual(['{"name":"é"}', '{"name":"é"}', '{"name":"é"}']);
    expect(new Set(tried.map(({ key }) => key)).size).toBe(1);
    expect(tried[0]!.key).toMatch(/^[0-9a-f-]{36}$/);

    const given = serve(refused, reply(201, {}));
    await fetchWithRetries(write({ "Idempotency-Key": "mine" }), given.options);
    expect(given.tried.map(({ key }) => key)).toEqual(["mine", "mine"]);
  });

  test("that reads has no key", async () => {
    const { options, tried } = serve(reply(200, {}));
    await fetchWithRetries(read(), options);
    expect(tried[0]!.key).toBeNull();
  });

  test("waits as long as the API says, and not when that is too long", async () => {
    const short = serve(problem(429, "rate_limited", { "retry-after": "7" }), reply(200, {}));
    await fetchWithRetries(read(), short.options);
    expect(short.waits).toEqual([7_000]);

    const long = serve(problem(503, "unavailable", { "retry-after": "31" }));
    const error = await errorOf(fetchWithRetries(read(), long.options));
    expect(error).toMatchObject({ code: "unavailable", status: 503, retryAfter: 31 });
    expect(long.tried).toHaveLength(1);
  });

  test("is given up after the retries, with the last error", async () => {
    const { options, tried } = serve(refused);
    const error = await errorOf(fetchWithRetries(write(), options));
    expect(error).toMatchObject({ code: "network", status: undefined });
    expect(error.detail).toBe("http://api.test cannot be reached: connect ECONNREFUSED 127.0.0.1:1");
    expect(tried).toHaveLength(4);
    const once = serve(refused);
    await errorOf(fetchWithRetries(write(), { ...once.options, retriesMax: 0 }));
    expect(once.tried).toHaveLength(1);
  });

  test.each([
    [400, "malformed_json"],
    [401, "unauthorized"],
    [404, "not_found"],
    [409, "conflict"],
    [422, "validation_failed"],
    [500, "internal"],
  ])("refused with %s is not made again", async (status, code) => {
    const { options, tried } = serve(problem(status, code, { "x-request-id": "req_1" }));
    const error = await errorOf(fetchWithRetries(write(), options));
    expect(error).toMatchObject({ status, code, detail: "D", requestId: "req_1" });
    expect(tried).toHaveLength(1);
  });

  test("whose first try is still being answered waits for that answer", async () => {
    const busy = problem(409, "idempotency_conflict", { "retry-after": "1" });
    const { options, waits } = serve(busy, reply(201, { id: "wh_1" }));
    expect((await fetchWithRetries(write(), options)).status).toBe(201);
    expect(waits).toEqual([1_000]);
  });

  test("that is answered by something else tells what it was", async () => {
    const html: Reply = () => Promise.resolve(new Response("<html>", { status: 404 }));
    const error = await errorOf(fetchWithRetries(read(), serve(html).options));
    expect(error).toMatchObject({ code: "unexpected_answer", status: 404 });
    expect(error.detail).toContain("<html>");
  });

  test("is cut off in time, also when only the body is late", async () => {
    const { options } = serve();
    const stuck = (init?: RequestInit) =>
      new ReadableStream({
        start: (controller) =>
          init?.signal?.addEventListener("abort", () => controller.error(new Error("cut"))),
      });
    const fetch: typeof globalThis.fetch = (_url, init) => Promise.resolve(new Response(stuck(init)));
    const late = fetchWithRetries(read(), { ...options, fetch, timeoutMs: 20, retriesMax: 1 });
    expect(await errorOf(late)).toMatchObject({ code: "timeout", detail: expect.stringContaining("20 ms") });
  });

  test("ends with the caller's own reason when it is aborted, during a try or a wait", async () => {
    const reason = new Error("not needed any more");
    const stop = new AbortController();
    const { options, tried } = serve(() => {
      stop.abort(reason);
      return Promise.reject(new Error("aborted"));
    });
    const request = new Request("http://api.test/", { signal: stop.signal });
    await expect(fetchWithRetries(request, options)).rejects.toBe(reason);
    expect(tried).toHaveLength(1);

    const other = new AbortController();
    const asleep = sleep(60_000, other.signal);
    other.abort(reason);
    await expect(asleep).rejects.toBe(reason);
    await expect(sleep(60_000, other.signal)).rejects.toBe(reason);
  });
});

test("Retry-After is read as seconds or as a date, and never negative", () => {
  const nowMs = Date.parse("2026-01-01T00:00:00Z");
  const at = (value: string) => readRetryAfter(new Headers({ "retry-after": value }), nowMs);
  expect(at("120")).toBe(120);
  expect(at("Thu, 01 Jan 2026 00:00:09 GMT")).toBe(9);
  expect(at("Wed, 31 Dec 2025 00:00:00 GMT")).toBe(0);
  expect(at("soon")).toBeUndefined();
  expect(readRetryAfter(new Headers(), nowMs)).toBeUndefined();
});
