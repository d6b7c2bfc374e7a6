import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createDestinationPolicy } from "@hooklane/core";
import type { AttemptEnd } from "@hooklane/lanes";
import { systemClock } from "../clock.js";
import { AttemptExchange, type ExchangeOwner } from "./attempt-exchange.js";
import { EgressWatch } from "./egress-watch.js";
import { createGuardedConnector, type Resolve } from "./guarded-connector.js";
import { OriginConnections } from "./origin-connections.js";
import { ResolveCounts } from "./resolve-counts.js";

const TIMEOUT_MS = 300;
const OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

let server: Server;
let port: number;
let sockets: Socket[];
let received: string;
let connections: OriginConnections | undefined;
/** What the server writes once it has read something; undefined: nothing. */
let reply: string | undefined;

beforeEach(async () => {
  sockets = [];
  received = "";
  reply = OK;
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
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, "close");
});

const toAddress =
  (...addresses: string[]): Resolve =>
  (_hostname, _options, callback) =>
    queueMicrotask(() =>
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      ),
    );

type Ended = AttemptEnd | "refused";

/** Makes one request; resolves with how it ended. */
function exchange(
  options: {
    host?: string;
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
      : createGuardedConnector(policy, resolving, TIMEOUT_MS, options.resolve ?? toAddress("127.0.0.1")),
    10,
  );
  const context = {
    clock: systemClock,
    connections,
    egress: new EgressWatch(),
    timeoutMs: TIMEOUT_MS,
    isResolving: (origin: string) => resolving.isResolving(origin),
  };
  const profile = {
    origin: `http://${options.host ?? "127.0.0.1"}:${port}`,
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
    const made = new AttemptExchange(context, { profile, headers: [], body: Buffer.from("{}") }, owner);
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
    while (received === "") await new Promise((resolve) => setImmediate(resolve));
    const closed = once(sockets[0]!, "close");
    made?.abort();
    expect(await ended).toMatchObject({ outcome: { kind: "own_fault", fault: "aborted" } });
    await closed;
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
