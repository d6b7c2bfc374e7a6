import { isUtf8 } from "node:buffer";
import { invalid, type DecodeLimits, type DecodeOutcome } from "./outcome.js";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Parses JSON text within limits; the depth is checked before parsing, on the bytes. */
export function decodeJson(bytes: Buffer, limits: DecodeLimits): DecodeOutcome {
  if (bytes.byteLength > limits.jsonBytesMax) {
    return invalid("too_large", `${bytes.byteLength} bytes, more than ${limits.jsonBytesMax}`);
  }
  if (!isUtf8(bytes)) return invalid("not_utf8", "The value is not UTF-8 text");
  if (isDeeperThan(bytes, limits.depthMax))
    return invalid("too_deep", `Nested deeper than ${limits.depthMax}`);
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return { kind: "json", value };
  } catch {
    // The parser's message quotes the payload; it must not reach logs (style.md §8).
    return invalid("malformed_json", "The value is not JSON");
  }
}

/** Counts open brackets outside of strings; exact for valid JSON, good enough to protect the parser from the rest. */
function isDeeperThan(bytes: Uint8Array, depthMax: number): boolean {
  let depth = 0;
  let isString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (isString) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) isString = false;
    } else if (byte === QUOTE) isString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > depthMax) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return false;
}
