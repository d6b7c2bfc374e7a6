import { encodeEvent, type OutgoingRecord } from "@hooklane/contracts";
import { asEventId, type NativeEvent, toEventJson, toImportEndRecordId } from "@hooklane/core";
import type {
  AudienceRepository,
  ContactImport,
  EventTypeRepository,
  WorkspaceRepository,
} from "@hooklane/store";

/** The type of the event that ends an import (product.md W6b). */
const IMPORT_FINISHED = "contacts.import_finished";
const SOURCE = "import";

export interface ImportEndOptions {
  readonly workspaces: Pick<WorkspaceRepository, "find">;
  readonly audiences: Pick<AudienceRepository, "find">;
  readonly eventTypes: Pick<EventTypeRepository, "find">;
  /** `events.v1` with its prefix. */
  readonly eventsTopic: string;
}

/**
 * The record that tells of an import's end. Whoever makes it, its id is the same, so it is routed once.
 *
 * @param job with its end decided
 * @returns undefined where the workspace does not have the type, or is gone
 */
export async function makeImportEnd(
  { workspaces, audiences, eventTypes, eventsTopic }: ImportEndOptions,
  job: ContactImport,
): Promise<OutgoingRecord | undefined> {
  const { id, workspaceId, audienceId, decidedAt = job.createdAt } = job;
  const [workspace, audience, type] = await Promise.all([
    workspaces.find(workspaceId),
    audiences.find(workspaceId, audienceId),
    eventTypes.find(workspaceId, IMPORT_FINISHED),
  ]);
  if (!workspace || !type) return undefined;
  const recordId = toImportEndRecordId(id);
  const event: NativeEvent = {
    id: asEventId(recordId),
    type: IMPORT_FINISHED,
    timestamp: decidedAt.toISOString(),
    source: SOURCE,
    data: { import: toData(job, audience?.name) },
  };
  return encodeEvent(
    eventsTopic,
    workspace.eventsPartition,
    {
      workspaceId,
      recordId,
      eventId: event.id,
      type: event.type,
      source: SOURCE,
      acceptedAt: decidedAt.getTime(),
      ...(type.suppressedSources?.includes(SOURCE) && { suppressed: true }),
      ...(type.sourceFilter === false && { ignoresSourceFilter: true }),
    },
    Buffer.from(toEventJson(event)),
  );
}

/** As the catalogue's schema has it. */
function toData(job: ContactImport, audience: string | undefined) {
  const { id, audienceId, total, added, updated, unchanged, rejected } = job;
  const error = job.status === "cancelled" ? "The import was cancelled." : (job.error ?? null);
  return {
    id,
    list: { id: audienceId, ...(audience !== undefined && { name: audience }) },
    status: error === null ? "success" : "failure",
    total,
    added,
    updated,
    unchanged,
    rejected,
    error,
  };
}
