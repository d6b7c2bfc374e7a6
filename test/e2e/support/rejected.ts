import { randomUUID } from "node:crypto";
import { eventually, type RunningServices, testKafka } from "@hooklane/testing";
import type { Consumer } from "kafkajs";

/** A record of `hooklane.rejected.v1`, as an operator reads it (api.md §3). */
export interface RejectedRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads every refusal from the beginning with a plain Kafka client. */
export class RejectedReader {
  readonly records: RejectedRecord[] = [];
  readonly #consumer: Consumer;

  private constructor(consumer: Consumer) {
    this.#consumer = consumer;
  }

  static async open(services: RunningServices): Promise<RejectedReader> {
    const consumer = testKafka(services.stack.brokers, "operator").consumer({
      groupId: `${services.prefix}.operator-${randomUUID()}`,
      maxWaitTimeInMs: 100,
    });
    const reader = new RejectedReader(consumer);
    await consumer.connect();
    await consumer.subscribe({ topic: services.topic("rejected.v1"), fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message: { key, value, headers = {} } }) => {
        const texts = Object.entries(headers).map(([name, header]) => [name, String(header)]);
        reader.records.push({ key, value, headers: Object.fromEntries(texts) as Record<string, string> });
        return Promise.resolve();
      },
    });
    return reader;
  }

  /** The refusal of the record with these value bytes. */
  awaitValue(value: Buffer | null): Promise<RejectedRecord> {
    return eventually(
      () =>
        this.records.find((record) =>
          value === null ? record.value === null : record.value?.equals(value) === true,
        ),
      { what: "a refusal of the record" },
    );
  }

  close(): Promise<void> {
    return this.#consumer.disconnect();
  }
}
