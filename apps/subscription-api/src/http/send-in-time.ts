import type { OutgoingRecord, Producer } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";

export interface SendInTimeOptions {
  readonly producer: Pick<Producer, "sendAll">;
  /** How long a caller waits for the broker, milliseconds. */
  readonly timeoutMs: number;
  readonly logger: Logger;
}

/** @returns whether the broker has the records; if not, it was told too late and may still have them */
export async function sendInTime(
  { producer, timeoutMs, logger }: SendInTimeOptions,
  records: readonly OutgoingRecord[],
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  const sent = producer.sendAll(records).then(
    () => true,
    (err: unknown) => {
      logger.warn({ err, records: records.length }, "api.produce_failed");
      return false;
    },
  );
  try {
    return await Promise.race([sent, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
