import type {
  AttemptError,
  AttemptTrigger,
  DeliveryId,
  DeliveryStatus,
  EndpointId,
  EventId,
  SettleReason,
  WebhookId,
  WorkspaceId,
} from "@hooklane/core";

/** One HTTP request as it lies in a delivery's document. */
export interface AttemptDocument {
  readonly number: number;
  /** Epoch of the partition's lease: after a crash attempt `number` may be made once more, under a later one. */
  readonly epoch: number;
  readonly trigger: AttemptTrigger;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly statusCode?: number;
  readonly error?: AttemptError;
  readonly errorDetail?: string;
  /** The first bytes of the answer's body, as text. */
  readonly responseHead?: string;
}

/** What went wrong last, as shown in lists and mails. */
export type LastError = Pick<AttemptDocument, "error" | "statusCode" | "errorDetail">;

/**
 * A document of `deliveries`: one event to one webhook with all its attempts. Attempts lie inside, by the key
 * `<number>:<epoch>`, so that a delivery which succeeds at once is one insert, any later result is one update, and
 * reading one delivery is one read; there are at most four attempts and, after crashes, their repeats.
 */
export interface DeliveryDocument {
  readonly _id: DeliveryId;
  readonly workspaceId: WorkspaceId;
  readonly eventId: EventId;
  readonly eventType: string;
  readonly webhookId: WebhookId;
  readonly endpointId: EndpointId;
  readonly batchId?: string;
  readonly status: DeliveryStatus;
  /** {@link deliveryRank} of `status`: only a higher one replaces it. */
  readonly rank: number;
  readonly reason?: SettleReason;
  readonly acceptedAt: Date;
  readonly firstAttemptAt?: Date;
  readonly nextAttemptAt?: Date;
  readonly settledAt?: Date;
  readonly lastError?: LastError;
  readonly attempts: Readonly<Record<string, AttemptDocument>>;
  /** MongoDB removes the document then. */
  readonly expiresAt: Date;
}

export const DELIVERIES = "deliveries";

export const attemptKey = (attempt: { readonly number: number; readonly epoch: number }): string =>
  `${attempt.number}:${attempt.epoch}`;
