import { encodeEvent } from "@hooklane/contracts";
import { asRecordId, JOURNEY_POINT_REACHED } from "@hooklane/core";
import { toOutgoingRecord } from "@hooklane/kafka";
import { sendInTime, type SendInTimeOptions } from "../http/send-in-time.js";
import type { ArrivalOrder } from "./arrival-order.js";

export interface ArrivalProducerOptions extends SendInTimeOptions {
  /** `events.v1` with its prefix. */
  readonly eventsTopic: string;
}

/**
 * Puts arrivals in line. Directly and awaited, as a resend: until the caller has the answer nothing is promised, and a
 * repeat is the same record, which the router drops when it has it already.
 */
export class ArrivalProducer {
  readonly #options: ArrivalProducerOptions;

  constructor(options: ArrivalProducerOptions) {
    this.#options = options;
  }

  /** @returns whether the broker has it; if not, it was told too late and may still have it */
  async produce({ eventId, eventsPartition, pointId, eventJson, ...order }: ArrivalOrder): Promise<boolean> {
    const { workspaceId, source, acceptedAt } = order;
    const record = encodeEvent(
      this.#options.eventsTopic,
      eventsPartition,
      {
        workspaceId,
        recordId: asRecordId(eventId),
        eventId,
        type: JOURNEY_POINT_REACHED,
        source,
        acceptedAt,
        aimedAt: pointId,
      },
      Buffer.from(eventJson),
    );
    return sendInTime(this.#options, [toOutgoingRecord(record)]);
  }
}
