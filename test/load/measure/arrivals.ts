/** What a receiver saw, one index an event of a request, in order of arrival. Plain typed arrays, so that it crosses processes. */
export interface Arrivals {
  /** Number of the endpoint, from the path `/e/<n>`. */
  readonly endpoint: Uint32Array;
  /** The event's number within its endpoint, from 0. */
  readonly sequence: Uint32Array;
  /** Header `webhook-attempt`. */
  readonly attempt: Uint8Array;
  /** Milliseconds on the machine's monotonic clock. */
  readonly arrivedMs: Float64Array;
  /** 1 when the receiver answers 2xx, 0 when it refuses, resets or never answers. */
  readonly accepted: Uint8Array;
}

/** Collects {@link Arrivals} without an object a request. */
export class ArrivalLog {
  #size = 0;
  #arrivals: Arrivals = allocate(1 << 17);

  get size(): number {
    return this.#size;
  }

  add(endpoint: number, sequence: number, attempt: number, arrivedMs: number, isAccepted = true): void {
    if (this.#size === this.#arrivals.endpoint.length) this.#grow();
    const at = this.#size++;
    this.#arrivals.endpoint[at] = endpoint;
    this.#arrivals.sequence[at] = sequence;
    this.#arrivals.attempt[at] = attempt;
    this.#arrivals.arrivedMs[at] = arrivedMs;
    this.#arrivals.accepted[at] = isAccepted ? 1 : 0;
  }

  /** A copy of what came so far. */
  read(): Arrivals {
    const { endpoint, sequence, attempt, arrivedMs, accepted } = this.#arrivals;
    return {
      endpoint: endpoint.slice(0, this.#size),
      sequence: sequence.slice(0, this.#size),
      attempt: attempt.slice(0, this.#size),
      arrivedMs: arrivedMs.slice(0, this.#size),
      accepted: accepted.slice(0, this.#size),
    };
  }

  clear(): void {
    this.#size = 0;
  }

  #grow(): void {
    const old = this.#arrivals;
    this.#arrivals = allocate(old.endpoint.length * 2);
    this.#arrivals.endpoint.set(old.endpoint);
    this.#arrivals.sequence.set(old.sequence);
    this.#arrivals.attempt.set(old.attempt);
    this.#arrivals.arrivedMs.set(old.arrivedMs);
    this.#arrivals.accepted.set(old.accepted);
  }
}

/** What one endpoint accepted since a moment. */
export function ofEndpointSince(arrivals: Arrivals, endpoint: number, sinceMs: number): Arrivals {
  const isOf = (_: number, i: number) =>
    arrivals.endpoint[i] === endpoint &&
    arrivals.accepted[i] === 1 &&
    (arrivals.arrivedMs[i] ?? 0) >= sinceMs;
  return {
    endpoint: arrivals.endpoint.filter(isOf),
    sequence: arrivals.sequence.filter(isOf),
    attempt: arrivals.attempt.filter(isOf),
    arrivedMs: arrivals.arrivedMs.filter(isOf),
    accepted: arrivals.accepted.filter(isOf),
  };
}

function allocate(size: number): Arrivals {
  return {
    endpoint: new Uint32Array(size),
    sequence: new Uint32Array(size),
    attempt: new Uint8Array(size),
    arrivedMs: new Float64Array(size),
    accepted: new Uint8Array(size),
  };
}
