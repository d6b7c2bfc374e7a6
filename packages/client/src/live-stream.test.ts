import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Hooklane } from "./hooklane.js";
import type { LiveEvent, StreamOptions, StreamPause } from "./live-stream.js";

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let hooklane: Hooklane;
let calls: { readonly url: string | undefined; readonly from: unknown; readonly key: string | undefined }[];
let answers: Serve[];
let stop: AbortController;

beforeEach(async () => {
  calls = [];
  stop = new AbortController();
  server = createServer((request, response) => {
    calls.push({
      url: request.url,
      from: request.headers["last-event-id"],
      key: request.headers.authorization,
    });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  hooklane = new Hooklane({ apiUrl: `http://127.0.0.1:${port}`, apiKey: "hl_live_x", timeoutMs: 2_000 });
});

afterEach(async () => {
  stop.abort();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const event = (name: string, id: string, data: object = {}) =>
  `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

/** Sends these pieces as they are, then does what is said with the connection. */
const sends =
  (pieces: readonly (string | Buffer)[], then: "end" | "cut" | "stay" = "stay"): Serve =>
  (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("retry: 20\n\n");
    for (const piece of pieces) response.write(piece);
    if (then === "end") response.end();
    if (then === "cut") setImmediate(() => response.destroy());
  };

const refuses =
  (status: number, code: string, headers: Record<string, string> = {}): Serve =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/problem+json", ...headers });
    response.end(JSON.stringify({ type: "about:blank", title: "T", status, code, detail: "It is so." }));
  };

/** Reads until so many came, then stops. */
async function read(count: number, options: StreamOptions = {}): Promise<readonly LiveEvent[]> {
  const read: LiveEvent[] = [];
  for await (const each of hooklane.stream({}, { signal: stop.signal, ...options })) {
    read.push(each);
    if (read.length === count) stop.abort();
  }
  return read;
}

describe("a stream", () => {
  test("is asked for with the key and the filter, and gives events as they come; pings are kept back", async () => {
    answers = [sends([event("ping", "1"), event("delivery", "2", { id: "dl_1" }), event("news", "3")])];
    for await (const each of hooklane.stream(
      { webhookId: "wh/1", status: "delivered" },
      { signal: stop.signal },
    )) {
      expect(each).toEqual({ event: "delivery", id: "2", data: { id: "dl_1" } });
      break;
    }
    expect(calls).toEqual([
      { url: "/v1/stream?webhookId=wh%2F1&status=delivered", from: undefined, key: "Bearer hl_live_x" },
    ]);
  });

  test("is put together whatever pieces it comes in", async () => {
    const bytes = Buffer.from(event("webhook", "1", { id: "wh_é🎈" }));
    answers = [sends([...bytes].map((byte) => Buffer.from([byte])))];
    expect(await read(1)).toEqual([{ event: "webhook", id: "1", data: { id: "wh_é🎈" } }]);
  });

  test("goes on from the last event, a ping too, after a connection was cut or ended", async () => {
    answers = [
      sends(
        [event("ping", "1"), event("delivery", "2", { id: "dl_1" }), "event: delivery\nid: 9\ndata: {"],
        "cut",
      ),
      sends([event("ping", "3")], "end"),
      sends([event("reset", "4", { reason: "too_old" }), event("delivery", "5", { id: "dl_2" })]),
    ];
    const pauses: StreamPause[] = [];
    const connected: string[] = [];
    const events = await read(3, {
      lastEventId: "0",
      onDisconnected: (pause) => pauses.push(pause),
      onConnected: () => connected.push("connected"),
    });
    expect(events.map(({ id }) => id)).toEqual(["2", "4", "5"]);
    expect(calls.map(({ from }) => from)).toEqual(["0", "2", "3"]);
    expect(pauses.map(({ error }) => error?.code)).toEqual(["network", undefined]);
    for (const { waitMs } of pauses) expect(waitMs).toBeLessThanOrEqual(20);
    expect(connected).toHaveLength(3);
  });

  test("that stood is tried again while the API is away, with growing pauses, as Retry-After says", async () => {
    answers = [
      sends([event("ping", "1")], "end"),
      refuses(503, "unavailable"),
      refuses(503, "unavailable"),
      refuses(503, "unavailable"),
      refuses(503, "unavailable"),
      refuses(429, "rate_limited", { "retry-after": "1" }),
      sends([event("delivery", "2", { id: "dl_1" })]),
    ];
    const pauses: StreamPause[] = [];
    expect(await read(1, { onDisconnected: (pause) => pauses.push(pause) })).toHaveLength(1);
    expect(pauses.map(({ error }) => error?.status)).toEqual([undefined, 503, 503, 503, 503, 429]);
    const [first, , , , fifth, last] = pauses.map(({ waitMs }) => waitMs);
    expect(fifth).toBeGreaterThan(first!);
    expect(last).toBe(1_000);
    expect(calls.at(-1)!.from).toBe("1");
  });

  test.each([
    [401, "unauthorized"],
    [403, "forbidden"],
    [422, "validation_failed"],
  ])("that is refused for good is an error: %d", async (status, code) => {
    answers = [sends([event("ping", "1")], "end"), refuses(status, code)];
    await expect(read(1)).rejects.toMatchObject({ name: "HooklaneError", code, status });
    expect(calls).toHaveLength(2);
  });

  test("that never stood is an error after some tries", async () => {
    answers = [refuses(503, "unavailable")];
    await expect(read(1)).rejects.toMatchObject({ code: "unavailable" });
    expect(calls).toHaveLength(4);
  }, 20_000);

  test("of something else than events is an error", async () => {
    answers = [(_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>")];
    await expect(read(1)).rejects.toMatchObject({ code: "unexpected_answer" });
  });

  test("that went silent is taken for dead", async () => {
    answers = [sends([event("ping", "1")]), sends([event("delivery", "2", { id: "dl_1" })])];
    const pauses: StreamPause[] = [];
    await read(1, { silenceMsMax: 100, onDisconnected: (pause) => pauses.push(pause) });
    expect(pauses.map(({ error }) => error?.code)).toEqual(["timeout"]);
    expect(calls.map(({ from }) => from)).toEqual([undefined, "1"]);
  });

  test("ends with the signal, without an error, and lets go of the connection", async () => {
    const closed = new Promise<void>((resolve) => {
      answers = [
        (request, response) => {
          response.once("close", resolve);
          sends([event("ping", "1")])(request, response);
        },
      ];
    });
    setTimeout(() => stop.abort(), 50);
    expect(await read(1)).toEqual([]);
    await closed;
    expect(await read(1)).toEqual([]);
  });

  test("that is left in the middle lets go of the connection", async () => {
    const closed = new Promise<void>((resolve) => {
      answers = [
        (request, response) => {
          response.once("close", resolve);
          sends([event("delivery", "1", { id: "dl_1" })])(request, response);
        },
      ];
    });
    for await (const { id } of hooklane.stream()) {
      expect(id).toBe("1");
      break;
    }
    await closed;
  });
});
