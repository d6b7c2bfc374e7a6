import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, test } from "@jest/globals";
import { resetSocket } from "./reset-socket.js";

/** More than the buffers of both sides hold, bytes. */
const TOO_MUCH = Buffer.alloc(64 * 1024 * 1024);

/** Writes to a receiver that does not read, cuts, then lets it read: how many bytes it gets. */
async function cutBeforeRead(cut: (socket: Socket) => void): Promise<number> {
  const server = createServer({ pauseOnConnect: true });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const sender = connect((server.address() as AddressInfo).port, "127.0.0.1");
  sender.on("error", () => undefined);
  const [receiver] = (await once(server, "connection")) as [Socket];
  sender.write(TOO_MUCH);
  // Until the system takes no more of it.
  for (let sent = -1; sent !== sender.bytesWritten - sender.writableLength;) {
    sent = sender.bytesWritten - sender.writableLength;
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  }
  cut(sender);
  await once(sender, "close");
  let bytes = 0;
  receiver.on("error", () => undefined);
  receiver.on("data", (chunk: Buffer) => (bytes += chunk.length));
  receiver.resume();
  if (!receiver.closed) await new Promise((resolve) => receiver.once("close", resolve));
  server.close();
  await once(server, "close");
  return bytes;
}

test("what the system had not sent when a connection is reset is never sent", async () => {
  const closed = await cutBeforeRead((socket) => socket.destroy());
  const reset = await cutBeforeRead(resetSocket);
  // The control: after an ordinary close the kernel goes on sending what it holds. What had reached the other side's
  // kernel before the reset may still be read there.
  expect(reset).toBeLessThan(closed / 2);
});

test("a receiver that reads sees the reset", async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const sender = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [receiver] = (await once(server, "connection")) as [Socket];
  const failed = once(receiver, "error");
  sender.write("half a request");
  await once(receiver, "data");
  resetSocket(sender);
  expect(await failed).toMatchObject([{ code: "ECONNRESET" }]);
  server.close();
  await once(server, "close");
});

test("one that is not connected yet, is half-closed or was cut before is given up without an error", async () => {
  const server = createServer((socket) => socket.on("error", () => undefined));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const errors: Error[] = [];
  const open = () => connect(port, "127.0.0.1").on("error", (error) => errors.push(error));
  const connecting = open();
  resetSocket(connecting);
  const halfClosed = open();
  await once(halfClosed, "connect");
  halfClosed.end();
  resetSocket(halfClosed);
  const twice = open();
  await once(twice, "connect");
  resetSocket(twice);
  resetSocket(twice);
  for (const socket of [connecting, halfClosed, twice]) if (!socket.closed) await once(socket, "close");
  expect(errors).toEqual([]);
  server.close();
  await once(server, "close");
});
