import type {
  AttemptEnd,
  DeadLetterReason,
  DeliveryId,
  EndpointId,
  OwnFault,
  SettleReason,
  WebhookId,
  WorkspaceId,
} from "@hooklane/core";
import type { LaneRecord } from "./lane-record.js";
import type { LaneState, OverflowCause } from "./lane-state.js";
import type { Position } from "./position.js";

/** Make this request now, on this lane; answer with `onSettled` or `onRefused`. One of a lane at a time. */
export interface SendDecision {
  readonly kind: "send";
  readonly endpointId: EndpointId;
  /** Names this request in the answer; an answer to an older one is ignored. */
  readonly ticket: number;
  /** One, or a batch: contiguous deliveries of one webhook and generation, oldest first. */
  readonly records: readonly LaneRecord[];
  /** The webhook sends arrays: also a lone event. */
  readonly batched: boolean;
  /** Counted from 1. */
  readonly attempt: number;
  /** Which requests it competes with for sockets (lanes.md §8). */
  readonly pool: "live" | "drain" | "retry";
}

/** Count this error in the workspace's window (lanes.md §7); answer with `onCounted`. The lane stands still until then. */
export interface CountDecision {
  readonly kind: "count";
  readonly endpointId: EndpointId;
  readonly ticket: number;
  readonly workspaceId: WorkspaceId;
  readonly error: {
    readonly id: string;
    readonly webhookId: WebhookId;
    readonly generation: number;
    /** Told to people; of a batch its first. */
    readonly deliveryId: DeliveryId;
  };
}

/** A delivery is newer than our copy: read this webhook once; answer with `onRefreshed`. */
export interface RefreshDecision {
  readonly kind: "refresh";
  readonly endpointId: EndpointId;
  readonly webhookId: WebhookId;
}

/** The receiver said `410`: nothing of this generation is sent any more. */
export interface GoneDecision {
  readonly kind: "gone";
  readonly webhookId: WebhookId;
  readonly generation: number;
}

/** Produce this to `attempts.v1`; answer with `onReported` once acknowledged. */
export interface ReportDecision {
  readonly kind: "report";
  readonly report: Report;
}

/** Our own side failed: the attempt is made again at `until`, nothing is counted (product.md D16). */
export interface DeferredDecision {
  readonly kind: "deferred";
  readonly endpointId: EndpointId;
  readonly fault: OwnFault;
  readonly until: number;
}

/** Write these to the backlog, all or some of them perhaps again; answer with `onParked`. One write at a time. */
export interface ParkDecision {
  readonly kind: "park";
  readonly records: readonly LaneRecord[];
}

/** Read this lane's backlog in order; answer with `onPage`. One read of a lane at a time. */
export interface ReadDecision {
  readonly kind: "read";
  readonly endpointId: EndpointId;
  /** Names this read in the answer. */
  readonly ticket: number;
  /** Exclusive. */
  readonly after: Position;
  /** Inclusive. */
  readonly upTo: Position | undefined;
  readonly recordsMax: number;
  /** At least one delivery is read, however large. */
  readonly bytesMax: number;
}

/** Of this endpoint's backlog, everything up to here is needed no more. */
export interface BacklogDeletion {
  readonly endpointId: EndpointId;
  /** Inclusive. */
  readonly upTo: Position;
}

/** Delete this from the backlog, some time. */
export interface CollectDecision {
  readonly kind: "collect";
  readonly deletions: readonly BacklogDeletion[];
}

/** A lane went from one state to another; for logs and metrics. */
export interface MovedDecision {
  readonly kind: "moved";
  readonly endpointId: EndpointId;
  readonly to: LaneState;
  readonly cause: OverflowCause | "failure" | "done";
}

/** Stop, or go on, fetching the partition: too much of it is held in memory. */
export interface FlowDecision {
  readonly kind: "pause" | "resume";
}

export type Decision =
  | SendDecision
  | CountDecision
  | RefreshDecision
  | GoneDecision
  | ReportDecision
  | DeferredDecision
  | ParkDecision
  | ReadDecision
  | CollectDecision
  | MovedDecision
  | FlowDecision;

/** What an attempt led to. */
export type AttemptNext =
  | { readonly kind: "delivered" }
  /** `attempt`: number of the next one; `Retry-After` may use some up. */
  | { readonly kind: "retrying"; readonly dueAt: number; readonly attempt: number }
  | { readonly kind: "dead_letter"; readonly reason: DeadLetterReason }
  | { readonly kind: "skipped"; readonly reason: SettleReason };

/** One attempt of one or more deliveries. */
export interface AttemptReport {
  readonly kind: "attempt";
  readonly records: readonly LaneRecord[];
  readonly batched: boolean;
  readonly attempt: number;
  readonly end: AttemptEnd;
  readonly next: AttemptNext;
}

/** Deliveries settled without a request of their own. */
export interface SettledReport {
  readonly kind: "settled";
  readonly records: readonly LaneRecord[];
  readonly status: "skipped" | "cancelled";
  readonly reason: SettleReason;
  /** Milliseconds, the lane's clock. */
  readonly at: number;
}

export type Report = AttemptReport | SettledReport;

/** Whether the deliveries of a report need nothing more. */
export function isFinal(report: Report): boolean {
  return report.kind === "settled" || report.next.kind !== "retrying";
}
