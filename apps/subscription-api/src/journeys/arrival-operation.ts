import { arrivalAccepted, type CreateArrival, createArrival } from "@hooklane/contracts";
import { asEventId, asJourneyId, EVENT_BYTES_MAX } from "@hooklane/core";
import type {
  ContactRepository,
  JourneyRepository,
  WebhookRepository,
  WorkspaceRepository,
} from "@hooklane/store";
import { acceptedAnswer, type Answer, invalid, notFound, refusal } from "../http/answer.js";
import { type Operation, type WorkspaceCall, workspaceOperation } from "../http/operation.js";
import { journeyNotActive } from "../webhooks/triggered-guard.js";
import { toArrivalOrder } from "./arrival-order.js";
import { findArrivedContact } from "./arrived-contact.js";
import { findPoint } from "./find-point.js";

export interface ArrivalOperationOptions {
  readonly journeys: Pick<JourneyRepository, "find">;
  readonly webhooks: Pick<WebhookRepository, "find">;
  readonly contacts: Pick<ContactRepository, "findInWorkspace">;
  readonly workspaces: Pick<WorkspaceRepository, "find">;
  /** An id nobody had before. */
  readonly newEvent: () => string;
  readonly now: () => Date;
}

/** product.md W4. Changes nothing: the event is put in line once the answer is kept. */
export function arrivalOperation(options: ArrivalOperationOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/journeys/{id}/points/{pointId}/arrivals",
    operationId: "createArrival",
    tag: "Journeys",
    summary: "Tell that a contact arrived at a point of an active journey: one request is sent",
    access: "write",
    body: createArrival,
    success: {
      status: 202,
      description:
        "It stands in line. Without an `id` or an `Idempotency-Key`, a repeated call is another arrival",
      body: arrivalAccepted,
    },
    problems: ["not_found", "journey_not_active", "event_too_large"],
    handle: (call) => arrive(options, call),
  });
}

async function arrive(
  { journeys, webhooks, contacts, workspaces, newEvent, now }: ArrivalOperationOptions,
  { workspaceId, params, body }: WorkspaceCall<unknown, CreateArrival>,
): Promise<Answer> {
  const [journey, point, workspace] = await Promise.all([
    journeys.find(asJourneyId(params.id ?? ""), workspaceId),
    findPoint(webhooks, workspaceId, params),
    workspaces.find(workspaceId),
  ]);
  if (!journey || !workspace) return notFound("journey");
  if (!point) return notFound("point");
  const arrived = await findArrivedContact(contacts, workspaceId, point, body.contact);
  if (!arrived.ok) return invalid(arrived.errors);
  if (journey.status !== "active") return journeyNotActive();
  const eventId = asEventId(body.id ?? newEvent());
  const { eventsPartition } = workspace;
  const order = toArrivalOrder(point, arrived.contact, { eventId, eventsPartition, at: now() });
  if (Buffer.byteLength(order.eventJson) > EVENT_BYTES_MAX)
    return refusal("event_too_large", `As an event it has more than ${EVENT_BYTES_MAX} bytes.`);
  return { ...acceptedAnswer({ eventId }), arrival: order };
}
