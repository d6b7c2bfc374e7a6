import type { DeliveryStatus } from "./vocabulary.js";

/** What a result says about a delivery, as far as it orders results. */
export interface DeliveryPlace {
  readonly status: DeliveryStatus;
  /** Epoch of the partition's lease under which the result came about. */
  readonly epoch: number;
  /** The attempt it follows, counted from 1; 0 when the delivery was settled without an attempt. */
  readonly attemptNumber: number;
}

/**
 * Terminal states above open ones, and among them what the receiver is known to have got above the rest: after a crash
 * a delivery may be sent again and fail, or be skipped, and was delivered all the same.
 */
const LEVELS: Readonly<Record<DeliveryStatus, number>> = {
  pending: 0,
  retrying: 0,
  skipped: 1,
  cancelled: 1,
  dead_letter: 2,
  delivered: 3,
};

const LEVEL_STEP = 1e15;
const EPOCH_STEP = 1e3;

/**
 * The rank of a state in the delivery log: a state is replaced only by one of a higher rank, so results may come late,
 * twice or out of order (architecture.md §3, health-monitor). Terminal beats attempts; of two attempts the one under the
 * later lease, then the later one. A safe integer for epochs below 10¹² and attempts below 1000.
 */
export function deliveryRank({ status, epoch, attemptNumber }: DeliveryPlace): number {
  return LEVELS[status] * LEVEL_STEP + epoch * EPOCH_STEP + Math.min(attemptNumber, EPOCH_STEP - 1);
}
