import type { FieldError } from "@hooklane/contracts";

/** What stands in one line of an upload (of a JSON array: in one element), counted from 1. */
export type ReadLine =
  | { readonly line: number; readonly value: unknown }
  /** It cannot be read; the rest can. */
  | { readonly line: number; readonly error: FieldError };

/** Why an upload is refused as a whole. */
export interface UploadFault {
  readonly kind: "malformed" | "invalid" | "too_large";
  readonly line: number;
  readonly error: FieldError;
}

/** What came of some bytes. Behind a fault nothing more is read. */
export interface ReadPart {
  readonly lines: readonly ReadLine[];
  readonly fault?: UploadFault;
}

/** Makes values of bytes as they come. Keeps no more of them than one line may have. */
export interface ContactReader {
  read(bytes: Uint8Array): ReadPart;
  /** Once there are no more bytes. */
  end(): ReadPart;
}

/** A line, or an element of a JSON array, has at most so many bytes. */
export const LINE_BYTES_MAX = 64 * 1024;
