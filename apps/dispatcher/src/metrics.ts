import { OWN_FAULTS } from "@hooklane/core";
import { SEND_POOLS } from "@hooklane/outbound";
import { latencyBucketsSeconds, type Metrics } from "@hooklane/service";

/** From an empty checkpoint to one of a hundred thousand lanes, bytes. */
const checkpointBucketsBytes = [256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];

export type DispatcherMetrics = ReturnType<typeof createDispatcherMetrics>;

/** What the dispatcher counts as it works (lanes.md §10). No label carries an id. */
export function createDispatcherMetrics(metrics: Metrics) {
  const made = {
    ...createRequestMetrics(metrics),
    ...createPartitionMetrics(metrics),
    ...createBacklogMetrics(metrics),
  };
  // There from the start: a rise from nothing is not seen as a rise.
  for (const kind of ["log_replaced", "log_truncated"] as const) made.logAlarms.inc({ kind }, 0);
  for (const fault of OWN_FAULTS) made.deferred.inc({ fault }, 0);
  for (const pool of SEND_POOLS) {
    made.requests.inc({ pool }, 0);
    made.deliveriesSucceeded.inc({ pool }, 0);
  }
  return made;
}

function createRequestMetrics(metrics: Metrics) {
  return {
    attempts: metrics.counter({
      name: "attempts_total",
      help: "How do requests end? By outcome and by number of the attempt (4 stands for 4 and more)",
      labels: ["outcome", "number"],
    }),
    requests: metrics.counter({
      name: "requests_total",
      help: "How many requests are made of live, draining and retrying lanes? Faults of our own side left out",
      labels: ["pool"],
    }),
    deliveriesSucceeded: metrics.counter({
      name: "deliveries_succeeded_total",
      help: "How fast are deliveries made, and, of the pool drain, backlogs worked off?",
      labels: ["pool"],
    }),
    deliveries: metrics.counter({
      name: "deliveries_settled_total",
      help: "How are deliveries settled, and why were some skipped or given up?",
      labels: ["status", "reason"],
    }),
    attemptSeconds: metrics.histogram({
      name: "attempt_seconds",
      help: "How long do receivers take? From the start of a request to its status line",
      buckets: latencyBucketsSeconds,
    }),
    firstAttemptLatencySeconds: metrics.histogram({
      name: "first_attempt_latency_seconds",
      help: "How soon is an event sent first? From its acceptance to the start of its first request, of all lanes",
      buckets: latencyBucketsSeconds,
    }),
    liveLatencySeconds: metrics.histogram({
      name: "live_latency_seconds",
      help: "How long does a delivery take where nothing is wrong? From the acceptance of the event to the success of its first request, of lanes that are live; without batches, which wait to be full, and resends",
      buckets: latencyBucketsSeconds,
    }),
    deferred: metrics.counter({
      name: "own_faults_total",
      help: "Is our own side in order? Requests that failed on it and count for nothing",
      labels: ["fault"],
    }),
    refused: metrics.counter({
      name: "requests_refused_total",
      help: "How often did lease, status or breaker change while a request waited? Refused in the tick it would have been written",
    }),
    ruleErrors: metrics.counter({
      name: "rule_errors_total",
      help: "How many failed attempts were counted for the shared rule?",
    }),
    tokenRequests: metrics.counter({
      name: "token_requests_total",
      help: "Do token endpoints give tokens? OAuth2 tokens asked for, by outcome: issued, refused, unavailable, own_fault, or breaker_open: not asked, as it failed too often",
      labels: ["outcome"],
    }),
  };
}

function createPartitionMetrics(metrics: Metrics) {
  return {
    logAlarms: metrics.counter({
      name: "log_alarms_total",
      help: "Is the log in order? log_truncated: retention passed what was not sent, which is lost; log_replaced: it was cut or made anew",
      labels: ["kind"],
    }),
    checkpointSeconds: metrics.histogram({
      name: "checkpoint_seconds",
      help: "How long does a partition's checkpoint take? Leases are renewed by it",
      buckets: latencyBucketsSeconds,
    }),
    checkpointBytes: metrics.histogram({
      name: "checkpoint_bytes",
      help: "How large are the checkpoints? They grow with the lanes that are not live",
      buckets: checkpointBucketsBytes,
    }),
    handoverGapSeconds: metrics.histogram({
      name: "partition_handover_gap_seconds",
      help: "How long did nobody work on a partition? From the former owner's last accepted renewal to the moment the new one goes on, by the database's clock; after a release in order, the expiry of a lease, or a claim of the same process again",
      labels: ["after"],
      buckets: latencyBucketsSeconds,
    }),
    claims: metrics.counter({
      name: "partition_claims_total",
      help: "Do partitions change hands often? Claimed and begun with",
    }),
    fenced: metrics.counter({
      name: "partition_fenced_total",
      help: "Were partitions lost to another dispatcher? A long pause of the process or of its database leads to it",
    }),
    laneMoves: metrics.counter({
      name: "lane_moves_total",
      help: "Why do lanes change their state? By the new state; the causes age, weight and catch_up are spills to the backlog",
      labels: ["to", "cause"],
    }),
    repeatsDropped: metrics.counter({
      name: "repeats_dropped_total",
      help: "How much was read twice and not sent twice? Repeated fan-outs, and what an earlier owner had done",
    }),
    unreadable: metrics.counter({
      name: "unreadable_deliveries_total",
      help: "Does the log hold records of deliveries.v1 nobody can read? They are kept in rejected.v1",
    }),
  };
}

function createBacklogMetrics(metrics: Metrics) {
  return {
    parked: metrics.counter({
      name: "backlog_parked_total",
      help: "How many deliveries go to the backlog?",
    }),
    collected: metrics.counter({
      name: "backlog_deleted_total",
      help: "How many deliveries leave the backlog? Deleted once a checkpoint is past them",
    }),
    parkSeconds: metrics.histogram({
      name: "backlog_park_seconds",
      help: "How long does a write to the backlog take? With its repetitions",
      buckets: latencyBucketsSeconds,
    }),
  };
}
