import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A TCP line to somewhere else that can be cut for good. */
export class SeverableLine {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.#server = createServer((near) => {
      const far = connect(target);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on("error", () => undefined);
        socket.on("close", () => this.#sockets.delete(socket));
      }
      near.pipe(far);
      far.pipe(near);
    });
  }

  static async open(target: { readonly host: string; readonly port: number }): Promise<SeverableLine> {
    const line = new SeverableLine(target);
    line.#server.listen(0, "127.0.0.1");
    await once(line.#server, "listening");
    return line;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The line is cut");
    return address.port;
  }

  async cut(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, "close");
  }
}
