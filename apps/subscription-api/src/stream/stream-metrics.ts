import type { Counter, Gauge, Metrics } from "@hooklane/service";

/** Why a stream ended. */
export type StreamEnd =
  /** The client went. */
  | "client"
  /** It did not read what was sent. */
  | "slow"
  /** Its key does not open the call any more. */
  | "key"
  /** Catching up took too long, or the database went away meanwhile: the client comes again. */
  | "catch_up"
  /** The service stops. */
  | "stop";

export interface StreamMetrics {
  readonly open: Gauge;
  readonly events: Counter<"event">;
  readonly ended: Counter<"reason">;
}

export const createStreamMetrics = (metrics: Metrics): StreamMetrics => ({
  open: metrics.gauge({
    name: "api_streams_open",
    help: "How many clients follow live? Streams that are open; they are left out of the request durations",
  }),
  events: metrics.counter({
    name: "api_stream_events_total",
    help: "How much is told live? Events sent to clients, by event",
    labels: ["event"],
  }),
  ended: metrics.counter({
    name: "api_streams_ended_total",
    help: "Why do streams end? client: it went; slow: it did not read; key: revoked or expired; catch_up: too far behind, or the database went away meanwhile; stop",
    labels: ["reason"],
  }),
});
