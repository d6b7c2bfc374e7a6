import type { LoggedEventStatus } from "@hooklane/contracts";
import {
  asRecordId,
  type EventId,
  toReleaseRecordId,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import type { mongo } from "mongoose";
import { RARE_EVENT_STATUSES } from "./event-log.js";
import { type EventDocument, toEventDocumentId } from "./logged-event.js";

/** Which events of a workspace to list. All given conditions hold. */
export interface EventFilter {
  readonly eventId?: EventId;
  readonly type?: string;
  readonly status?: LoggedEventStatus;
  /** Each event once: no resends, and a released one not also as it was scheduled. Default: every record. */
  readonly isOncePerEvent?: boolean;
  /** Matched by this webhook. */
  readonly webhookId?: WebhookId;
  /** Accepted at or after. */
  readonly from?: Date;
  /** Accepted before. */
  readonly to?: Date;
}

/** A place in the list of events, newest first. */
export interface EventPlace {
  readonly acceptedAt: Date;
  /** `_id` of the document. */
  readonly id: string;
}

type Conditions = mongo.Filter<EventDocument>;

/** What is read of an event to tell whether it is wanted. */
type Told = Pick<EventDocument, "type" | "status" | "resendOf" | "released" | "decision">;

/** A filter taken apart: what one index answers, in order, and what the documents tell that it leads to. */
export interface EventQuery {
  /** Name of the index; undefined: of one event by its keys. */
  readonly hint: string | undefined;
  readonly indexed: Conditions;
  /** Undefined when all of them are wanted. */
  readonly isWanted: ((event: Told) => boolean) | undefined;
}

/** Takes the index that leaves least: a rare status, then a webhook, then a type, then time alone. */
export function toEventQuery(
  workspaceId: WorkspaceId,
  filter: EventFilter,
  after: EventPlace | undefined,
): EventQuery {
  const { eventId, type, status, webhookId } = filter;
  const time = toTimeConditions(filter, after);
  if (eventId !== undefined) {
    const $and: Conditions[] = [toRecordsOf(workspaceId, eventId), time];
    return { hint: undefined, indexed: { workspaceId, $and }, isWanted: toPredicate(filter) };
  }
  if (status !== undefined && isRare(status)) {
    const { status: _, ...rest } = filter;
    const indexed: Conditions = { workspaceId, status, ...time };
    return { hint: "newest_by_status", indexed, isWanted: toPredicate(rest) };
  }
  if (webhookId !== undefined) {
    const { webhookId: _, ...rest } = filter;
    const indexed: Conditions = { workspaceId, "decision.matched.webhookId": webhookId, ...time };
    return { hint: "newest_of_webhook", indexed, isWanted: toPredicate(rest) };
  }
  if (type !== undefined) {
    const { type: _, ...rest } = filter;
    return {
      hint: "newest_of_type",
      indexed: { workspaceId, type, ...time },
      isWanted: toPredicate(rest),
    };
  }
  return { hint: "newest", indexed: { workspaceId, ...time }, isWanted: toPredicate(filter) };
}

function toPredicate(filter: EventFilter): EventQuery["isWanted"] {
  const { type, status, webhookId, isOncePerEvent = false } = filter;
  const isAll = type === undefined && status === undefined && webhookId === undefined && !isOncePerEvent;
  if (isAll) return undefined;
  return (event) =>
    (type === undefined || event.type === type) &&
    (status === undefined || event.status === status) &&
    (webhookId === undefined || event.decision.matched.some((match) => match.webhookId === webhookId)) &&
    !(isOncePerEvent && (event.resendOf !== undefined || event.released));
}

const isRare = (status: LoggedEventStatus): boolean =>
  (RARE_EVENT_STATUSES as readonly string[]).includes(status);

/** Bounds on the time for the index, and what of the cursor's own moment is left. */
function toTimeConditions({ from, to }: EventFilter, after: EventPlace | undefined): Conditions {
  const bounds = {
    ...(from && { $gte: from }),
    ...(to && { $lt: to }),
    ...(after && { $lte: after.acceptedAt }),
  };
  return {
    ...(Object.keys(bounds).length > 0 && { acceptedAt: bounds }),
    ...(after && {
      $or: [
        { acceptedAt: { $lt: after.acceptedAt } },
        { acceptedAt: after.acceptedAt, _id: { $lt: after.id } },
      ],
    }),
  };
}

/** An event's own record and its release are found by key, its resends by index. */
function toRecordsOf(workspaceId: WorkspaceId, eventId: EventId): Conditions {
  const own = [asRecordId(eventId), toReleaseRecordId(eventId)];
  return {
    $or: [
      { _id: { $in: own.map((recordId) => toEventDocumentId(workspaceId, recordId)) }, eventId },
      { workspaceId, eventId, resendOf: { $exists: true } },
    ],
  };
}
