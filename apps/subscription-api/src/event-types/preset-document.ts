import type { CatalogueEventType } from "@hooklane/contracts";
import type { WorkspaceId } from "@hooklane/core";
import { type EventTypeDocument, toEventTypeId } from "@hooklane/store";

/** A type of the catalogue as a workspace installs it. */
export function toPresetDocument(
  workspaceId: WorkspaceId,
  type: CatalogueEventType,
  at: Date,
): EventTypeDocument {
  return {
    _id: toEventTypeId(workspaceId, type.type),
    workspaceId,
    type: type.type,
    preset: type.preset,
    schemaJson: JSON.stringify(type.schema),
    schemaVersion: 1,
    labels: type.labels,
    descriptions: type.descriptions,
    exampleJson: JSON.stringify(type.example),
    validation: "reject",
    ...(type.suppressedSources && { suppressedSources: type.suppressedSources }),
    ...(type.requiredPlan !== undefined && { requiredPlan: type.requiredPlan }),
    ...(type.sourceFilter !== undefined && { sourceFilter: type.sourceFilter }),
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
}
