import { createServer, type Server, type Socket } from "node:net";
import { ArrivalLog } from "../measure/arrivals.js";
import { monotonicMs } from "../measure/clock.js";

/** What the receiver does with the requests of an endpoint (`slow`: 200 ms). Not named: `ok`. */
export type EndpointBehaviour = "ok" | "slow" | "error" | "hang" | "reset" | { readonly afterMs: number };

const OK = Buffer.from("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
const ERROR = Buffer.from("HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n");
const HEAD_END = Buffer.from("\r\n\r\n");
const SEQUENCE_KEY = Buffer.from('"seq":');
const SLOW_MS = 200;

/**
 * An HTTP/1.1 server on bare sockets that costs little beside what it measures: it reads the endpoint's number from
 * `/e/<n>`, `webhook-attempt` and every `"seq":<number>` of the body (a batch has many), notes them and answers. It takes
 * only what the load tests send: requests with `content-length`, no chunked bodies, no `expect`.
 */
export class RawReceiver {
  readonly arrivals = new ArrivalLog();
  readonly behaviours = new Map<number, EndpointBehaviour>();
  /** Called when so many events have come since {@link ArrivalLog.clear}. */
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
      const behaviour = this.behaviours.get(endpoint) ?? "ok";
      const attempt = readNumberAfter(head, "webhook-attempt: ");
      this.#note(endpoint, attempt, behaviour, data.subarray(bodyStart, bodyEnd));
      this.#answer(behaviour, socket, answers);
      from = bodyEnd;
    }
    const [first] = answers;
    if (first !== undefined) socket.write(answers.length === 1 ? first : Buffer.concat(answers));
    if (from > 0) this.#onCount(this.arrivals.size);
    return from;
  }

  #note(endpoint: number, attempt: number, behaviour: EndpointBehaviour, body: Buffer): void {
    const arrivedMs = monotonicMs();
    const isAccepted = behaviour === "ok" || behaviour === "slow" || typeof behaviour === "object";
    let at = body.indexOf(SEQUENCE_KEY);
    // No number: told apart from every sequence number sent.
    if (at === -1) this.arrivals.add(endpoint, 0xffffffff, attempt, arrivedMs, isAccepted);
    for (; at !== -1; at = body.indexOf(SEQUENCE_KEY, at)) {
      at += SEQUENCE_KEY.length;
      this.arrivals.add(endpoint, readNumberAt(body, at), attempt, arrivedMs, isAccepted);
    }
  }

  #answer(behaviour: EndpointBehaviour, socket: Socket, answers: Buffer[]): void {
    if (typeof behaviour === "object") {
      setTimeout(() => socket.writable && socket.write(OK), behaviour.afterMs);
      return;
    }
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

function readNumberAt(bytes: Buffer, from: number): number {
  let value = 0;
  for (let i = from; i < bytes.length; i++) {
    const digit = (bytes[i] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return value;
}
