import { LRUCache } from "lru-cache";
import { type buildConnector, Client } from "undici";

/** An idle socket is used again for so long, milliseconds, unless the receiver's `Keep-Alive` says more (lanes.md §7). */
const IDLE_REUSE_MS = 2_000;

/** One connection to an origin, and what was sent over its present socket. */
export class OriginConnection {
  readonly client: Client;
  /** Answered requests on the present socket: above 0 it is a reused one. */
  served = 0;

  constructor(origin: string, connect: buildConnector.connector) {
    this.client = new Client(origin, {
      pipelining: 1,
      keepAliveTimeout: IDLE_REUSE_MS,
      // The sender has one timer over everything.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, callback) => {
        this.served = 0;
        connect(options, callback);
      },
    });
  }

  /** Cuts it: what is on its way is reset. */
  destroy(): void {
    void this.client.destroy();
  }
}

/** The connections of one origin that nobody uses now. */
interface Origin {
  readonly free: OriginConnection[];
}

/**
 * Connections by origin: one request uses one connection at a time, so a lane knows whether it reuses one and can ask
 * for a fresh one. Origins that were not used for longest are forgotten first, which bounds memory and descriptors.
 */
export class OriginConnections {
  readonly #connect: buildConnector.connector;
  readonly #origins: LRUCache<string, Origin>;

  constructor(connect: buildConnector.connector, originsMax: number) {
    this.#connect = connect;
    this.#origins = new LRUCache<string, Origin>({ max: originsMax, dispose: (origin) => forget(origin) });
  }

  /** @param fresh a connection without a history */
  take(origin: string, fresh = false): OriginConnection {
    const kept = fresh ? undefined : this.#origins.get(origin)?.free.pop();
    return kept ?? new OriginConnection(origin, this.#connect);
  }

  /** Gives back a connection whose request was answered in full. */
  giveBack(name: string, connection: OriginConnection): void {
    let origin = this.#origins.get(name);
    if (origin === undefined) {
      origin = { free: [] };
      this.#origins.set(name, origin);
    }
    origin.free.push(connection);
  }

  close(): void {
    this.#origins.clear();
  }
}

function forget(origin: Origin): void {
  for (const connection of origin.free.splice(0)) connection.destroy();
}
