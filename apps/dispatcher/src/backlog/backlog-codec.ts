import { decodeDelivery, encodeDeliveryMeta, META_HEADER } from "@hooklane/contracts";
import { type StoredDelivery, toLogPlace, toPosition } from "@hooklane/lanes";
import type { BacklogRecord, ParkedRecord } from "@hooklane/store";

/**
 * A delivery as the backlog keeps it: its record, header and value byte for byte.
 *
 * @param isSealed its value is not to be read in the database
 */
export function toParkedRecord(
  partition: number,
  { position, facts, body }: StoredDelivery,
  isSealed: boolean,
): ParkedRecord {
  const { endpointId } = facts;
  return { endpointId, partition, ...toLogPlace(position), meta: encodeDeliveryMeta(facts), body, isSealed };
}

/** @throws Error when it is none: it was written by a version this one does not know */
export function fromBacklogRecord({
  partition,
  logEpoch,
  offset,
  meta,
  body,
}: BacklogRecord): StoredDelivery {
  const headers = { [META_HEADER]: Buffer.from(meta) };
  const decoded = decodeDelivery({ partition, offset, key: null, value: body, headers });
  if (!decoded.ok) throw new Error(`backlog record ${partition}/${logEpoch}/${offset}: ${decoded.detail}`);
  return { position: toPosition(logEpoch, offset), facts: decoded.value.meta, body };
}
