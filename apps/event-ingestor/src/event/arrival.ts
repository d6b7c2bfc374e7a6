import { CATALOGUE, type FieldError, type ParsedEvent } from "@hooklane/contracts";
import { asWebhookId, JOURNEY_POINT_REACHED, type WebhookId } from "@hooklane/core";
import type { CheckedType, SchemaChecks } from "../catalogue/schema-checks.js";

/** What an arrival told by event becomes: the same event, of another type, at one webhook. */
export type Arrival =
  | { readonly ok: true; readonly event: ParsedEvent; readonly aimedAt: WebhookId }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** As long as ids are in records. */
const POINT_ID_LENGTH_MAX = 300;

/** Its data are those of what it becomes. */
const arrivalType: CheckedType = {
  _id: JOURNEY_POINT_REACHED,
  schemaVersion: 1,
  schemaJson: JSON.stringify(CATALOGUE.triggers.find(({ type }) => type === JOURNEY_POINT_REACHED)?.schema),
};

/**
 * Reads an event of type `journey.arrival` (product.md W4). Whether the workspace has the point, in that journey, and
 * whether it is on, is for the router: it knows at which place in line that changed.
 */
export function readArrival(event: ParsedEvent, schemas: SchemaChecks): Arrival {
  const misfits = schemas.check(arrivalType, event.data);
  const errors = [...misfits, ...whyNotNow(event), ...whyNoPoint(event.data.point_id)];
  if (errors.length > 0) return { ok: false, errors };
  return {
    ok: true,
    event: { ...event, type: JOURNEY_POINT_REACHED },
    aimedAt: asWebhookId(event.data.point_id as string),
  };
}

/** Kept until a time of its own, it would not be an arrival. */
const whyNotNow = ({ deliverAt }: ParsedEvent): readonly FieldError[] =>
  deliverAt === undefined
    ? []
    : [{ path: "deliverAt", code: "excluded_by", message: "is excluded by the type: a contact arrives now" }];

/** What is no text at all does not fit the schema. */
function whyNoPoint(id: unknown): readonly FieldError[] {
  if (typeof id !== "string" || (id !== "" && id.length <= POINT_ID_LENGTH_MAX)) return [];
  return [{ path: "data.point_id", code: "invalid_value", message: "is no point's id" }];
}
