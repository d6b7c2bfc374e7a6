import { delivery, deliveryList, deliveryListQuery, webhookDeliveriesQuery } from "@hooklane/contracts";
import { asDeliveryId, asEventId, asWebhookId, type WorkspaceId } from "@hooklane/core";
import {
  decodeDeliveryCursor,
  type DeliveryLog,
  type DeliverySelection,
  type EventFilter,
  type EventReader,
} from "@hooklane/store";
import type { WebhookRepository } from "@hooklane/store";
import { z } from "zod";
import { type Answer, notFound, ok } from "../http/answer.js";
import { decodeCursor, encodeCursor } from "../http/cursor.js";
import { invalidCursor } from "../http/list.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { toDeliveryAnswer } from "./delivery-answer.js";
import type { DeliveryFinder } from "./delivery-finder.js";

const tag = "Deliveries";

export interface DeliveryOperationsOptions {
  readonly deliveryLog: DeliveryLog;
  readonly eventReader: Pick<EventReader, "findResendsOf">;
  readonly finder: DeliveryFinder;
  readonly webhooks: WebhookRepository;
}

export function deliveryOperations(options: DeliveryOperationsOptions): readonly Operation[] {
  return [listAll(options), getOne(options), listOfWebhook(options)];
}

type Query = z.output<typeof deliveryListQuery>;

function listAll(options: DeliveryOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/deliveries",
    operationId: "listDeliveries",
    tag,
    summary: "List deliveries, newest event first; a page may be short and still have a next one",
    access: "read",
    query: deliveryListQuery,
    success: { status: 200, description: "Deliveries with their attempts", body: deliveryList },
    problems: ["invalid_cursor"],
    handle: async ({ workspaceId, query }) => list(options, workspaceId, query),
  });
}

function getOne({ finder }: DeliveryOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/deliveries/{id}",
    operationId: "getDelivery",
    tag,
    summary: "Read a delivery with every attempt",
    access: "read",
    success: { status: 200, description: "The delivery", body: delivery },
    problems: ["not_found"],
    handle: async ({ workspaceId, params }) => {
      const id = params.id ?? "";
      const found = id.startsWith("dl_") ? await finder.find(workspaceId, asDeliveryId(id)) : undefined;
      return found ? ok(found) : notFound("delivery");
    },
  });
}

function listOfWebhook(options: DeliveryOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/webhooks/{id}/deliveries",
    operationId: "listWebhookDeliveries",
    tag,
    summary: "List a webhook's deliveries, newest event first; also those of a deleted one",
    access: "read",
    query: webhookDeliveriesQuery,
    success: { status: 200, description: "Deliveries with their attempts", body: deliveryList },
    problems: ["not_found", "invalid_cursor"],
    handle: async ({ workspaceId, params, query }) => {
      const webhook = await options.webhooks.find(asWebhookId(params.id ?? ""));
      if (webhook?.workspaceId !== workspaceId) return notFound("webhook");
      return list(options, workspaceId, { ...query, webhookId: webhook._id });
    },
  });
}

/** What an index of the delivery log finds is read from there; the rest through the events. */
function list(options: DeliveryOperationsOptions, workspaceId: WorkspaceId, query: Query): Promise<Answer> {
  const selection = query.eventId === undefined ? toSelection(query) : undefined;
  return selection
    ? listLogged(options, workspaceId, query, selection)
    : listByEvent(options, workspaceId, query);
}

function toSelection(query: Query): DeliverySelection | undefined {
  const { status, webhookId, eventType } = query;
  if (status === undefined || status === "pending") return undefined;
  const more = { ...toTimes(query), ...(eventType !== undefined && { eventType }) };
  if (webhookId !== undefined) return { ...more, webhookId: asWebhookId(webhookId), statuses: [status] };
  return status === "delivered" ? undefined : { ...more, statuses: [status] };
}

async function listLogged(
  { deliveryLog, eventReader }: DeliveryOperationsOptions,
  workspaceId: WorkspaceId,
  query: Query,
  selection: DeliverySelection,
): Promise<Answer> {
  const after = query.cursor === undefined ? undefined : decodeDeliveryCursor(query.cursor);
  if (query.cursor !== undefined && !after) return invalidCursor();
  const page = await deliveryLog.list(workspaceId, selection, { limit: query.limit, after });
  const resends = await eventReader.findResendsOf(
    workspaceId,
    page.data.map(({ id }) => id),
  );
  return ok({
    data: page.data.map((logged) => toDeliveryAnswer(logged, resends.get(logged.id))),
    nextCursor: page.nextCursor,
  });
}

const placeCursor = z
  .tuple([z.number().int(), z.string().max(700), z.number().int()])
  .transform(([acceptedAt, eventId, ordinal]) => ({ acceptedAt, eventId, ordinal }));

async function listByEvent(
  { finder }: DeliveryOperationsOptions,
  workspaceId: WorkspaceId,
  query: Query,
): Promise<Answer> {
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, placeCursor);
  if (query.cursor !== undefined && !after) return invalidCursor();
  const filter: EventFilter = {
    ...toTimes(query),
    ...(query.eventId !== undefined && { eventId: asEventId(query.eventId) }),
    ...(query.webhookId !== undefined && { webhookId: asWebhookId(query.webhookId) }),
    ...(query.eventType !== undefined && { type: query.eventType }),
  };
  const { data, next } = await finder.list(workspaceId, filter, {
    limit: query.limit,
    after,
    isWanted: ({ status }) => query.status === undefined || status === query.status,
  });
  return ok({
    data,
    nextCursor: next ? encodeCursor([next.acceptedAt, next.eventId, next.ordinal]) : null,
  });
}

const toTimes = ({ from, to }: Query) => ({
  ...(from !== undefined && { from: new Date(from) }),
  ...(to !== undefined && { to: new Date(to) }),
});
