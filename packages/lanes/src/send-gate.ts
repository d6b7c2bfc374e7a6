import type { Lane } from "./lane.js";
import type { LaneSettings } from "./settings.js";

/**
 * Whether requests may start at all: none that could outlive the lease, none while too many results await their
 * acknowledgement, none after a stop (lanes.md §4). Lanes that could send but for that wait here.
 */
export class SendGate {
  readonly #settings: LaneSettings;
  readonly #waiting = new Set<Lane>();
  #leaseUntil: number;
  #unreported = 0;
  #isStopped = false;

  /** @param leaseUntil no request outlives this time (ms) */
  constructor(settings: LaneSettings, leaseUntil: number) {
    this.#settings = settings;
    this.#leaseUntil = leaseUntil;
  }

  /** Results that await their acknowledgement. */
  get unreported(): number {
    return this.#unreported;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** For good. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Whether a request that starts now ends before the lease does. */
  allows(now: number): boolean {
    const { requestTimeoutMs, leaseGuardMs } = this.#settings;
    return !this.#isStopped && now + requestTimeoutMs + leaseGuardMs <= this.#leaseUntil;
  }

  /** Lets a lane make a request, or keeps it until it is handed back by one of the calls below. */
  admits(lane: Lane, now: number): boolean {
    if (this.allows(now)) return this.hasRoom(lane);
    this.#waiting.add(lane);
    return false;
  }

  /** Lets a lane make another result, or keeps it until it is handed back by {@link onReported}. */
  hasRoom(lane: Lane): boolean {
    if (this.#unreported < this.#settings.unreportedMax) return true;
    this.#waiting.add(lane);
    return false;
  }

  onReport(): void {
    this.#unreported++;
  }

  /** A result was acknowledged. @returns the lanes that are to ask again */
  onReported(): readonly Lane[] {
    this.#unreported--;
    // Not at every one: each time all of them would ask.
    return this.#unreported < this.#settings.unreportedMax * 0.5 ? this.#release() : [];
  }

  /** @returns the lanes that are to ask again */
  onLease(leaseUntil: number): readonly Lane[] {
    this.#leaseUntil = leaseUntil;
    return this.#release();
  }

  #release(): readonly Lane[] {
    if (this.#waiting.size === 0) return [];
    const lanes = [...this.#waiting];
    this.#waiting.clear();
    return lanes;
  }
}
