import { connect, createServer } from "node:net";

/**
 * Takes connections on one address of this machine and passes them to the same port of the loopback address, for containers,
 * which do not reach that.
 *
 * @returns ends it, with the connections it has
 */
export async function forwardPort(host, port) {
  const sockets = new Set();
  const server = createServer((from) => {
    const to = connect(port, "127.0.0.1");
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ]) {
      sockets.add(socket);
      // The other end goes with it, whichever way it ends.
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
}
