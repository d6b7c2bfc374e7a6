import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { OriginConnections } from "./origin-connections.js";
import type { OriginConnection } from "./origin-connection.js";

let server: Server;
let accepted: Socket[];
let budget: { total: number; inUse: number };
let connections: OriginConnections;

beforeEach(async () => {
  accepted = [];
  server = createServer((socket) => {
    accepted.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", () => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  budget = { total: 100, inUse: 0 };
  connections = new OriginConnections((_options, callback) => {
    const socket = connect(port, "127.0.0.1", () => callback(null, socket));
    return socket;
  }, budget);
});
afterEach(async () => {
  connections.close();
  for (const socket of accepted) socket.destroy();
  server.close();
  await once(server, "close");
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

/** Makes a request, so that the connection has a socket, and gives it back. */
async function use(connection: OriginConnection): Promise<OriginConnection> {
  await (await connection.client.request({ path: "/", method: "GET" })).body.dump();
  connections.giveBack(connection);
  return connection;
}

describe("connections by origin", () => {
  test("the newest idle one of the origin is used again, never one of another origin", async () => {
    const [a1, a2] = [connections.take("http://a"), connections.take("http://a")];
    await use(a1);
    await use(a2);
    expect(connections.take("http://b")).not.toBe(a2);
    expect(connections.take("http://a")).toBe(a2);
    expect(connections.take("http://a")).toBe(a1);
    expect(connections.idle).toBe(0);
  });

  test("a fresh one is asked for and given", async () => {
    const used = await use(connections.take("http://a"));
    expect(connections.take("http://a", undefined, true)).not.toBe(used);
  });

  test("with the budget short, the one idle for longest is closed first", async () => {
    budget.total = 3;
    const a = await use(connections.take("http://a"));
    const b = await use(connections.take("http://b"));
    const c = await use(connections.take("http://c"));
    // Used again, it is no longer the one idle for longest.
    expect(connections.take("http://a")).toBe(a);
    connections.giveBack(a);
    budget.inUse = 1;
    connections.take("http://d");
    expect(connections.idle).toBe(2);
    await until(() => accepted[1]!.closed);
    expect(accepted.map(({ closed }) => closed)).toEqual([false, true, false]);
    expect(connections.take("http://b")).not.toBe(b);
    expect(connections.take("http://c")).toBe(c);
  });

  test("one of several of an origin goes without the others", async () => {
    const three = [1, 2, 3].map(() => connections.take("http://a"));
    for (const each of three) await use(each);
    const [, middle] = accepted;
    middle!.destroy();
    await until(() => connections.idle === 2);
    expect(connections.take("http://a")).toBe(three[2]);
    expect(connections.take("http://a")).toBe(three[0]);
    expect(connections.take("http://a")).not.toBe(three[1]);
  });

  test("what the receiver closes while it is idle is forgotten", async () => {
    const used = await use(connections.take("http://a"));
    accepted[0]!.end();
    await until(() => connections.idle === 0);
    expect(connections.take("http://a")).not.toBe(used);
  });
});
