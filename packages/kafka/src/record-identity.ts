import { crc32 } from "node:zlib";
import type { ConsumedRecord } from "./record.js";

/**
 * Tells a record from any other that could stand at its offset in a log that was cut or made anew (lanes.md §4): its
 * time and a checksum of everything in it. The same record gives the same text in every process.
 */
export function recordIdentity({ timestampMs, key, value, headers }: ConsumedRecord): string {
  let checksum = crc32(value ?? "", crc32(key ?? ""));
  for (const name of Object.keys(headers).sort())
    checksum = crc32(headers[name] ?? "", crc32(name, checksum));
  return `${timestampMs}:${checksum.toString(16)}`;
}
