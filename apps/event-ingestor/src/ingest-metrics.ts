import type { RejectCode } from "@hooklane/contracts";
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
    help: "Events by the door they came in and what became of them: accepted, suppressed, or the code of the refusal",
    labels: ["door", "outcome"],
  });
  const requests = metrics.histogram({
    name: "ingest_request_seconds",
    help: "POST /v1/events: from the head of the request to the answer",
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
    help: "Bodies of requests in progress",
    collect() {
      this.set(inFlight.bytes);
    },
  });
  metrics.gauge({
    name: "ingest_pending_bytes",
    help: "Records handed to the producer and not acknowledged",
    collect() {
      this.set(producer.pendingBytes);
    },
  });
  metrics.gauge({
    name: "ingest_held_partitions",
    help: "Partitions of the inbound topic that wait for the schema registry",
    collect() {
      this.set(held.count);
    },
  });
  metrics.gauge({
    name: "ingest_lag_records",
    help: "Records of the inbound topic not taken in, over the partitions assigned to this process",
    collect() {
      this.set(consumer.lags.reduce((sum, { lag }) => sum + lag, 0));
    },
  });
}
