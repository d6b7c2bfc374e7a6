import { asEventId, type EventId } from "./ids.js";
import type { EventSource } from "./vocabulary.js";

/** What happened, in native form (product.md §4). Immutable. */
export interface NativeEvent {
  readonly id: EventId;
  readonly type: string;
  /** As the producer wrote it, with its own offset and precision. */
  readonly timestamp: string;
  readonly source: EventSource;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An event's native form may have this many bytes in UTF-8 (api.md §2), counted after decoding. */
export const EVENT_BYTES_MAX = 256 * 1024;

/** An event id has 1 to this many UTF-16 units. */
export const EVENT_ID_LENGTH_MAX = 200;

/** A clock may be this far ahead of ours, milliseconds; a timestamp beyond it is a mistake, not a clock. */
export const TIMESTAMP_AHEAD_MAX_MS = 24 * 60 * 60 * 1000;

/**
 * Beginnings an event's own id must not have: record ids of ours begin so (architecture.md §3), and an event that took
 * one beforehand would make the router drop the record it belongs to as a duplicate.
 */
export const RESERVED_ID_PREFIXES = ["ct:", "ctl:", "end:", "in:", "rel:", "rs:", "tp:"] as const;

/** Control, format, private, unassigned and surrogate code points, and line breaks: nothing a log line can show. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;

/** Why a text is no event id; undefined when it is one. */
export type EventIdFault = "too_short" | "too_long" | "invalid_format" | "reserved";

/** Checks an id given by a producer: 1 to 200 printable characters, no reserved beginning. */
export function checkEventId(text: string): EventIdFault | undefined {
  if (text.length === 0) return "too_short";
  if (text.length > EVENT_ID_LENGTH_MAX) return "too_long";
  if (UNPRINTABLE.test(text)) return "invalid_format";
  return RESERVED_ID_PREFIXES.some((prefix) => text.startsWith(prefix)) ? "reserved" : undefined;
}

/**
 * The id of a record that came without one: its place on the inbound topic, so that reading it again gives the same
 * (architecture.md §3).
 *
 * @param clusterId Kafka's own id of the cluster: places of another cluster are other events
 */
export function toInboundEventId(clusterId: string, partition: number, offset: number): EventId {
  return asEventId(`in:${clusterId}:${partition}:${offset}`);
}

/** A scheduled event waits at least and at most so long, milliseconds (product.md O3). */
export const DELIVER_AHEAD_MIN_MS = 60 * 1000;
export const DELIVER_AHEAD_MAX_MS = 90 * 24 * 60 * 60 * 1000;

/** Why a text is no time an event can be scheduled for; undefined when it is one. */
export type DeliverAtFault = "invalid_format" | "too_soon" | "too_far_ahead";

/**
 * Checks a `deliverAt`: an RFC 3339 date-time with its offset, {@link DELIVER_AHEAD_MIN_MS} to
 * {@link DELIVER_AHEAD_MAX_MS} ahead.
 *
 * @param producedAtMs when the producer said so, milliseconds since 1970: of a record, the record's own time, so that
 *   what was in time when it was produced stays so however late it is read
 */
export function checkDeliverAt(text: string, producedAtMs: number): DeliverAtFault | undefined {
  const atMs = parseDateTime(text);
  if (atMs === undefined) return "invalid_format";
  if (atMs < producedAtMs + DELIVER_AHEAD_MIN_MS) return "too_soon";
  return atMs > producedAtMs + DELIVER_AHEAD_MAX_MS ? "too_far_ahead" : undefined;
}

const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:[Zz]|[+-](\d{2}):(\d{2}))$/;

/** Why a text is no timestamp of an event; undefined when it is one. */
export type TimestampFault = "invalid_format" | "too_far_ahead";

/**
 * Checks an event's timestamp: an RFC 3339 date-time with its offset, at most {@link TIMESTAMP_AHEAD_MAX_MS} ahead. The
 * past is not bounded: events may be sent late.
 *
 * @param nowMs milliseconds since 1970
 */
export function checkTimestamp(text: string, nowMs: number): TimestampFault | undefined {
  const atMs = parseDateTime(text);
  if (atMs === undefined) return "invalid_format";
  return atMs > nowMs + TIMESTAMP_AHEAD_MAX_MS ? "too_far_ahead" : undefined;
}

/**
 * Reads an RFC 3339 date-time with its offset. `Date.parse` alone would take 30 February and many other spellings.
 *
 * @returns milliseconds since 1970, or undefined when it is none
 */
export function parseDateTime(text: string): number | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null) return undefined;
  const part = (group: number) => Number(match[group] ?? 0);
  const [year, month, day] = [part(1), part(2), part(3)];
  const [hour, minute, second, zoneHour, zoneMinute] = [part(4), part(5), part(6), part(7), part(8)];
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || zoneHour > 23 || zoneMinute > 59) return undefined;
  const atMs = Date.parse(text.toUpperCase());
  return Number.isNaN(atMs) ? undefined : atMs;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * The event's JSON as it is delivered: members in the order of product.md §4.
 *
 * @param dataText the JSON of `data` where it must stay as it was written (numbers that JavaScript cannot hold);
 *   default: `data` written anew, without whitespace
 */
export function toEventJson(event: NativeEvent, dataText?: string): string {
  const { id, type, timestamp, source, data } = event;
  if (dataText === undefined) return JSON.stringify({ id, type, timestamp, source, data });
  return `${JSON.stringify({ id, type, timestamp, source }).slice(0, -1)},"data":${dataText}}`;
}
