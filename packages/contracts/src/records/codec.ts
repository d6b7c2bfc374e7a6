import type { z } from "zod";

/** A Kafka record as the adapters hand it over: raw bytes, nothing parsed. */
export interface RawRecord {
  readonly partition: number;
  /** Kafka's offset; below 2^53, so a number. */
  readonly offset: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, Uint8Array | undefined>>;
}

/** A Kafka record to be produced. `partition` absent: by hash of the key. */
export interface OutgoingRecord {
  readonly topic: string;
  readonly partition?: number;
  readonly key: string | Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers?: Readonly<Record<string, string | Uint8Array>>;
}

/** What parsing at the edge gives: a typed value, or why it is none. Never thrown. */
export type Decoded<T> = { readonly ok: true; readonly value: T } | Undecodable;

/** Why a record could not be read. */
export interface Undecodable {
  readonly ok: false;
  readonly detail: string;
  /** A newer version wrote it and has raised `v`: not to be guessed at, nor put aside; its partition waits (ADR 0033). */
  readonly isTooNew?: true;
}

/**
 * What `v` of our records says (`events.v1`, `deliveries.v1`, `attempts.v1`). A reader ignores fields it does not know, so
 * `v` is raised by what an older reader must not ignore: a new kind, a new value of an enumeration, another meaning.
 */
export const RECORD_VERSION = 1;

/** Name of the one header our internal records carry: compact JSON. */
export const META_HEADER = "meta";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Parses UTF-8 JSON bytes by a schema; fields that are not in it are left out. */
export function decodeJson<T>(bytes: Uint8Array | null | undefined, schema: z.ZodType<T>): Decoded<T> {
  if (bytes === null || bytes === undefined) return { ok: false, detail: "absent" };
  let parsed: unknown;
  try {
    parsed = JSON.parse(utf8.decode(bytes));
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
  const version = versionOf(parsed);
  if (version > RECORD_VERSION) {
    const detail = `version ${version}; this release reads up to ${RECORD_VERSION}`;
    return { ok: false, isTooNew: true, detail };
  }
  const result = schema.safeParse(parsed);
  if (result.success) return { ok: true, value: result.data };
  const first = result.error.issues[0];
  return {
    ok: false,
    detail: first ? `${first.path.join(".")}: ${first.message}` : "does not fit the schema",
  };
}

function versionOf(parsed: unknown): number {
  if (typeof parsed !== "object" || parsed === null || !("v" in parsed)) return 0;
  return typeof parsed.v === "number" ? parsed.v : 0;
}
