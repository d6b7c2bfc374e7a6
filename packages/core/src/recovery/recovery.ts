import type { WebhookId } from "../ids.js";
import type { DeliveryStatus, WebhookStatus } from "../vocabulary.js";
import type { LinePlace } from "./line-place.js";

/**
 * What stays the same of a recovery: sending, before anything accepted after the activation, what a webhook did not get
 * while it was not sent to (product.md D7, lanes.md §12, ADR 0019).
 */
export interface RecoveryTask {
  readonly webhookId: WebhookId;
  /** The webhook's generation while it lasts; with any other one it is over. */
  readonly generation: number;
  /** The generation of the webhook's last plain activation: what was decided before it is not sent any more. */
  readonly owedSince: number;
}

/** How far a recovery is. Everything in it is stored before it is built upon. */
export interface RecoveryProgress {
  /** Where its begin stands in line: the router knew the webhook as `recovering` from there. */
  readonly begunAt?: LinePlace | undefined;
  /** Deliveries of older generations all have their end, and those that were skipped are noted as owed. */
  readonly isCollected: boolean;
  /** What is owed up to here stands in line once more, or needs not. */
  readonly sentThrough?: LinePlace | undefined;
  /** The router has stored all of the line before this place. */
  readonly routedThrough?: LinePlace | undefined;
  /** Its last record in line has no place yet. */
  readonly isUnrouted: boolean;
  /** How often its end was put in line; the router answers each with a decision. */
  readonly ends: number;
  /** What the router decided at the last of them; undefined while it has not reached it. */
  readonly lastEnd?: RecoveryEnd["kind"] | undefined;
}

/** What the router makes of the record that ends a recovery, stored before it is acted on. */
export type RecoveryEnd =
  /** The rest enters the line here, and the webhook is active behind it. */
  | { readonly kind: "enter" }
  /** More is owed than is let in at once: it goes on, and ends once more. */
  | { readonly kind: "too_much" }
  /** The webhook is in another generation. */
  | { readonly kind: "over" };

/** What a recovery does next. */
export type RecoveryStep =
  /** Put its begin in line. */
  | { readonly kind: "begin" }
  /** Look at the deliveries of older generations: which are owed, and whether all have their end. */
  | { readonly kind: "collect" }
  /** The router has not come to its last record. */
  | { readonly kind: "wait" }
  /** Read what is owed behind `after` and before `before`; see {@link toEntering}. */
  | {
      readonly kind: "read";
      readonly after: LinePlace | undefined;
      readonly before: LinePlace;
    }
  | { readonly kind: "finish"; readonly status: "completed" | "cancelled" };

/** The webhook as it is now; undefined when it is deleted. */
export type RecoveringWebhook = { readonly status: WebhookStatus; readonly generation: number } | undefined;

/** Whether the recovery still applies to the webhook. */
export const isRecovering = (
  { generation }: Pick<RecoveryTask, "generation">,
  webhook: RecoveringWebhook,
): boolean => webhook?.status === "recovering" && webhook.generation === generation;

/**
 * The next step of whoever carries a recovery out. Two that do so at the same time do each other no harm: each puts what
 * is owed in line in the original order, behind what it knows to stand there, and the router takes each record once.
 */
export function nextRecoveryStep(
  task: RecoveryTask,
  progress: RecoveryProgress,
  webhook: RecoveringWebhook,
): RecoveryStep {
  if (!isRecovering(task, webhook)) {
    const isDone = progress.lastEnd === "enter" && webhook !== undefined;
    return { kind: "finish", status: isDone ? "completed" : "cancelled" };
  }
  // Before its begin the router may match with the webhook as it was, and what it decided may not be stored yet.
  if (progress.begunAt === undefined) return { kind: "begin" };
  if (!progress.isCollected) return { kind: "collect" };
  if (progress.isUnrouted || (progress.ends > 0 && progress.lastEnd !== "too_much")) return { kind: "wait" };
  return {
    kind: "read",
    after: progress.sentThrough,
    before: progress.routedThrough ?? progress.begunAt,
  };
}

/** What a delivery decided for the webhook means for its recovery. */
export type Standing =
  /** Of this recovery, or of before the last plain activation. */
  | "ignored"
  /** It may still be sent: nothing behind it may enter the line before its end is known. */
  | "open"
  /** The webhook did not get it. */
  | "owed"
  /** Delivered, given up or cancelled; or not the first of its event. */
  | "ended";

/**
 * @param delivery `status`: as the delivery log has it, undefined when it has nothing of it. `isFirst`: decided for the
 *   event itself and not for a resend or a test of it, whose event is owed by its own record or not at all
 */
export function standingOf(
  { generation, owedSince }: RecoveryTask,
  delivery: {
    readonly generation: number;
    readonly status: DeliveryStatus | undefined;
    readonly isFirst: boolean;
  },
): Standing {
  if (delivery.generation < owedSince || delivery.generation >= generation) return "ignored";
  switch (delivery.status) {
    case undefined:
    case "pending":
    case "retrying":
      return "open";
    case "skipped":
      return delivery.isFirst ? "owed" : "ended";
    case "delivered":
    case "dead_letter":
    case "cancelled":
      return "ended";
  }
}

/** An event that is owed to a webhook. */
export interface OwedEvent {
  readonly place: LinePlace;
  /** The webhook's generation when it did not get it. */
  readonly generation: number;
  /** Of all deliveries of the event to the webhook, resends among them, as far as the log has them. */
  readonly statuses: readonly DeliveryStatus[];
}

/** Of what is owed, in its order, that which enters the line: not what was delivered, given up or cancelled since. */
export function toEntering<Owed extends OwedEvent>(
  { generation, owedSince }: RecoveryTask,
  owed: readonly Owed[],
): readonly Owed[] {
  return owed.filter(
    (event) =>
      event.generation >= owedSince && event.generation <= generation && !event.statuses.some(isForGood),
  );
}

/** Delivered, given up or cancelled: no recovery sends it. */
export const isForGood = (status: DeliveryStatus): boolean =>
  status === "delivered" || status === "dead_letter" || status === "cancelled";

/**
 * As much enters the line at an end at most. Who carries a recovery out may not end it while more is known to be owed,
 * or it would be told again and again that it is too much.
 */
export const RECOVERY_ENTERING_MAX = 2_000;

/**
 * What the router decides at the record that ends a recovery.
 *
 * @param webhook as the database has it, not a copy
 * @param entering what is owed and stands before the record, behind what the record says was sent
 * @param limit as much enters at once; not less than is read at once, or it might never end
 */
export function decideRecoveryEnd(
  task: Pick<RecoveryTask, "generation">,
  webhook: RecoveringWebhook,
  entering: number,
  limit: number,
): RecoveryEnd {
  if (!isRecovering(task, webhook)) return { kind: "over" };
  return entering > limit ? { kind: "too_much" } : { kind: "enter" };
}
