import { randomUUID } from "node:crypto";
import type { Producer } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import { toDemoEvent } from "./demo-event.js";

export interface EventProducerOptions {
  readonly producer: Producer;
  /** `inbound.v1` with its prefix. */
  readonly topic: string;
  readonly workspaceId: string;
  readonly logger: Logger;
  /** Milliseconds between two events. */
  readonly intervalMs?: number;
}

/** Plays an upstream application: puts about one event a second on Kafka, with nothing but Kafka to talk to. */
export class EventProducer {
  readonly #options: EventProducerOptions;
  readonly #run = randomUUID();
  #sequence = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Handed to the producer and not acknowledged. */
  #isSending = false;

  constructor(options: EventProducerOptions) {
    this.#options = options;
  }

  /** Events acknowledged or on their way. */
  get count(): number {
    return this.#sequence;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#produce(), this.#options.intervalMs ?? 1_000);
  }

  close(): Promise<void> {
    clearInterval(this.#timer);
    return Promise.resolve();
  }

  async #produce(): Promise<void> {
    // While Kafka is away nothing piles up; the demo goes on where it was.
    if (this.#isSending) return;
    this.#isSending = true;
    const { producer, topic, workspaceId, logger } = this.#options;
    const id = `evt_${randomUUID()}`;
    const value = toDemoEvent({ run: this.#run, sequence: ++this.#sequence, id, at: new Date() });
    try {
      await producer.send({ topic, key: workspaceId, value });
    } catch (err) {
      logger.warn({ err }, "demo.produce_failed");
    } finally {
      this.#isSending = false;
    }
  }
}
