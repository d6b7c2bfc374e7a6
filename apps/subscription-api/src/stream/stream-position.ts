import { type ClusterTime, parseClusterTime } from "@hooklane/store";

/**
 * A place a client can go on from. Made of what it may know, unlike the database's own tokens, which name keys of
 * others' documents.
 */
export interface StreamPosition {
  readonly time: ClusterTime;
  /** What of that moment was sent last; undefined: nothing of it. */
  readonly key?: string | undefined;
}

const FORM = /^([0-9a-f]{16})(?:\.([\w-]{1,150}))?$/;

/** The `id` of an event. */
export const formatPosition = ({ time, key }: StreamPosition): string =>
  key === undefined ? time : `${time}.${key}`;

/** Reads a client's `Last-Event-ID`; undefined when it is not one we gave. */
export function parsePosition(text: string): StreamPosition | undefined {
  const [, digits, key] = FORM.exec(text) ?? [];
  const time = digits === undefined ? undefined : parseClusterTime(digits);
  return time && { time, ...(key !== undefined && { key }) };
}
