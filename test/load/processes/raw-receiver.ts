import { createServer, type Server, type Socket } from "node:net";
import { ArrivalLog } from "../measure/arrivals.js";
import { monotonicMs } from "../measure/clock.js";

/** What the receiver does with the requests of an endpoint. Not named: `ok`. */
export type EndpointBehaviour = "ok" | "slow" | "error" | "hang" | "reset";

const OK = Buffer.from("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
const ERROR = Buffer.from("HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n");
const HEAD_END = Buffer.from("\r\n\r\n");
const SEQUENCE_KEY = Buffer.from('"seq":');
const SLOW_MS = 200;

/**
 * An HTTP/1.1 server on bare sockets that costs little beside what it measures: it reads the endpoint's number from
 * `/e/<n>`, `webhook-attempt` and the first `"seq":<number>` of the body, notes the arrival and answers. It takes only
 * what the load tests send: requests with `content-length`, no chunked bodies, no `expect`.
 */
export class RawReceiver {
  readonly arrivals = new ArrivalLog();
  readonly behaviours = new Map<number, EndpointBehaviour>();
  /** Called when so many requests have come since {@link ArrivalLog.clear}. */
  readonly #onCount: (size: number) => void;
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();

  constructor(onCount: (size: number) => void) {
    this.#onCount = onCount;
  }

  /**
   * Listens on the port of every address (127.0.0.0/8).
   *
   * @param port 0 takes a port that is free on the first address
   * @returns the port
   */
  async listen(addresses: readonly string[], port: number): Promise<number> {
    for (const address of addresses) {
      const server = createServer({ noDelay: true }, (socket) => this.#serve(socket));
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen({ host: address, port, backlog: 512 }, resolve);
      });
      const bound = server.address();
      if (typeof bound === "object" && bound !== null) port = bound.port;
      this.#servers.push(server);
    }
    return port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(
      this.#servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
    );
  }

  #serve(socket: Socket): void {
    let rest: Buffer | undefined;
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("data", (chunk) => {
      const data = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
      const used = this.#take(data, socket);
      rest = used === data.length ? undefined : data.subarray(used);
    });
  }

  /** Handles every whole request of `data` and returns how many bytes they were. */
  #take(data: Buffer, socket: Socket): number {
    let from = 0;
    const answers: Buffer[] = [];
    for (;;) {
      const headEnd = data.indexOf(HEAD_END, from);
      if (headEnd === -1) break;
      const head = data.toString("latin1", from, headEnd);
      const bodyStart = headEnd + HEAD_END.length;
      const bodyEnd = bodyStart + readNumberAfter(head, "content-length: ");
      if (bodyEnd > data.length) break;
      const endpoint = readNumberAfter(head, "/e/");
      this.arrivals.add(
        endpoint,
        readSequence(data, bodyStart, bodyEnd),
        readNumberAfter(head, "webhook-attempt: "),
        monotonicMs(),
      );
      this.#answer(this.behaviours.get(endpoint) ?? "ok", socket, answers);
      from = bodyEnd;
    }
    const [first] = answers;
    if (first !== undefined) socket.write(answers.length === 1 ? first : Buffer.concat(answers));
    if (from > 0) this.#onCount(this.arrivals.size);
    return from;
  }

  #answer(behaviour: EndpointBehaviour, socket: Socket, answers: Buffer[]): void {
    switch (behaviour) {
      case "ok":
        answers.push(OK);
        return;
      case "error":
        answers.push(ERROR);
        return;
      case "slow":
        setTimeout(() => socket.writable && socket.write(OK), SLOW_MS);
        return;
      case "reset":
        socket.resetAndDestroy();
        return;
      case "hang":
    }
  }
}

/** The decimal digits after the first `key`, or 0. Header names come in lower case from the clients measured here. */
function readNumberAfter(head: string, key: string): number {
  const at = head.indexOf(key);
  if (at === -1) return 0;
  let value = 0;
  for (let i = at + key.length; i < head.length; i++) {
    const digit = head.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return value;
}

function readSequence(data: Buffer, bodyStart: number, bodyEnd: number): number {
  const at = data.indexOf(SEQUENCE_KEY, bodyStart);
  // No number: told apart from every sequence number sent.
  if (at === -1 || at >= bodyEnd) return 0xffffffff;
  let value = 0;
  for (let i = at + SEQUENCE_KEY.length; i < bodyEnd; i++) {
    const digit = (data[i] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return value;
}
