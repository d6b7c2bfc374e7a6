import { CATALOGUE, type FieldError } from "@hooklane/contracts";
import { asContactId, JOURNEY_POINT_REACHED, toSubscriber, type WorkspaceId } from "@hooklane/core";
import type { ContactRepository } from "@hooklane/store";
import { checkAgainstSchema, compileEventSchema } from "../event-types/event-schema.js";
import type { PointDocument } from "./point-document.js";

export type ArrivedContact =
  | { readonly ok: true; readonly contact: object }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

const validate = compileTrigger();

/** The contact of an arrival as its event tells of it: as given, or, named by its id alone, as it is kept here. */
export async function findArrivedContact(
  contacts: Pick<ContactRepository, "findInWorkspace">,
  workspaceId: WorkspaceId,
  { _id, journeyId }: PointDocument,
  given: Readonly<Record<string, unknown>>,
): Promise<ArrivedContact> {
  const id = keptId(given);
  if (id !== undefined) {
    const found = await contacts.findInWorkspace(workspaceId, asContactId(id));
    if (found) return { ok: true, contact: toSubscriber(found) };
    const message =
      "the workspace has no such contact; one of your own needs audience_id and email beside its id";
    return { ok: false, errors: [{ path: "contact.id", code: "invalid_value", message }] };
  }
  const errors = checkAgainstSchema(
    validate,
    { journey_id: journeyId, point_id: _id, contact: given },
    "data",
  );
  return errors.length === 0
    ? { ok: true, contact: given }
    : { ok: false, errors: errors.map((error) => ({ ...error, path: error.path.replace(/^data\./, "") })) };
}

function keptId(given: Readonly<Record<string, unknown>>): string | undefined {
  const { id, ...others } = given;
  return typeof id === "string" && id.startsWith("ct_") && Object.keys(others).length === 0 ? id : undefined;
}

function compileTrigger() {
  const trigger = CATALOGUE.triggers.find(({ type }) => type === JOURNEY_POINT_REACHED);
  const compiled = trigger && compileEventSchema(trigger.schema);
  if (!compiled?.ok) throw new Error("The catalogue has no schema of arrivals");
  return compiled.validate;
}
