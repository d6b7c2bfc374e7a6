import type { CreateEventType, FieldError, PatchEventType } from "@hooklane/contracts";
import type { WorkspaceId } from "@hooklane/core";
import { type EventTypeDocument, toEventTypeId } from "@hooklane/store";
import { checkAgainstSchema, compileEventSchema } from "./event-schema.js";

/** A new type of a workspace's own. */
export function toEventTypeDocument(
  workspaceId: WorkspaceId,
  body: CreateEventType,
  at: Date,
): EventTypeDocument {
  const named = { en: body.type, fr: body.type };
  return {
    _id: toEventTypeId(workspaceId, body.type),
    workspaceId,
    type: body.type,
    schemaJson: JSON.stringify(body.schema),
    schemaVersion: 1,
    labels: body.labels ?? named,
    descriptions: body.descriptions ?? body.labels ?? named,
    ...(body.example && { exampleJson: JSON.stringify(body.example) }),
    validation: body.validation,
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
}

/** The type after a patch; the schema's own version is raised when it is another one. */
export function withPatch(current: EventTypeDocument, patch: PatchEventType): EventTypeDocument {
  const { exampleJson, ...rest } = current;
  const schemaJson = patch.schema === undefined ? current.schemaJson : JSON.stringify(patch.schema);
  const example = patch.example === undefined ? exampleJson : patch.example && JSON.stringify(patch.example);
  return {
    ...rest,
    schemaJson,
    schemaVersion: current.schemaVersion + (schemaJson === current.schemaJson ? 0 : 1),
    ...(patch.labels && { labels: patch.labels }),
    ...(patch.descriptions && { descriptions: patch.descriptions }),
    ...(typeof example === "string" && { exampleJson: example }),
    ...(patch.validation && { validation: patch.validation }),
  };
}

/** What is wrong with a type's schema, or with its example by that schema. */
export function checkEventType({ schemaJson, exampleJson, type }: EventTypeDocument): readonly FieldError[] {
  const compiled = compileEventSchema(JSON.parse(schemaJson) as Record<string, unknown>);
  if (!compiled.ok) return compiled.errors;
  if (exampleJson === undefined) return [];
  const example = JSON.parse(exampleJson) as Record<string, unknown>;
  if (example.type !== type) {
    return [{ path: "example.type", code: "invalid_value", message: `must be ${type}` }];
  }
  return checkAgainstSchema(compiled.validate, example.data, "example.data");
}
