import type { ClientIdentity } from "@hooklane/request";
import type { Connect } from "./guarded-connector.js";
import { OriginConnection, toConnectionKey } from "./origin-connection.js";

/** Of the slots: how many sockets there may be, and how many are in use. */
export interface SocketBudget {
  readonly total: number;
  readonly inUse: number;
}

/**
 * Connections by origin, and by identity where a webhook has one: one request uses one connection at a time, so a lane knows whether it reuses one and can ask
 * for a fresh one. Idle ones count against the budget of sockets: when it is short, the one idle for longest is closed
 * first. One whose socket has closed is forgotten.
 */
export class OriginConnections {
  readonly #connect: Connect;
  readonly #budget: SocketBudget;
  /** The newest idle one of each key; the others hang below it. */
  readonly #newest = new Map<string, OriginConnection>();
  /** All idle ones, longest idle first. A plain set: `lru-cache` clears all its arrays when its last entry goes. */
  readonly #idle = new Set<OriginConnection>();
  readonly #onClosed = (connection: OriginConnection): void => {
    if (this.#idle.has(connection)) this.#forget(connection);
  };

  constructor(connect: Connect, budget: SocketBudget) {
    this.#connect = connect;
    this.#budget = budget;
  }

  /** Idle sockets. */
  get idle(): number {
    return this.#idle.size;
  }

  /**
   * The caller has a slot for it.
   *
   * @param identity as whom; a connection of another one is never used
   * @param fresh a connection without a history
   */
  take(origin: string, identity?: ClientIdentity, fresh = false): OriginConnection {
    const key = toConnectionKey(origin, identity);
    const kept = fresh ? undefined : this.#newest.get(key);
    if (kept === undefined) {
      this.#makeRoom();
      return new OriginConnection(origin, identity, this.#connect, this.#onClosed);
    }
    this.#idle.delete(kept);
    if (kept.below === undefined) this.#newest.delete(key);
    else this.#newest.set(key, kept.below);
    kept.below = undefined;
    return kept;
  }

  /** Gives back a connection whose request was answered in full. */
  giveBack(connection: OriginConnection): void {
    connection.below = this.#newest.get(connection.key);
    this.#newest.set(connection.key, connection);
    this.#idle.add(connection);
  }

  close(): void {
    for (const connection of this.#idle) connection.close();
    this.#idle.clear();
    this.#newest.clear();
  }

  #makeRoom(): void {
    if (this.#idle.size + this.#budget.inUse <= this.#budget.total) return;
    const [longest] = this.#idle;
    if (longest === undefined) return;
    this.#forget(longest);
    longest.close();
  }

  #forget(connection: OriginConnection): void {
    this.#idle.delete(connection);
    const newest = this.#newest.get(connection.key);
    if (newest === connection) {
      if (connection.below === undefined) this.#newest.delete(connection.key);
      else this.#newest.set(connection.key, connection.below);
    } else {
      let above = newest;
      while (above !== undefined && above.below !== connection) above = above.below;
      if (above !== undefined) above.below = connection.below;
    }
    connection.below = undefined;
  }
}
