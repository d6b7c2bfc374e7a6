import type { DeliveryStatus } from "../vocabulary.js";

/**
 * What becomes of a touchpoint (product.md W5): a draft is switched off; one that is scheduled waits for its time; from
 * then on it runs until what it sent is settled. `completed` and `cancelled` are ends.
 */
export const TOUCHPOINT_STATUSES = ["draft", "scheduled", "running", "completed", "cancelled"] as const;
export type TouchpointStatus = (typeof TOUCHPOINT_STATUSES)[number];

/** Why one ended as `cancelled`: asked for, or whom it was for was deleted before its time. */
export const TOUCHPOINT_CANCEL_REASONS = [
  "by_call",
  "audience_deleted",
  "segment_deleted",
  "tag_deleted",
] as const;
export type TouchpointCancelReason = (typeof TOUCHPOINT_CANCEL_REASONS)[number];

/** How a local time and a point of time differ around a change of clocks. */
export const CLOCK_CHANGES = [
  /** The clock shows that hour twice: the first one counts. */
  "first_of_two",
  /** The clock leaves that hour out: as much later as it leaves out. */
  "moved_forward",
] as const;
export type ClockChange = (typeof CLOCK_CHANGES)[number];

/** What a caller can ask of a touchpoint. */
export type TouchpointCall = "edit" | "schedule" | "cancel" | "delete";

/** What a call decides by. */
export interface TouchpointState {
  readonly status: TouchpointStatus;
  /** Its time has come, by the database's clock; whether or not anybody has taken it up. */
  readonly isDue: boolean;
}

export type TouchpointCallOutcome =
  | { readonly kind: "do" }
  /** It is so already. */
  | { readonly kind: "nothing" }
  | { readonly kind: "refused"; readonly because: "is_due" | "is_ended" | "is_draft" };

const DO: TouchpointCallOutcome = { kind: "do" };
const NOTHING: TouchpointCallOutcome = { kind: "nothing" };
const refused = (
  because: Extract<TouchpointCallOutcome, { kind: "refused" }>["because"],
): TouchpointCallOutcome => ({ kind: "refused", because });

/**
 * Whether a call may be carried out. Everything can be deleted, as a webhook can: that cancels what is queued. Until its
 * time a touchpoint can be changed, moved and cancelled; afterwards it belongs to who runs it.
 */
export function decideTouchpointCall(
  call: TouchpointCall,
  { status, isDue }: TouchpointState,
): TouchpointCallOutcome {
  if (call === "delete") return DO;
  switch (status) {
    case "draft":
      return call === "cancel" ? refused("is_draft") : DO;
    case "scheduled":
      if (isDue) return refused("is_due");
      return call === "schedule" ? NOTHING : DO;
    case "running":
      return refused("is_due");
    case "completed":
      return refused("is_ended");
    case "cancelled":
      return call === "cancel" ? NOTHING : refused("is_ended");
  }
}

/** What became of the contacts of a touchpoint, each counted once, by its own request or a recovery's and not by resends. */
export interface TouchpointTally {
  /** Delivered. */
  readonly sent: number;
  /** Dead letters. */
  readonly failed: number;
  /** Never sent: the webhook was off, disabled or locked. */
  readonly skipped: number;
  /** In line when the contact, or the touchpoint, was deleted. */
  readonly cancelled: number;
}

export const NOTHING_SETTLED: TouchpointTally = { sent: 0, failed: 0, skipped: 0, cancelled: 0 };

/** A touchpoint's counts as they are shown. */
export interface TouchpointCounts extends TouchpointTally {
  /** All below together. */
  readonly contacts: number;
  /** Without an end yet; of a completed one: whose end nobody will tell any more. */
  readonly pending: number;
}

/**
 * @param entered contacts put in line
 * @param deleted contacts deleted between the due time and their turn
 * @param settled of those that entered
 */
export function toTouchpointCounts(
  entered: number,
  deleted: number,
  settled: TouchpointTally,
): TouchpointCounts {
  const { sent, failed, skipped, cancelled } = settled;
  return {
    contacts: entered + deleted,
    sent,
    failed,
    skipped,
    cancelled: cancelled + deleted,
    pending: Math.max(0, entered - sent - failed - skipped - cancelled),
  };
}

export const sumOfTally = ({ sent, failed, skipped, cancelled }: TouchpointTally): number =>
  sent + failed + skipped + cancelled;

export const addTally = (one: TouchpointTally, other: TouchpointTally): TouchpointTally => ({
  sent: one.sent + other.sent,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
  cancelled: one.cancelled + other.cancelled,
});

/** How a delivery's status is counted; undefined while it is open. */
export function countedAs(status: DeliveryStatus): keyof TouchpointTally | undefined {
  switch (status) {
    case "pending":
    case "retrying":
      return undefined;
    case "delivered":
      return "sent";
    case "dead_letter":
      return "failed";
    case "skipped":
    case "cancelled":
      return status;
  }
}
