import { hash } from "node:crypto";
import {
  asDeliveryId,
  type DeliveryId,
  type RecordId,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";

/** What makes a delivery the one it is. */
export interface DeliveryOrigin {
  readonly workspaceId: WorkspaceId;
  readonly recordId: RecordId;
  /** When the record was accepted, milliseconds since 1970; each record has one such time, wherever it is read. */
  readonly acceptedAt: number;
}

const TIME_DIGITS = 12;
const HASH_DIGITS = 24;

/**
 * The id of a delivery: the same however often anybody comes to it, before and after it is decided. It begins with when
 * its record was accepted, so that the record is found by time, without an index that has an entry for every delivery,
 * and new ones are written next to each other.
 */
export function toDeliveryId(
  { workspaceId, recordId, acceptedAt }: DeliveryOrigin,
  webhookId: WebhookId,
): DeliveryId {
  const time = acceptedAt.toString(16).padStart(TIME_DIGITS, "0");
  // A record id may hold any character but a control character, so a line break keeps the parts apart.
  const rest = hash("sha256", `${workspaceId}\n${recordId}\n${webhookId}`).slice(0, HASH_DIGITS);
  return asDeliveryId(`dl_${time}${rest}`);
}

const FORM = new RegExp(`^dl_([0-9a-f]{${TIME_DIGITS}})[0-9a-f]{${HASH_DIGITS}}$`);

/** When the record of a delivery was accepted, by its id; undefined when it is none of ours. */
export function readAcceptedAt(deliveryId: DeliveryId): Date | undefined {
  const [, time] = FORM.exec(deliveryId) ?? [];
  return time === undefined ? undefined : new Date(Number.parseInt(time, 16));
}
