import { listQuery, type ScheduledEventAnswer, scheduledEventList } from "@hooklane/contracts";
import { asEventId } from "@hooklane/core";
import type { ScheduledEvents, WaitingEvent } from "@hooklane/store";
import { z } from "zod";
import { noContent, notFound, ok, refusal } from "../http/answer.js";
import { decodeCursor, encodeCursor } from "../http/cursor.js";
import { invalidCursor } from "../http/list.js";
import { type Operation, workspaceOperation } from "../http/operation.js";

const tag = "Events";

type Scheduled = Pick<ScheduledEvents, "list" | "cancel">;

/** Before the operations of events, whose `{id}` would take `scheduled` for an event's. */
export function scheduledEventOperations(scheduled: Scheduled): readonly Operation[] {
  return [list(scheduled), cancel(scheduled)];
}

/** Milliseconds since 1970, such as make a time, and the event's offset. */
const waitingCursor = z
  .tuple([z.number().int().nonnegative().max(8.64e15), z.number().int()])
  .transform(([deliverAt, offset]) => ({ deliverAt: new Date(deliverAt), offset }));

function list(scheduled: Scheduled): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/events/scheduled",
    operationId: "listScheduledEvents",
    tag,
    summary: "List the events that wait for their `deliverAt`, soonest first",
    access: "read",
    query: listQuery,
    success: { status: 200, description: "Events without their data", body: scheduledEventList },
    problems: ["invalid_cursor"],
    handle: async ({ workspaceId, query }) => {
      const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, waitingCursor);
      if (query.cursor !== undefined && !after) return invalidCursor();
      const found = await scheduled.list(workspaceId, { limit: query.limit + 1, after });
      const data = found.slice(0, query.limit);
      const last = found.length > query.limit ? data.at(-1) : undefined;
      return ok({
        data: data.map(toScheduledAnswer),
        nextCursor: last ? encodeCursor([last.deliverAt.getTime(), last.position.offset]) : null,
      });
    },
  });
}

function cancel(scheduled: Scheduled): Operation {
  return workspaceOperation({
    method: "delete",
    path: "/v1/events/scheduled/{id}",
    operationId: "cancelScheduledEvent",
    tag,
    summary: "Cancel an event that waits: it is logged as `cancelled` and never sent, nor its id again",
    access: "write",
    success: { status: 204, description: "It is cancelled; it may have been before" },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, params }) => {
      switch (await scheduled.cancel(workspaceId, asEventId(params.id ?? ""))) {
        case "cancelled":
          return noContent();
        case "released":
          return refusal("conflict", "It was released: it is in line, or was sent.");
        case "not_found":
          return notFound("scheduled event");
      }
    },
  });
}

const toScheduledAnswer = (event: WaitingEvent): ScheduledEventAnswer => ({
  id: event.eventId,
  type: event.type,
  source: event.source,
  acceptedAt: event.acceptedAt.toISOString(),
  deliverAt: event.deliverAt.toISOString(),
  ...(event.schemaWarning !== undefined && { schemaWarning: event.schemaWarning }),
});
