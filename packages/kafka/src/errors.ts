/** What can go wrong with Kafka, as far as a caller may act on it. */
export type KafkaErrorCode =
  /** No broker answers: refused, reset, not resolvable, wrong port. */
  | "unreachable"
  /** No answer in time; whether the broker did it is unknown. */
  | "timed_out"
  /** The cluster is not there yet or moves: leader, coordinator, metadata, replicas. */
  | "not_ready"
  /** The topic or partition does not exist (yet). */
  | "unknown_topic"
  /** The broker does not know this producer's sequence any more; it must be replaced. */
  | "sequence_lost"
  /** The consumer is no longer a member of this generation of its group. */
  | "fenced"
  /** A record or its share of a send is larger than the broker takes. */
  | "too_large"
  /** Credentials or ACLs do not allow it. */
  | "not_authorized"
  /** The bounded queue of the producer is full; see `whenBelow`. */
  | "queue_full"
  /** The part was closed before this was done; whether the broker did it is unknown. */
  | "closed"
  /** Anything else; a fault of ours or of the library. */
  | "unexpected";

const RETRYABLE: ReadonlySet<KafkaErrorCode> = new Set([
  "unreachable",
  "timed_out",
  "not_ready",
  "unknown_topic",
  "sequence_lost",
  "fenced",
  "queue_full",
]);

/** A fault of Kafka or of the way to it. */
export class KafkaError extends Error {
  override readonly name = "KafkaError";
  readonly code: KafkaErrorCode;
  /** The same call may succeed later. */
  readonly retryable: boolean;

  constructor(code: KafkaErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.retryable = RETRYABLE.has(code);
  }
}

/** Kafka protocol error names (kafkajs `type`) by what they mean to us; the rest is decided by kafkajs's own flag. */
const BY_PROTOCOL_TYPE: Readonly<Record<string, KafkaErrorCode>> = {
  UNKNOWN_TOPIC_OR_PARTITION: "unknown_topic",
  REQUEST_TIMED_OUT: "timed_out",
  MESSAGE_TOO_LARGE: "too_large",
  RECORD_LIST_TOO_LARGE: "too_large",
  OUT_OF_ORDER_SEQUENCE_NUMBER: "sequence_lost",
  UNKNOWN_PRODUCER_ID: "sequence_lost",
  INVALID_PRODUCER_EPOCH: "sequence_lost",
  INVALID_PRODUCER_ID_MAPPING: "sequence_lost",
  DUPLICATE_SEQUENCE_NUMBER: "sequence_lost",
  ILLEGAL_GENERATION: "fenced",
  UNKNOWN_MEMBER_ID: "fenced",
  REBALANCE_IN_PROGRESS: "fenced",
  FENCED_INSTANCE_ID: "fenced",
  TOPIC_AUTHORIZATION_FAILED: "not_authorized",
  GROUP_AUTHORIZATION_FAILED: "not_authorized",
  CLUSTER_AUTHORIZATION_FAILED: "not_authorized",
  SASL_AUTHENTICATION_FAILED: "not_authorized",
};

const BY_NAME: Readonly<Record<string, KafkaErrorCode>> = {
  KafkaJSConnectionError: "unreachable",
  KafkaJSConnectionClosedError: "unreachable",
  KafkaJSNoBrokerAvailableError: "unreachable",
  KafkaJSBrokerNotFound: "not_ready",
  KafkaJSRequestTimeoutError: "timed_out",
  KafkaJSLockTimeout: "timed_out",
  KafkaJSMetadataNotLoaded: "not_ready",
  KafkaJSTopicMetadataNotLoaded: "not_ready",
  KafkaJSGroupCoordinatorNotFound: "not_ready",
  KafkaJSStaleTopicMetadataAssignment: "not_ready",
  KafkaJSSASLAuthenticationError: "not_authorized",
};

interface KafkajsFault {
  readonly name?: string;
  readonly type?: string;
  readonly retriable?: boolean;
  readonly cause?: unknown;
  readonly message?: string;
}

/**
 * The one place that reads kafkajs's errors: by name and protocol type, never by text. The innermost cause that is known
 * decides, as kafkajs wraps ("retries exceeded") what happened.
 */
export function toKafkaError(error: unknown): KafkaError {
  if (error instanceof KafkaError) return error;
  let code: KafkaErrorCode | undefined;
  let retriable: boolean | undefined;
  let fault = error as KafkajsFault | undefined | null;
  for (let depth = 0; fault !== null && typeof fault === "object" && depth < 10; depth++) {
    const known = BY_PROTOCOL_TYPE[fault.type ?? ""] ?? BY_NAME[fault.name ?? ""];
    if (known !== undefined) code = known;
    // The innermost error's own flag: the wrapper "retries exceeded" always says no.
    if (typeof fault.retriable === "boolean") retriable = fault.retriable;
    fault = fault.cause as KafkajsFault | undefined | null;
  }
  const message = error instanceof Error ? error.message : String(error);
  return new KafkaError(code ?? (retriable === true ? "not_ready" : "unexpected"), message, { cause: error });
}
