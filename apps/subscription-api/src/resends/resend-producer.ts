import { encodeResend } from "@hooklane/contracts";
import { type OutgoingRecord, type Producer, toOutgoingRecord } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import type { EventLog, WorkspaceRepository } from "@hooklane/store";
import type { ResendOrder } from "./resend-order.js";

export interface ResendProducerOptions {
  readonly producer: Pick<Producer, "sendAll">;
  readonly eventLog: Pick<EventLog, "find">;
  readonly workspaces: Pick<WorkspaceRepository, "find">;
  /** `events.v1` with its prefix. */
  readonly eventsTopic: string;
  /** How long a caller waits for the broker, milliseconds. */
  readonly timeoutMs: number;
  readonly logger: Logger;
}

/** `late`: the broker did not answer in time and may still have them. `expired`: there are no bytes any more. */
export type Produced = "produced" | "late" | "expired";

/**
 * Puts resends in line (architecture.md §3). Directly and awaited, not through the outbox: until the caller has the
 * answer nothing is promised, and the answer kept for its `Idempotency-Key` makes a repeat the same record, which the
 * router drops when it has it already.
 */
export class ResendProducer {
  readonly #options: ResendProducerOptions;

  constructor(options: ResendProducerOptions) {
    this.#options = options;
  }

  /** @throws the database's error */
  async produce(orders: readonly ResendOrder[]): Promise<Produced> {
    const records = await this.#toRecords(orders);
    if (records === undefined) return "expired";
    return (await this.#sendInTime(records)) ? "produced" : "late";
  }

  /** @returns undefined when the bytes of one are gone; those that were routed already are left out */
  async #toRecords(orders: readonly ResendOrder[]): Promise<readonly OutgoingRecord[] | undefined> {
    const { eventLog, workspaces, eventsTopic } = this.#options;
    const records: OutgoingRecord[] = [];
    for (const { bytesOf, ...order } of orders) {
      const { workspaceId, recordId } = order;
      if (await eventLog.find(workspaceId, recordId)) continue;
      const [event, workspace] = await Promise.all([
        eventLog.find(workspaceId, bytesOf),
        workspaces.find(workspaceId),
      ]);
      if (!event || !workspace) return undefined;
      const { eventsPartition } = workspace;
      records.push(toOutgoingRecord(encodeResend(eventsTopic, eventsPartition, order, event.body)));
    }
    return records;
  }

  async #sendInTime(records: readonly OutgoingRecord[]): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), this.#options.timeoutMs);
    });
    try {
      return await Promise.race([this.#send(records), timeout]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #send(records: readonly OutgoingRecord[]): Promise<boolean> {
    try {
      await this.#options.producer.sendAll(records);
      return true;
    } catch (err) {
      this.#options.logger.warn({ err, records: records.length }, "resend.produce_failed");
      return false;
    }
  }
}
