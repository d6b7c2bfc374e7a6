import { JSONParser } from "@streamparser/json";
import {
  type ContactReader,
  LINE_BYTES_MAX,
  type ReadLine,
  type ReadPart,
  type UploadFault,
} from "./contact-reader.js";

/** Looked at together: so exactly is an element's length known. */
const SLICE_BYTES = 8 * 1024;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;
const SPACES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
const OPENING_BRACKET = 0x5b;

/**
 * The elements of a JSON array, each as soon as it is complete. "Lines" are elements here, counted from 1. Behind bytes
 * that are no JSON nobody can say where the next element begins, so the upload is refused.
 */
export class JsonArrayReader implements ContactReader {
  readonly #parser = new JSONParser({ paths: ["$.*"], keepStack: false });
  /** Only for what it throws. */
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #found: ReadLine[] = [];
  #count = 0;
  #hasBegun = false;
  /** Bytes looked at, to see the mark at the front. */
  #offset = 0;
  #bytesOfElement = 0;

  constructor() {
    this.#parser.onValue = ({ value }) => {
      this.#count++;
      this.#bytesOfElement = 0;
      this.#found.push({ line: this.#count, value });
    };
  }

  read(bytes: Uint8Array): ReadPart {
    let fault: UploadFault | undefined;
    for (let from = 0; from < bytes.length && !fault; from += SLICE_BYTES) {
      fault = this.#readSlice(bytes.subarray(from, from + SLICE_BYTES));
    }
    return this.#take(fault);
  }

  end(): ReadPart {
    if (!this.#hasBegun) return this.#take(this.#notAnArray());
    try {
      this.#decoder.decode();
      if (!this.#parser.isEnded) this.#parser.end();
    } catch {
      return this.#take(this.#malformed());
    }
    return this.#take(undefined);
  }

  #take(fault: UploadFault | undefined): ReadPart {
    const lines = this.#found;
    this.#found = [];
    return { lines, ...(fault && { fault }) };
  }

  #readSlice(bytes: Uint8Array): UploadFault | undefined {
    const rest = this.#hasBegun ? bytes : this.#skipToFirst(bytes);
    if (!this.#hasBegun && rest.length > 0) {
      if (rest[0] !== OPENING_BRACKET) return this.#notAnArray();
      this.#hasBegun = true;
    }
    this.#bytesOfElement += rest.length;
    try {
      this.#decoder.decode(rest, { stream: true });
      if (!this.#parser.isEnded) this.#parser.write(rest);
      else if (!rest.every((byte) => SPACES.has(byte))) return this.#malformed();
    } catch {
      return this.#malformed();
    }
    return this.#bytesOfElement > LINE_BYTES_MAX ? this.#tooLarge() : undefined;
  }

  /** Behind a byte order mark and spaces. */
  #skipToFirst(bytes: Uint8Array): Uint8Array {
    let skipped = 0;
    for (const byte of bytes) {
      const isOfMark = BYTE_ORDER_MARK[this.#offset] === byte;
      if (!isOfMark && !SPACES.has(byte)) break;
      this.#offset++;
      skipped++;
    }
    return bytes.subarray(skipped);
  }

  #malformed(): UploadFault {
    const line = this.#count + 1;
    const message = `Behind element ${this.#count} it is not JSON in UTF-8.`;
    return { kind: "malformed", line, error: { path: "", code: "invalid_format", message } };
  }

  #notAnArray(): UploadFault {
    const error = { path: "", code: "invalid_type", message: "must be of type array" } as const;
    return { kind: "invalid", line: 1, error };
  }

  #tooLarge(): UploadFault {
    const line = this.#count + 1;
    const message = `Element ${line} has more than ${LINE_BYTES_MAX} bytes.`;
    return { kind: "too_large", line, error: { path: "", code: "too_long", message } };
  }
}
