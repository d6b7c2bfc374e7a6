import type { OutgoingRecord as ContractRecord, RawRecord } from "@hooklane/contracts";
import type { ConsumedRecord, OutgoingRecord } from "./record.js";

// The two packages state what a record is apart, as neither knows the other's business; these are the places where the
// compiler holds them together. Nothing is copied.

/** A record as the codecs of `@hooklane/contracts` read it. */
export function toRawRecord(record: ConsumedRecord): RawRecord {
  return record;
}

/** A record made by the codecs of `@hooklane/contracts`, for a {@link Producer}. */
export function toOutgoingRecord(record: ContractRecord): OutgoingRecord {
  return record;
}
