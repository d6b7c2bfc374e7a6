import {
  type FieldError,
  parseIngestEvent,
  type PreviewWebhook,
  TRIGGER_EXAMPLES,
} from "@hooklane/contracts";
import {
  asEventId,
  asRecordId,
  EVENT_BYTES_MAX,
  isTriggerType,
  type NativeEvent,
  type RecordId,
  redactEvent,
  toEventJson,
  type WorkspaceId,
} from "@hooklane/core";
import type { EventLog, EventTypeRepository, WorkspaceRepository } from "@hooklane/store";
import { type Answer, invalid, notFound } from "../http/answer.js";

export interface PreviewedEventOptions {
  readonly eventLog: Pick<EventLog, "findEvent">;
  readonly eventTypes: Pick<EventTypeRepository, "find">;
  readonly workspaces: Pick<WorkspaceRepository, "find">;
  readonly now: () => Date;
}

/** The event a preview is of. */
export interface PreviewedEvent {
  readonly recordId: RecordId;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  /** In native form, as it would be delivered; without the fields that are not to be shown. */
  readonly body: Uint8Array;
}

/** Of an event that brought none. */
const PREVIEW_ID = "evt_preview";

/** Finds or makes the event of a preview. @returns an answer when there is none */
export async function findPreviewedEvent(
  options: PreviewedEventOptions,
  workspaceId: WorkspaceId,
  given: PreviewWebhook,
): Promise<PreviewedEvent | Answer> {
  if (given.eventId !== undefined) return findLogged(options, workspaceId, given.eventId);
  if (given.eventType !== undefined) return findExample(options, workspaceId, given.eventType);
  const parsed = parseIngestEvent(given.event, options.now().getTime());
  if (!parsed.ok)
    return invalid(parsed.errors.map((error): FieldError => ({ ...error, path: `event.${error.path}` })));
  const previewed = toPreviewed(parsed.value, options.now());
  if (previewed.body.length > EVENT_BYTES_MAX)
    return invalid([
      { path: "event", code: "event_too_large", message: `must have at most ${EVENT_BYTES_MAX} bytes` },
    ]);
  return previewed;
}

async function findLogged(
  { eventLog, workspaces }: PreviewedEventOptions,
  workspaceId: WorkspaceId,
  eventId: string,
): Promise<PreviewedEvent | Answer> {
  const [event, workspace] = await Promise.all([
    eventLog.findEvent(workspaceId, asEventId(eventId)),
    workspaces.find(workspaceId),
  ]);
  if (!event) return notFound("event");
  const { recordId, shownBody } = event;
  const acceptedAt = event.acceptedAt.getTime();
  const paths = workspace?.redact ?? [];
  if (paths.length === 0) return { recordId, acceptedAt, body: shownBody };
  // Fields may be named since it was stored. Whoever may not read one may not read it here either.
  const native = JSON.parse(Buffer.from(shownBody).toString()) as NativeEvent;
  return { recordId, acceptedAt, body: Buffer.from(toEventJson(redactEvent(native, paths))) };
}

async function findExample(
  { eventTypes, now }: PreviewedEventOptions,
  workspaceId: WorkspaceId,
  type: string,
): Promise<PreviewedEvent | Answer> {
  if (isTriggerType(type)) return toPreviewed({ type, data: TRIGGER_EXAMPLES[type] }, now());
  const found = await eventTypes.find(workspaceId, type);
  if (!found)
    return invalid([
      { path: "eventType", code: "unknown_event_type", message: "the workspace has no such event type" },
    ]);
  const example =
    found.exampleJson === undefined ? {} : (JSON.parse(found.exampleJson) as Partial<NativeEvent>);
  return toPreviewed({ ...example, type }, now());
}

function toPreviewed(
  given: {
    readonly id?: string | undefined;
    readonly type: string;
    readonly timestamp?: string | undefined;
    readonly source?: NativeEvent["source"];
    readonly data?: NativeEvent["data"];
  },
  at: Date,
): PreviewedEvent {
  const id = asEventId(given.id ?? PREVIEW_ID);
  const { type, timestamp = at.toISOString(), source = "api", data = {} } = given;
  return {
    recordId: asRecordId(id),
    acceptedAt: at.getTime(),
    body: Buffer.from(toEventJson({ id, type, timestamp, source, data })),
  };
}
