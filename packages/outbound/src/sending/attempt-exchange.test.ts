import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type AttemptEnd, createDestinationPolicy } from "@hooklane/core";
import { systemClock } from "@hooklane/service";
import { RECEIVER_CERTIFICATE } from "../testing/receiver-certificate.js";
import { toAddress } from "../testing/to-address.js";
import { AttemptExchange, type ExchangeOwner } from "./attempt-exchange.js";
import { EgressWatch } from "./egress-watch.js";
import { createGuardedConnector } from "../connecting/guarded-connector.js";
import type { Resolve } from "../connecting/name-resolver.js";
import { OriginConnections } from "../connecting/origin-connections.js";
import { ResolveCounts } from "../connecting/resolve-counts.js";
import { toSocketLimits } from "./socket-limits.js";
import { SocketSlots } from "./socket-slots.js";

const TIMEOUT_MS = 300;
const OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

let server: Server;
let port: number;
let sockets: Socket[];
let received: string;
let connections: OriginConnections | undefined;
let slots: SocketSlots;
/** What the server writes once it has read something; undefined: nothing. */
let reply: string | undefined;

beforeEach(async () => {
  sockets = [];
  received = "";
  reply = OK;
  slots = new SocketSlots(toSocketLimits({ openFilesMax: undefined }));
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      received += bytes.toString();
      if (reply !== undefined) socket.write(reply);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  connections?.close();
  connections = undefined;
  expect(slots.isAtRest).toBe(true);
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, "close");
});

type Ended = AttemptEnd | "refused";

/** The test's own time limit is the deadline. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

/** Makes one request; resolves with how it ended. */
function exchange(
  options: {
    host?: string;
    scheme?: "http" | "https";
    body?: Buffer;
    resolve?: Resolve;
    neverConnects?: boolean;
    mayStart?: () => boolean;
    onCreated?: (exchange: AttemptExchange) => void;
  } = {},
): Promise<Ended> {
  const resolving = new ResolveCounts();
  const policy = createDestinationPolicy(["127.0.0.0/8"]);
  connections ??= new OriginConnections(
    options.neverConnects === true
      ? () => undefined
      : createGuardedConnector(
          policy,
          resolving,
          options.resolve ?? toAddress("127.0.0.1"),
          RECEIVER_CERTIFICATE.cert,
        ),
    slots,
  );
  const context = {
    clock: systemClock,
    slots,
    connections,
    egress: new EgressWatch(),
    timeoutMs: TIMEOUT_MS,
    isResolving: (origin: string) => resolving.isResolving(origin),
  };
  const profile = {
    origin: `${options.scheme ?? "http"}://${options.host ?? "127.0.0.1"}:${port}`,
    path: "/x",
    headers: [],
    contentType: "application/json",
    successStatus: "2xx",
    keys: [],
  } as const;
  return new Promise<Ended>((resolve) => {
    const owner: ExchangeOwner = {
      mayStart: options.mayStart ?? (() => true),
      onRefused: () => resolve("refused"),
      onEnd: resolve,
    };
    const made = new AttemptExchange(
      context,
      { profile, headers: [], body: options.body ?? Buffer.from("{}") },
      "live",
      owner,
    );
    made.start();
    options.onCreated?.(made);
  });
}
describe("one attempt over HTTP", () => {
  test("an answer within the limit is its status, its time and the head of its body", async () => {
    const end = await exchange();
    expect(end).toMatchObject({ outcome: { kind: "succeeded", statusCode: 200 }, responseHead: "ok" });
    expect((end as AttemptEnd).durationMs).toBeLessThan(TIMEOUT_MS);
  });

  test("refused in the tick the bytes would be written, nothing reaches the receiver", async () => {
    expect(await exchange({ mayStart: () => false })).toBe("refused");
    expect(await exchange({ mayStart: () => true })).toMatchObject({ outcome: { kind: "succeeded" } });
    expect(received.match(/POST/g)).toHaveLength(1);
  });

  test("without a status line in time it is a timeout", async () => {
    reply = undefined;
    expect(await exchange()).toMatchObject({ outcome: { kind: "failed", error: "timeout" } });
  });

  test("a status line in time counts, even if the body never ends", async () => {
    reply = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf";
    expect(await exchange()).toMatchObject({ outcome: { kind: "succeeded", statusCode: 200 } });
  });

  test("what is no HTTP is a fault of protocol", async () => {
    reply = "SSH-2.0-OpenSSH_9.2\r\n\r\n";
    expect(await exchange()).toMatchObject({ outcome: { kind: "failed", error: "protocol" } });
  });

  test("an informational answer is not the answer", async () => {
    reply = `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${OK}`;
    expect(await exchange()).toMatchObject({ outcome: { kind: "succeeded", statusCode: 200 } });
  });

  test("cut by us it is our own fault, and the receiver sees a reset", async () => {
    reply = undefined;
    let made: AttemptExchange | undefined;
    const ended = exchange({ onCreated: (each) => (made = each) });
    await until(() => received !== "");
    const closed = once(sockets[0]!, "error");
    made?.abort();
    expect(await ended).toMatchObject({ outcome: { kind: "own_fault", fault: "aborted" } });
    expect(await closed).toMatchObject([{ code: "ECONNRESET" }]);
  });

  test("the time limit cuts by a reset too", async () => {
    reply = undefined;
    const ended = exchange();
    await until(() => received !== "");
    const closed = once(sockets[0]!, "error");
    await ended;
    expect(await closed).toMatchObject([{ code: "ECONNRESET" }]);
  });

  test("one that waits for a socket is cut without leaving anything, and its time has not begun", async () => {
    slots = new SocketSlots(toSocketLimits({ openFilesMax: undefined, perOriginMax: 1 }));
    reply = undefined;
    const first = exchange();
    let made: AttemptExchange | undefined;
    const second = exchange({ onCreated: (each) => (made = each) });
    expect(slots.census().live).toEqual({ inUse: 1, waiting: 1 });
    made?.abort();
    expect(await second).toMatchObject({ outcome: { kind: "own_fault", fault: "aborted" }, durationMs: 0 });
    expect(slots.census().live).toEqual({ inUse: 1, waiting: 0 });
    await first;
  });

  test("waiting for a socket takes nothing of the receiver's time", async () => {
    slots = new SocketSlots(toSocketLimits({ openFilesMax: undefined, perOriginMax: 1 }));
    reply = undefined;
    const first = exchange();
    const second = exchange();
    const [hung, waited] = (await Promise.all([first, second])) as [AttemptEnd, AttemptEnd];
    expect(waited.startedAt - hung.startedAt).toBeGreaterThanOrEqual(TIMEOUT_MS - 1);
    for (const end of [hung, waited]) {
      expect(end.outcome).toMatchObject({ kind: "failed", error: "timeout" });
      expect(end.durationMs).toBeLessThan(2 * TIMEOUT_MS);
    }
    expect(received.match(/POST/g)).toHaveLength(2);
  });

  test("one that waits takes over the connection of the one before", async () => {
    slots = new SocketSlots(toSocketLimits({ openFilesMax: undefined, perOriginMax: 1 }));
    await Promise.all([exchange(), exchange(), exchange()]);
    expect(sockets).toHaveLength(1);
  });

  test("Retry-After of 429 and 503 is counted from the attempt's start, of others ignored", async () => {
    const answerWith = (status: string, wish: string) =>
      `HTTP/1.1 ${status}\r\ncontent-length: 0\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: ${wish}\r\n\r\n`;
    const wishOf = async (status: string, wish: string) => {
      reply = answerWith(status, wish);
      const { outcome } = (await exchange()) as AttemptEnd;
      return outcome.kind === "failed" ? outcome.retryAfterMs : undefined;
    };
    for (const status of ["429 Too Many Requests", "503 Service Unavailable"]) {
      for (const wish of ["90", "Sun, 06 Nov 1994 08:51:07 GMT", "90\r\nretry-after: 120"]) {
        expect(await wishOf(status, wish)).toBeGreaterThanOrEqual(90_000);
        expect(await wishOf(status, wish)).toBeLessThan(90_000 + TIMEOUT_MS);
      }
      expect(await wishOf(status, "soon")).toBeUndefined();
    }
    expect(await wishOf("500 Internal Server Error", "90")).toBeUndefined();
    expect(await wishOf("302 Found", "90")).toBeUndefined();
  });

  test("a resolver that does not answer is our own fault", async () => {
    expect(await exchange({ host: "example.test", resolve: () => undefined })).toMatchObject({
      outcome: { kind: "own_fault", fault: "resolver_unavailable" },
    });
  });

  test("an address that does not answer is a timeout of the receiver's", async () => {
    expect(await exchange({ neverConnects: true })).toMatchObject({
      outcome: { kind: "failed", error: "timeout" },
    });
  });

  test("a name that does not exist is the receiver's", async () => {
    const resolve: Resolve = (_hostname, _options, callback) =>
      callback(Object.assign(new Error("no"), { code: "ENOTFOUND" }), []);
    expect(await exchange({ host: "example.test", resolve })).toMatchObject({
      outcome: { kind: "failed", error: "dns_not_found" },
    });
  });

  test("one refused address of a name refuses it, wherever it stands", async () => {
    for (const addresses of [["10.0.0.1"], ["127.0.0.1", "169.254.169.254"], ["192.168.1.1", "127.0.0.1"]]) {
      connections = undefined;
      expect(await exchange({ host: "example.test", resolve: toAddress(...addresses) })).toMatchObject({
        outcome: { kind: "failed", error: "destination_refused" },
      });
    }
    expect(received).toBe("");
  });

  test("a name whose addresses are allowed is connected to", async () => {
    expect(await exchange({ host: "example.test" })).toMatchObject({ outcome: { kind: "succeeded" } });
    expect(received).toContain(`host: example.test:${port}`);
  });

  test("a connection is used again", async () => {
    for (let i = 0; i < 3; i++) await exchange();
    expect(sockets).toHaveLength(1);
  });
});

describe("one attempt over TLS", () => {
  beforeEach(async () => {
    server.close();
    server = createTlsServer(RECEIVER_CERTIFICATE, (socket) => {
      sockets.push(socket);
      socket.on("error", () => undefined);
      socket.on("data", (bytes: Buffer) => {
        received += bytes.toString();
        if (reply !== undefined) socket.write(reply);
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });

  test.each(["127.0.0.1", "receiver.test"])("%s is answered, and its connection used again", async (host) => {
    for (let i = 0; i < 3; i++)
      expect(await exchange({ scheme: "https", host })).toMatchObject({ outcome: { kind: "succeeded" } });
    expect(sockets).toHaveLength(1);
  });

  test("a certificate for another name is a fault of the receiver's TLS, every time", async () => {
    for (let i = 0; i < 3; i++)
      expect(await exchange({ scheme: "https", host: "other.test" })).toMatchObject({
        outcome: { kind: "failed", error: "tls" },
      });
    expect(received).toBe("");
  });

  test("a session remembered for one name vouches for no other", async () => {
    await exchange({ scheme: "https", host: "receiver.test" });
    expect(await exchange({ scheme: "https", host: "other.test" })).toMatchObject({
      outcome: { kind: "failed", error: "tls" },
    });
  });

  test("what ends it after the handshake is told, and not that it ended", async () => {
    const behind = port;
    const through: Socket[] = [];
    // Passes on what both say, until the request has come: then it says what is no TLS, as an alert in clear would be.
    const between = createServer((front) => {
      const back = connect(behind, "127.0.0.1");
      through.push(front, back);
      for (const socket of [front, back]) socket.on("error", () => undefined);
      front.pipe(back);
      back.pipe(front);
    });
    between.listen(0, "127.0.0.1");
    await once(between, "listening");
    port = (between.address() as AddressInfo).port;
    reply = undefined;
    const ended = exchange({ scheme: "https" });
    await until(() => received !== "");
    through[1]!.unpipe();
    through[0]!.end(Buffer.from([21, 3, 3, 0, 2, 2, 48]));
    const end = await ended;
    for (const socket of through) socket.destroy();
    between.close();
    await once(between, "close");
    expect(end).toMatchObject({
      outcome: { kind: "failed", error: "tls", detail: expect.stringMatching(/^ERR_SSL_/) },
    });
  });

  test("cut by us, what the system has not sent yet never arrives", async () => {
    server.removeAllListeners("secureConnection");
    // Does not read until it is told to.
    server.on("secureConnection", (socket: Socket) => sockets.push(socket));
    const ended = exchange({ scheme: "https", body: Buffer.alloc(16 * 1024 * 1024) });
    await until(() => sockets.length > 0);
    expect(await ended).toMatchObject({ outcome: { kind: "failed", error: "timeout" } });
    let bytes = 0;
    const [socket] = sockets;
    socket?.on("error", () => undefined).on("data", (chunk: Buffer) => (bytes += chunk.length));
    await new Promise((resolve) => socket?.once("close", resolve));
    // What its own system had taken in: an ordinary close would send some megabytes more, from ours.
    expect(bytes).toBeLessThan(1024 * 1024);
  });
});
