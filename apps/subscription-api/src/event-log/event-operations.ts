import { eventListQuery, explanation, loggedEventList, loggedEventWithData } from "@hooklane/contracts";
import { asEventId, redact } from "@hooklane/core";
import type { EventFilter, EventLog, EventReader, WorkspaceRepository } from "@hooklane/store";
import { z } from "zod";
import { notFound, ok, refusal } from "../http/answer.js";
import { decodeCursor, encodeCursor } from "../http/cursor.js";
import { invalidCursor } from "../http/list.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { readData, toEventAnswer } from "./event-answer.js";

const tag = "Events";

export interface EventOperationsOptions {
  readonly eventLog: EventLog;
  readonly eventReader: EventReader;
  readonly workspaces: WorkspaceRepository;
}

export function eventOperations(options: EventOperationsOptions): readonly Operation[] {
  return [list(options), getOne(options), explain(options)];
}

/** Place of an event in the list: milliseconds since 1970 and the document's id. */
const eventCursor = z
  .tuple([z.number().int(), z.string().max(700)])
  .transform(([acceptedAt, id]) => ({ acceptedAt: new Date(acceptedAt), id }));

function list({ eventReader }: EventOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/events",
    operationId: "listEvents",
    tag,
    summary: "List events, newest first; a page may be short and still have a next one",
    access: "read",
    query: eventListQuery,
    success: { status: 200, description: "Events without their data", body: loggedEventList },
    problems: ["invalid_cursor"],
    handle: async ({ workspaceId, query }) => {
      const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, eventCursor);
      if (query.cursor !== undefined && !after) return invalidCursor();
      const { limit } = query;
      const { data, next } = await eventReader.list(workspaceId, toFilter(query), { limit, after });
      return ok({
        data: data.map(toEventAnswer),
        nextCursor: next ? encodeCursor([next.acceptedAt.getTime(), next.id]) : null,
      });
    },
  });
}

const toFilter = ({ type, status, from, to }: z.output<typeof eventListQuery>): EventFilter => ({
  isOncePerEvent: true,
  ...(type !== undefined && { type }),
  ...(status !== undefined && { status }),
  ...(from !== undefined && { from: new Date(from) }),
  ...(to !== undefined && { to: new Date(to) }),
});

function getOne({ eventLog, eventReader, workspaces }: EventOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/events/{id}",
    operationId: "getEvent",
    tag,
    summary: "Read an event with its data; it is there once it was routed, or scheduled",
    access: "read",
    success: { status: 200, description: "The event", body: loggedEventWithData },
    problems: ["not_found"],
    handle: async ({ workspaceId, params }) => {
      const id = asEventId(params.id ?? "");
      const [event, resent, workspace] = await Promise.all([
        eventLog.findEvent(workspaceId, id),
        eventReader.listResends(workspaceId, id),
        workspaces.find(workspaceId),
      ]);
      if (!event) return notFound("event");
      return ok({
        ...toEventAnswer(event),
        // What is stored has the fields replaced that were named then; these may be more.
        data: redact(readData(event.shownBody), workspace?.redact ?? []),
        deliveryIds: [...event.decision.matched.map(({ deliveryId }) => deliveryId), ...resent],
      });
    },
  });
}

function explain({ eventLog }: EventOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/events/{id}/explain",
    operationId: "explainEvent",
    tag,
    summary: "Tell which webhooks an event went to, and why it did not go to the others",
    access: "read",
    success: { status: 200, description: "What was decided when it was routed", body: explanation },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, params }) => {
      const explained = await eventLog.explain(workspaceId, asEventId(params.id ?? ""));
      if (!explained) return notFound("event");
      const { status, deliverAt } = explained.event;
      if (status === "scheduled") {
        return refusal("conflict", `It is matched when it is due: ${deliverAt?.toISOString()}.`);
      }
      if (status === "cancelled") {
        return refusal("conflict", "It was cancelled before it was due, and matched with nothing.");
      }
      return ok({ matched: explained.matched, unmatched: explained.unmatched });
    },
  });
}
