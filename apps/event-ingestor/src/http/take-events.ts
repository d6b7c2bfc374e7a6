import { isUtf8 } from "node:buffer";
import { hash } from "node:crypto";
import {
  encodeEvent,
  type IngestResult,
  type OutgoingRecord,
  parseIngestBatch,
  type RejectCode,
} from "@hooklane/contracts";
import { asEventId, type EventId, type WorkspaceId } from "@hooklane/core";
import type { WorkspaceDocument } from "@hooklane/store";
import { uuidv7 } from "uuidv7";
import type { SchemaChecks } from "../catalogue/schema-checks.js";
import type { Directory } from "../directory/directory.js";
import {
  acceptEvent,
  type Accepted,
  describe,
  type Formed,
  formEvent,
  type Refusal,
} from "../event/accept-event.js";
import { inspectBatch, inspectEvent } from "../event/event-text.js";
import { type TracedIngest, withTrace } from "../event/ingest-traces.js";
import { accepted, type Answer, refusal } from "./answer.js";

/** What stands between a request and the line. */
export interface TakeEventsDeps {
  readonly directory: Directory;
  readonly schemas: SchemaChecks;
  /** Name of the topic `events.v1`. */
  readonly eventsTopic: string;
  /** Resolves once the broker has all of them, in their order. */
  readonly send: (records: readonly OutgoingRecord[]) => Promise<void>;
  readonly onOutcome: (outcome: "accepted" | "suppressed" | RejectCode) => void;
}

/** A request whose sender is known. */
export interface TakeRequest {
  readonly workspace: WorkspaceDocument;
  readonly body: Buffer;
  /** Header `Idempotency-Key`: makes the ids of events that bring none, so that a repeated call gives the same. */
  readonly idempotencyKey: string | undefined;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** Undefined where it is not traced. */
  readonly trace?: TracedIngest | undefined;
}

/** Takes one event or several: `POST /v1/events` behind authorisation and body limits (api.md §2). */
export async function takeEvents(deps: TakeEventsDeps, request: TakeRequest): Promise<Answer> {
  const text = isUtf8(request.body) ? request.body.toString() : undefined;
  const value = text === undefined ? undefined : parseJson(text);
  if (text === undefined || value === undefined) {
    deps.onOutcome("malformed_json");
    return refusal("malformed_json", "The body is not JSON in UTF-8");
  }
  const isBatch = typeof value === "object" && value !== null && Object.hasOwn(value, "events");
  return isBatch ? takeBatch(deps, request, value, text) : takeOne(deps, request, value, text);
}

async function takeOne(
  deps: TakeEventsDeps,
  request: TakeRequest,
  value: unknown,
  text: string,
): Promise<Answer> {
  const formed = formEvent(value, inspectEvent(text), request.nowMs);
  await prepareTypes(deps, request.workspace._id, [formed]);
  const outcome = decide(deps, request, formed, 0);
  if (!outcome.ok) {
    deps.onOutcome(outcome.refusal.code);
    return toProblemAnswer(outcome.refusal);
  }
  const { meta } = outcome.accepted;
  request.trace?.taken(meta);
  await deps.send([toRecord(deps, request, outcome)]);
  const status = meta.suppressed ? "suppressed" : "accepted";
  deps.onOutcome(status);
  return accepted({ id: meta.eventId, status });
}

async function takeBatch(
  deps: TakeEventsDeps,
  request: TakeRequest,
  value: unknown,
  text: string,
): Promise<Answer> {
  const frame = parseIngestBatch(value);
  if (!frame.ok) return refusal("validation_failed", describe(frame.errors), { errors: frame.errors });
  const { repeated, events: texts } = inspectBatch(text);
  if (repeated !== undefined) {
    const errors = [{ path: repeated, code: "duplicate", message: "stands twice" }] as const;
    return refusal("validation_failed", describe(errors), { errors });
  }
  const formed = frame.value.map((event, index) => formEvent(event, texts[index], request.nowMs));
  request.trace?.tookMany(request.workspace._id, formed.length);
  await prepareTypes(deps, request.workspace._id, formed);
  const outcomes = formed.map((one, index) => decide(deps, request, one, index));
  await deps.send(outcomes.flatMap((outcome) => (outcome.ok ? [toRecord(deps, request, outcome)] : [])));
  const results = outcomes.map((outcome, index) => toResult(outcome, index, frame.value[index]));
  for (const { status, code } of results)
    deps.onOutcome(status === "rejected" ? (code ?? "invalid_event") : status);
  return accepted({ results });
}

/** `undefined` is no JSON value, so it can stand for a fault. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function prepareTypes(
  { directory }: TakeEventsDeps,
  workspaceId: WorkspaceId,
  formed: readonly Formed[],
): Promise<void> {
  const reading = directory.prepareEventTypes(
    formed.flatMap((one) => (one.ok ? [{ workspaceId, type: one.formed.event.type }] : [])),
  );
  if (reading) await reading;
}

function decide(deps: TakeEventsDeps, request: TakeRequest, formed: Formed, index: number): Accepted {
  if (!formed.ok) return formed;
  const workspaceId = request.workspace._id;
  return acceptEvent(formed.formed, {
    workspaceId,
    eventType: deps.directory.eventType(workspaceId, formed.formed.event.type),
    schemas: deps.schemas,
    defaultId: () => newEventId(request.idempotencyKey, index),
    defaultTimestampMs: request.nowMs,
    nowMs: request.nowMs,
  });
}

function newEventId(idempotencyKey: string | undefined, index: number): EventId {
  if (idempotencyKey === undefined) return asEventId(`evt_${uuidv7()}`);
  return asEventId(`evt_${hash("sha256", `${index}:${idempotencyKey}`).slice(0, 32)}`);
}

function toRecord(
  { eventsTopic }: TakeEventsDeps,
  { workspace, trace }: TakeRequest,
  { accepted: { meta, body } }: Extract<Accepted, { ok: true }>,
): OutgoingRecord {
  return encodeEvent(eventsTopic, workspace.eventsPartition, withTrace(meta, trace), body);
}

function toProblemAnswer({ code, errors }: Refusal): Answer {
  if (code === "event_too_large") return refusal("event_too_large", describe(errors));
  return refusal("validation_failed", describe(errors), { errors });
}

function toResult(outcome: Accepted, index: number, given: unknown): IngestResult {
  if (!outcome.ok) {
    const { code, errors } = outcome.refusal;
    return { index, id: givenId(given), status: "rejected", code, errors: [...errors] };
  }
  const { eventId, suppressed } = outcome.accepted.meta;
  return { index, id: eventId, status: suppressed ? "suppressed" : "accepted" };
}

function givenId(given: unknown): string | null {
  const id = typeof given === "object" && given !== null ? (given as { id?: unknown }).id : undefined;
  return typeof id === "string" ? id : null;
}
