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
export type Decoded<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly detail: string };

/** Name of the one header our internal records carry: compact JSON. */
export const META_HEADER = "meta";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Parses UTF-8 JSON bytes by a schema. */
export function decodeJson<T>(bytes: Uint8Array | null | undefined, schema: z.ZodType<T>): Decoded<T> {
  if (bytes === null || bytes === undefined) return { ok: false, detail: "absent" };
  let parsed: unknown;
  try {
    parsed = JSON.parse(utf8.decode(bytes));
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
  const result = schema.safeParse(parsed);
  if (result.success) return { ok: true, value: result.data };
  const first = result.error.issues[0];
  return {
    ok: false,
    detail: first ? `${first.path.join(".")}: ${first.message}` : "does not fit the schema",
  };
}
