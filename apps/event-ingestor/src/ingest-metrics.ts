import { REJECT_CODES, type RejectCode } from "@hooklane/contracts";
import type { GroupConsumer, Producer } from "@hooklane/kafka";
import { latencyBucketsSeconds, type Metrics } from "@hooklane/service";
import type { BytesInFlight } from "./http/bytes-in-flight.js";
import type { HeldPartitions } from "./inbound/held-partitions.js";

type IngestOutcome = "accepted" | "suppressed" | RejectCode;

/** What the ingestor counts as it works. */
export interface IngestMetrics {
  readonly onOutcome: (door: "http" | "kafka", outcome: IngestOutcome) => void;
  readonly onAnswered: (status: number, seconds: number) => void;
}

/** What is looked at when metrics are asked for. */
export interface IngestGauges {
  readonly inFlight: BytesInFlight;
  readonly held: HeldPartitions;
  readonly producer: Pick<Producer, "pendingBytes">;
  readonly consumer: Pick<GroupConsumer, "lags">;
}

export function createIngestMetrics(metrics: Metrics): IngestMetrics {
  const events = metrics.counter({
    name: "ingest_events_total",
    help: "How many events come in, by which door, and what becomes of them? accepted, suppressed, or the code of the refusal",
    labels: ["door", "outcome"],
  });
  // There from the start: a rise from nothing is not seen as a rise.
  for (const outcome of ["accepted", "suppressed", ...REJECT_CODES])
    for (const door of ["http", "kafka"]) events.inc({ door, outcome }, 0);
  const requests = metrics.histogram({
    name: "ingest_request_seconds",
    help: "How long does POST /v1/events take? From the head of the request to the answer",
    labels: ["status"],
    buckets: latencyBucketsSeconds,
  });
  return {
    onOutcome: (door, outcome) => events.inc({ door, outcome }),
    onAnswered: (status, seconds) => requests.observe({ status }, seconds),
  };
}

export function addIngestGauges(
  metrics: Metrics,
  { inFlight, held, producer, consumer }: IngestGauges,
): void {
  metrics.gauge({
    name: "ingest_in_flight_bytes",
    help: "How much do the bodies of requests in progress take?",
    collect() {
      this.set(inFlight.bytes);
    },
  });
  metrics.gauge({
    name: "ingest_pending_bytes",
    help: "Does Kafka take the events? Records handed to the producer and not acknowledged",
    collect() {
      this.set(producer.pendingBytes);
    },
  });
  metrics.gauge({
    name: "ingest_held_partitions",
    help: "Is the schema registry away? Partitions of the inbound topic that wait for it",
    collect() {
      this.set(held.count);
    },
  });
  metrics.gauge({
    name: "ingest_lag_records",
    help: "Does it keep up with the inbound topic? Records not taken in, of the partitions this process has",
    labels: ["partition"],
    collect() {
      // A partition that went to another process is that one's.
      this.reset();
      for (const { partition, lag } of consumer.lags) this.set({ partition }, lag);
    },
  });
}
