import type { AttemptTrigger, DeliveryId, EndpointId, EventId, WebhookId, WorkspaceId } from "@hooklane/core";
import type { SourcePosition } from "./source-marks.js";

/** What a record of `deliveries.v1` says beside its body. */
export interface DeliveryFacts {
  readonly workspaceId: WorkspaceId;
  readonly webhookId: WebhookId;
  /** Of the webhook, when the router decided. */
  readonly generation: number;
  /** Of the webhook's configuration, when the router decided. */
  readonly version: number;
  readonly endpointId: EndpointId;
  readonly deliveryId: DeliveryId;
  readonly eventId: EventId;
  readonly type: string;
  readonly trigger: AttemptTrigger;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  readonly source: SourcePosition;
}

/** One delivery in a lane. */
export interface LaneRecord {
  readonly offset: number;
  readonly facts: DeliveryFacts;
  /** The event's exact bytes; not shared with a fetch buffer (lanes.md §2.5). */
  readonly body: Uint8Array;
  readonly webhookId: WebhookId;
  readonly generation: number;
  /** Milliseconds, the lane's clock. */
  readonly enqueuedAt: number;
  readonly bodyBytes: number;
}

/** What a queued record costs beside its body, roughly: objects, strings, places in maps. Bytes. */
export const RECORD_OVERHEAD_BYTES = 1024;
