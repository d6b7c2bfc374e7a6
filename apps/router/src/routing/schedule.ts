import type { EventId, WorkspaceId } from "@hooklane/core";
import type { EventLog, NewLoggedEvent, NewScheduledEvent, ScheduledEvents } from "@hooklane/store";
import { type InLine, isToBeKept } from "./decide.js";

/**
 * Keeps what is scheduled until its time, before its offset is committed (architecture.md §3). A repeat after a crash
 * finds it kept, or released already.
 *
 * @param records those that are no duplicates
 * @param logged what the event log has of them, in their order
 */
export async function keepScheduled(
  scheduled: Pick<ScheduledEvents, "add">,
  records: readonly InLine[],
  logged: readonly NewLoggedEvent[],
): Promise<void> {
  await scheduled.add(
    records.flatMap((record, index) =>
      isToBeKept(record) ? toScheduled(record, logged[index]?.originalBody !== undefined) : [],
    ),
  );
}

function toScheduled({ meta, body, position }: InLine, isSealed: boolean): readonly NewScheduledEvent[] {
  if (meta.kind !== "event" || meta.deliverAt === undefined) return [];
  const { workspaceId, eventId, type, source, ignoresSourceFilter, schemaWarning, acceptedAt, deliverAt } =
    meta;
  const { traceparent, tracestate } = meta;
  return [
    {
      workspaceId,
      eventId,
      position,
      type,
      source,
      ...(ignoresSourceFilter && { ignoresSourceFilter }),
      ...(schemaWarning !== undefined && { schemaWarning }),
      ...(traceparent !== undefined && { traceparent }),
      ...(tracestate !== undefined && { tracestate }),
      acceptedAt: new Date(acceptedAt),
      deliverAt: new Date(deliverAt),
      body,
      isSealed,
    },
  ];
}

/** Has releases that are in the log stand for the events they are of. */
export async function noteReleases(
  log: Pick<EventLog, "markReleased">,
  records: readonly InLine[],
): Promise<void> {
  const released = new Map<WorkspaceId, EventId[]>();
  for (const { meta } of records) {
    if (meta.kind !== "event" || !meta.release) continue;
    const ids = released.get(meta.workspaceId);
    if (ids) ids.push(meta.eventId);
    else released.set(meta.workspaceId, [meta.eventId]);
  }
  for (const [workspaceId, eventIds] of released) await log.markReleased(workspaceId, eventIds);
}
