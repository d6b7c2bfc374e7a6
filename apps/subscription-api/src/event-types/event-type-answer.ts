import type { EventTypeAnswer } from "@hooklane/contracts";
import type { EventTypeDocument } from "@hooklane/store";

type JsonObject = Record<string, unknown>;

export function toEventTypeAnswer(eventType: EventTypeDocument): EventTypeAnswer {
  return {
    type: eventType.type,
    ...(eventType.preset !== undefined && {
      preset: eventType.preset as NonNullable<EventTypeAnswer["preset"]>,
    }),
    labels: { ...eventType.labels },
    descriptions: { ...eventType.descriptions },
    // Written by this service as JSON objects.
    schema: JSON.parse(eventType.schemaJson) as JsonObject,
    schemaVersion: eventType.schemaVersion,
    ...(eventType.exampleJson !== undefined && { example: JSON.parse(eventType.exampleJson) as JsonObject }),
    validation: eventType.validation,
    ...(eventType.suppressedSources && { suppressedSources: [...eventType.suppressedSources] }),
    ...(eventType.sourceFilter !== undefined && { sourceFilter: eventType.sourceFilter }),
    version: eventType.version,
    createdAt: eventType.createdAt.toISOString(),
    updatedAt: eventType.updatedAt.toISOString(),
  };
}
