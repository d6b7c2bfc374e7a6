import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createDestinationPolicy, type OAuth2Auth } from "@hooklane/core";
import { VERSION } from "@hooklane/request";
import { systemClock } from "@hooklane/service";
import { EgressWatch } from "../sending/egress-watch.js";
import { createGuardedLookup } from "../connecting/guarded-connector.js";
import type { Resolve } from "../connecting/name-resolver.js";
import { ResolveCounts } from "../connecting/resolve-counts.js";
import { toSocketLimits } from "../sending/socket-limits.js";
import { SocketSlots } from "../sending/socket-slots.js";
import { toAddress } from "../testing/to-address.js";
import { TokenEndpoint } from "./token-endpoint.js";
import { TokenRequest } from "./token-request.js";

const TIMEOUT_MS = 300;
const TOKEN = { access_token: "t-1", token_type: "Bearer", expires_in: 60 };

let server: Server;
let port: number;
let requests: { method: string; url: string; headers: Record<string, unknown>; body: string }[];
/** What the server does with a request it has read. */
let answer: RequestListener;
let slots: SocketSlots;
let egress: EgressWatch;
const closing = new AbortController();

beforeEach(async () => {
  requests = [];
  answer = (_request, response) => response.end(JSON.stringify(TOKEN));
  slots = new SocketSlots(toSocketLimits({ openFilesMax: undefined }));
  egress = new EgressWatch();
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      requests.push({
        method: request.method ?? "",
        url: request.url ?? "",
        headers: { ...request.headers },
        body,
      });
      answer(request, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  expect(slots.isAtRest).toBe(true);
  server.close();
  server.closeAllConnections();
  await once(server, "close");
});

interface AskOptions {
  readonly url?: string;
  readonly credentials?: Partial<OAuth2Auth>;
  readonly resolve?: Resolve;
  readonly allow?: readonly string[];
  readonly signal?: AbortSignal;
}

function ask(options: AskOptions = {}) {
  const policy = createDestinationPolicy(options.allow ?? ["127.0.0.0/8"]);
  const resolving = new ResolveCounts();
  const lookup = createGuardedLookup(policy, resolving, options.resolve ?? toAddress("127.0.0.1"));
  const endpoint = new TokenEndpoint({
    request: new TokenRequest({ policy, lookup, timeoutMs: TIMEOUT_MS }),
    clock: systemClock,
    slots,
    egress,
    isResolving: (origin) => resolving.isResolving(origin),
  });
  const credentials: OAuth2Auth = {
    type: "oauth2",
    tokenUrl: options.url ?? `http://127.0.0.1:${port}/token`,
    clientId: "id",
    clientSecret: "secret",
    ...options.credentials,
  };
  return endpoint.ask(credentials, "live", options.signal ?? closing.signal);
}

const unavailable = (detail: unknown) => ({ kind: "failed", error: "token_unavailable", detail });
const refused = (detail: string) => ({ kind: "failed", error: "token_refused", detail });

describe("a token is asked for", () => {
  test("as RFC 6749 has it: a form, and HTTP Basic with both parts encoded for a form", async () => {
    const credentials = {
      clientId: "my client:1",
      clientSecret: "p+w/%é",
      scope: "a b",
      audience: "https://api",
    };
    expect(await ask({ credentials })).toEqual({ kind: "issued", value: "t-1", lifetimeMs: 60_000 });
    const [request] = requests;
    expect(request).toMatchObject({
      method: "POST",
      url: "/token",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        accept: "application/json",
        "user-agent": `Hooklane/${VERSION}`,
        authorization: `Basic ${Buffer.from("my+client%3A1:p%2Bw%2F%25%C3%A9").toString("base64")}`,
      },
    });
    expect([...new URLSearchParams(request?.body)]).toEqual([
      ["grant_type", "client_credentials"],
      ["scope", "a b"],
      ["audience", "https://api"],
    ]);
  });

  test("without what is not configured, and over a name too", async () => {
    expect(await ask({ url: `http://idp.test:${port}/t?tenant=1` })).toMatchObject({ kind: "issued" });
    expect(requests).toMatchObject([{ url: "/t?tenant=1", body: "grant_type=client_credentials" }]);
  });
});

describe("an endpoint that refuses", () => {
  const cases: [string, RequestListener, string][] = [
    [
      "401",
      (_, response) => response.writeHead(401).end('{"error":"invalid_client"}'),
      "status 401, invalid_client",
    ],
    ["a redirect", (_, response) => response.writeHead(307, { location: "/token" }).end(), "status 307"],
    ["garbage", (_, response) => response.end("<html>"), "the answer is not JSON"],
    [
      "a body without end",
      (_, response) => {
        response.on("error", () => undefined);
        const write = () => {
          if (!response.destroyed && response.write("x".repeat(65_536))) setImmediate(write);
          else response.once("drain", write);
        };
        write();
      },
      "the answer is not JSON",
    ],
    [
      "a body that would have to be unfolded",
      (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("{}"),
      "the answer's token_type is not bearer",
    ],
  ];
  test.each(cases)("by %s", async (_name, behaviour, detail) => {
    answer = behaviour;
    expect(await ask()).toEqual(refused(detail));
    expect(requests).toHaveLength(1);
  });
});

describe("an endpoint that is not available", () => {
  const cases: [string, RequestListener, string][] = [
    ["500", (_, response) => response.writeHead(500).end('{"error":"invalid_client"}'), "status 500"],
    ["no answer in time", () => undefined, "timeout"],
    ["half an answer in time", (_, response) => response.writeHead(200).write('{"access_token":'), "timeout"],
    ["a reset", (request) => request.socket.resetAndDestroy(), "connection_reset"],
  ];
  test.each(cases)("by %s", async (_name, behaviour, detail) => {
    answer = behaviour;
    expect(await ask()).toEqual(unavailable(detail));
    expect(requests).toHaveLength(1);
  });

  test("by a closed port", async () => {
    const free = createTcpServer().listen(0, "127.0.0.1");
    await once(free, "listening");
    const { port: closed } = free.address() as AddressInfo;
    free.close();
    await once(free, "close");
    expect(await ask({ url: `http://127.0.0.1:${closed}/` })).toEqual(unavailable("connection_refused"));
  });

  test("by an answer that is not HTTP", async () => {
    const other = createTcpServer((socket) => {
      socket.on("error", () => undefined).resume();
      socket.end("SSH-2.0-OpenSSH_9.2\r\n\r\n");
    }).listen(0, "127.0.0.1");
    await once(other, "listening");
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    expect(await ask({ url })).toEqual(unavailable(expect.stringMatching(/^HPE_/)));
    other.close();
    await once(other, "close");
  });

  test("by a name that does not exist", async () => {
    const resolve: Resolve = (_name, _options, callback) =>
      callback(Object.assign(new Error("none"), { code: "ENOTFOUND" }), []);
    expect(await ask({ url: "http://idp.test/", resolve })).toEqual(unavailable("dns_not_found"));
  });

  test.each([
    ["an address of ours", `http://127.0.0.1:PORT/`, toAddress()],
    ["an address of ours in another spelling", "http://2130706433:PORT/", toAddress()],
    ["a name with one address of ours", "http://idp.test:PORT/", toAddress("8.8.8.8", "127.0.0.1")],
  ])("by %s: nothing is sent there", async (_name, url, resolve) => {
    const options = { url: url.replace("PORT", String(port)), resolve, allow: [] };
    expect(await ask(options)).toEqual(unavailable("destination_refused"));
    expect(requests).toEqual([]);
  });
});

describe("a fault of our own side", () => {
  test("is a resolver that gives no answer, or none in time", async () => {
    const fails: Resolve = (_name, _options, callback) =>
      callback(Object.assign(new Error("later"), { code: "EAI_AGAIN" }), []);
    expect(await ask({ url: "http://idp.test/", resolve: fails })).toMatchObject({
      kind: "own_fault",
      fault: "resolver_unavailable",
    });
    expect(await ask({ url: "http://idp.test/", resolve: () => undefined })).toMatchObject({
      kind: "own_fault",
      fault: "resolver_unavailable",
    });
  });

  test("is a lack of sockets, and a way out that is cut", async () => {
    const fails: Resolve = (_name, _options, callback) =>
      callback(Object.assign(new Error("too many"), { code: "EMFILE" }), []);
    expect(await ask({ url: "http://idp.test/", resolve: fails })).toMatchObject({
      kind: "own_fault",
      fault: "sockets_exhausted",
    });
    for (let origin = 0; origin < 20; origin++)
      egress.onNoAnswer(`http://r${origin}.test`, systemClock.now() - 1_000);
    answer = (request) => request.socket.resetAndDestroy();
    expect(await ask()).toMatchObject({ kind: "own_fault", fault: "network_unreachable" });
  });

  test("is our own cut, on the way and while it waits for a socket", async () => {
    const cut = new AbortController();
    answer = () => cut.abort();
    expect(await ask({ signal: cut.signal })).toEqual({ kind: "own_fault", fault: "aborted" });
    expect(await ask({ signal: cut.signal })).toEqual({ kind: "own_fault", fault: "aborted" });

    slots = new SocketSlots({ total: 3, pools: { live: 1, drain: 1, retry: 1 }, perOrigin: 3 });
    const other = { pool: "live", origin: "http://other.test", onSlot: () => undefined } as const;
    slots.take(other);
    const later = new AbortController();
    const waiting = ask({ signal: later.signal });
    expect(slots.census().live.waiting).toBe(1);
    later.abort();
    expect(await waiting).toEqual({ kind: "own_fault", fault: "aborted" });
    slots.release(other);
  });
});

test("waiting for a socket takes nothing of the endpoint's time", async () => {
  slots = new SocketSlots({ total: 3, pools: { live: 1, drain: 1, retry: 1 }, perOrigin: 3 });
  const other = { pool: "live", origin: "http://other.test", onSlot: () => undefined } as const;
  slots.take(other);
  const waiting = ask();
  // That time passes is what is tested.
  await new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS + 50));
  slots.release(other);
  expect(await waiting).toMatchObject({ kind: "issued" });
});
