import { isUtf8 } from "node:buffer";
import { LINE_BYTES_MAX } from "./contact-reader.js";

/** A line without its end; numbers count from 1. */
export type SplitLine =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly fault: "too_long" | "not_utf8" };

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = "\ufeff";

/** Splits bytes into lines of UTF-8; a line that is none, or too long, takes no other with it. */
export class LineSplitter {
  #count = 0;
  /** Of the line that has not ended. */
  #parts: Uint8Array[] = [];
  #bytes = 0;

  split(bytes: Uint8Array): readonly SplitLine[] {
    const lines: SplitLine[] = [];
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      this.#keep(bytes.subarray(from, end));
      lines.push(this.#take());
      from = end + 1;
    }
    this.#keep(bytes.subarray(from));
    return lines;
  }

  /** The last line, where it has no end. */
  end(): readonly SplitLine[] {
    return this.#bytes > 0 ? [this.#take()] : [];
  }

  /** Of a line that is too long only its length. */
  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#bytes += bytes.length;
    if (this.#bytes > LINE_BYTES_MAX) this.#parts = [];
    else this.#parts.push(bytes);
  }

  #take(): SplitLine {
    const number = ++this.#count;
    const [isTooLong, parts] = [this.#bytes > LINE_BYTES_MAX, this.#parts];
    this.#parts = [];
    this.#bytes = 0;
    if (isTooLong) return { number, fault: "too_long" };
    const [only] = parts;
    const line =
      parts.length === 1 && only
        ? Buffer.from(only.buffer, only.byteOffset, only.length)
        : Buffer.concat(parts);
    if (!isUtf8(line)) return { number, fault: "not_utf8" };
    const text = line.toString("utf8", 0, line.at(-1) === CARRIAGE_RETURN ? line.length - 1 : line.length);
    return { number, text: number === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text };
  }
}
