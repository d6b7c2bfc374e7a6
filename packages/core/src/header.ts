/** Limits of a webhook's own headers; receivers commonly take 8 to 16 KiB of all headers together. */
export const HEADER_COUNT_MAX = 20;
/** All names and values together, bytes. */
export const HEADER_BYTES_MAX = 8 * 1024;

/** Why a header cannot be sent. The codes are those of the field errors of the API. */
export interface HeaderFault {
  readonly code: "invalid_header_name" | "invalid_header_value" | "reserved_header";
}

/** RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Visible ASCII and obs-text, white space only inside (RFC 9110 §5.5): nothing that could end the line. */
const VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;

/** Set by us, or about the connection, or about how the body is framed and encoded. */
const RESERVED = new Set([
  "__proto__",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "expect",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
]);

/** Checks one header a user wants sent with every request (product.md D12). */
export function checkHeader(name: string, value: string): HeaderFault | undefined {
  if (!TOKEN.test(name)) return { code: "invalid_header_name" };
  const lower = name.toLowerCase();
  if (RESERVED.has(lower) || lower.startsWith("webhook-")) return { code: "reserved_header" };
  return VALUE.test(value) ? undefined : { code: "invalid_header_value" };
}

/** Bytes of headers on the wire: name, colon, space, value, line end. Values are Latin-1, one byte a character. */
export const headerBytes = (headers: Readonly<Record<string, string>>): number =>
  Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);

/** A name that stands twice, in whatever case: receivers would join, drop or refuse them. */
export function findRepeatedHeader(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => {
    const lower = name.toLowerCase();
    const isRepeated = seen.has(lower);
    seen.add(lower);
    return isRepeated;
  });
}
