import type { Logger } from "@hooklane/service";
import type { TripRepository } from "@hooklane/store";
import type { FailingWebhooks } from "./failing-webhooks.js";

/** The shortest time between two looks, milliseconds: every counted error of every workspace rings. */
const LOOK_EVERY_MS = 200;

/** Learns trips other dispatchers caused, by change stream (lanes.md §7: within a second). */
export class TripWatch {
  readonly #trips: TripRepository;
  readonly #failing: FailingWebhooks;
  readonly #logger: Logger;
  #feed: { isReady(): boolean; close(): Promise<void> } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(trips: TripRepository, failing: FailingWebhooks, logger: Logger) {
    this.#trips = trips;
    this.#failing = failing;
    this.#logger = logger;
  }

  async start(): Promise<void> {
    this.#feed = await this.#trips.watch(() => this.#ring());
  }

  isReady(): boolean {
    return this.#feed?.isReady() ?? false;
  }

  /** Opens the breakers of every trip nobody has carried out yet. Also before a claimed partition begins. */
  async look(): Promise<void> {
    this.#failing.applyTrips(await this.#trips.listUnapplied());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#feed?.close();
  }

  #ring(): void {
    if (this.#isClosed || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.look().catch((err: unknown) => {
        this.#logger.warn({ err }, "rule.trips_not_read");
        this.#ring();
      });
    }, LOOK_EVERY_MS);
  }
}
