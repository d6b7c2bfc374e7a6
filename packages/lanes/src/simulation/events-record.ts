import type { ContactId, EventId, LinePlace, RecordId, WebhookId, WorkspaceId } from "@hooklane/core";

export type EventType = "x" | "y";

/** An event, or a test: for one webhook alone, whatever it asks for. */
export interface EventRecord {
  readonly kind: "event" | "test";
  readonly recordId: RecordId;
  readonly workspaceId: WorkspaceId;
  readonly eventId: EventId;
  readonly type: EventType;
  /** The contact it is about (product.md W5). */
  readonly contactId?: ContactId | undefined;
}

/** An event once more, for one webhook. */
export interface ResendRecord {
  readonly kind: "resend";
  readonly recordId: RecordId;
  readonly workspaceId: WorkspaceId;
  readonly eventId: EventId;
  readonly type: EventType;
  readonly contactId?: ContactId | undefined;
  readonly webhookId: WebhookId;
  /** Of the recovery it is part of; undefined when somebody asked for it. */
  readonly generation: number | undefined;
}

/** The webhook has this version by now. */
interface ControlRecord {
  readonly kind: "control";
  readonly webhookId: WebhookId;
  readonly version: number;
}

/** A recovery begins (ADR 0019). `version`: of the webhook, when it came to recover. */
interface BeginRecord {
  readonly kind: "begin";
  readonly recovery: string;
  readonly webhookId: WebhookId;
  readonly version: number;
}

/** A recovery ends, unless too much is owed behind `sentThrough`. */
export interface EndRecord {
  readonly kind: "end";
  readonly recovery: string;
  /** Counted from 1. */
  readonly number: number;
  readonly webhookId: WebhookId;
  readonly sentThrough: LinePlace | undefined;
}

/** A record of `events.v1`. */
export type EventsRecord = EventRecord | ResendRecord | ControlRecord | BeginRecord | EndRecord;
