import type { DeliveryStatus, WebhookId, WorkspaceId } from "@hooklane/core";
import type { mongo } from "mongoose";
import type { DeliveryCursor } from "./delivery-cursor.js";
import type { DeliveryDocument } from "./delivery-document.js";

/** Those an index finds in a whole workspace. */
export const RARE_DELIVERY_STATUSES = ["retrying", "dead_letter", "skipped", "cancelled"] as const;
type RareDeliveryStatus = (typeof RARE_DELIVERY_STATUSES)[number];

interface MoreConditions {
  readonly eventType?: string;
  /** Accepted at or after. */
  readonly from?: Date;
  /** Accepted before. */
  readonly to?: Date;
}

/**
 * Which logged deliveries of a workspace to read. All given conditions hold. Either of one webhook, or in a state that
 * is rare: no index finds the rest, which is read through the event log.
 */
export type DeliverySelection = MoreConditions &
  (
    | { readonly webhookId: WebhookId; readonly statuses: readonly DeliveryStatus[] }
    | { readonly webhookId?: never; readonly statuses: readonly [RareDeliveryStatus] }
  );

type Conditions = mongo.Filter<DeliveryDocument>;

/** A selection taken apart: what one index answers, in order, and what the documents tell that it leads to. */
export interface DeliveryQuery {
  /** Name of the index. */
  readonly hint: string;
  readonly indexed: Conditions;
  /** Undefined when all of them are wanted. */
  readonly isWanted: ((delivery: Pick<DeliveryDocument, "eventType">) => boolean) | undefined;
}

/** @param after newest first: what is behind this place */
export function toDeliveryQuery(
  workspaceId: WorkspaceId,
  { webhookId, statuses, eventType, from, to }: DeliverySelection,
  after?: DeliveryCursor,
): DeliveryQuery {
  const listed: readonly DeliveryStatus[] = statuses;
  const [only] = listed;
  const bounds = {
    ...(from && { $gte: from }),
    ...(to && { $lt: to }),
    ...(after && { $lte: after.acceptedAt }),
  };
  return {
    hint: webhookId === undefined ? "newest_by_status" : "newest_of_webhook_by_status",
    indexed: {
      workspaceId,
      ...(webhookId !== undefined && { webhookId }),
      status: only !== undefined && listed.length === 1 ? only : { $in: [...listed] },
      ...(Object.keys(bounds).length > 0 && { acceptedAt: bounds }),
      // Bounds for the index above, and what of the cursor's own moment is left.
      ...(after && {
        $or: [
          { acceptedAt: { $lt: after.acceptedAt } },
          { acceptedAt: after.acceptedAt, _id: { $lt: after.id } },
        ],
      }),
    },
    isWanted: eventType === undefined ? undefined : (delivery) => delivery.eventType === eventType,
  };
}
