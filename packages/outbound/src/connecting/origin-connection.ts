import type { Socket } from "node:net";
import type { ClientIdentity } from "@hooklane/request";
import { Client } from "undici";
import type { Connect } from "./guarded-connector.js";
import { resetSocket } from "./reset-socket.js";

/** An idle socket is used again for so long, milliseconds, unless the receiver's `Keep-Alive` says more (lanes.md §7). */
const IDLE_REUSE_MS = 2_000;

/** One connection to an origin, and what was sent over its present socket. */
export class OriginConnection {
  /** Connections of one key can stand for each other. */
  readonly key: string;
  readonly client: Client;
  /** Answered requests on the present socket: above 0 it is a reused one. */
  served = 0;
  /** Of the same key's idle ones, the one that was idle before this one became so. */
  below: OriginConnection | undefined;
  /** The TCP socket, under TLS where there is any. */
  #socket: Socket | undefined;

  /**
   * @param identity as whom it is made
   * @param onClosed called when a socket of it has closed
   */
  constructor(
    origin: string,
    identity: ClientIdentity | undefined,
    connect: Connect,
    onClosed: (connection: OriginConnection) => void,
  ) {
    this.key = toConnectionKey(origin, identity);
    this.client = new Client(origin, {
      pipelining: 1,
      keepAliveTimeout: IDLE_REUSE_MS,
      // The sender has one timer over everything.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, callback) => {
        this.served = 0;
        const socket = connect(options, callback, identity);
        this.#socket = socket;
        socket?.once("close", () => {
          if (this.#socket !== socket) return;
          this.#socket = undefined;
          onClosed(this);
        });
      },
    });
  }

  /** Closes an idle one. */
  close(): void {
    void this.client.destroy();
  }

  /** Cuts it: what is on its way and was not sent yet never is. */
  reset(): void {
    // First, as undici would close it in the ordinary way.
    if (this.#socket !== undefined) resetSocket(this.#socket);
    void this.client.destroy();
  }
}

/** Of the same origin and the same identity: a receiver takes what comes over a connection as from whom it was made by. */
export const toConnectionKey = (origin: string, identity: ClientIdentity | undefined): string =>
  identity === undefined ? origin : `${origin} ${identity.id}`;
