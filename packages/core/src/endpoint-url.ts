/** Why a text is no URL to send to. */
export type EndpointUrlFault = "invalid_url" | "url_credentials" | "url_fragment";

export type NormalisedUrl =
  { readonly ok: true; readonly url: string } | { readonly ok: false; readonly fault: EndpointUrlFault };

/** URLs are at most this long, before and after being normalised. */
export const URL_LENGTH_MAX = 2048;

/** White space, control characters, halves of characters: parsers drop or replace some, and then two of them disagree. */

const UNSEEN = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufeff]|\p{Surrogate}/u;
const ABSOLUTE = /^https?:\/\/[^/\\?#]/i;
const AUTHORITY = /^https?:\/\/([^/\\?#]*)/i;

/**
 * The normalised form of a URL (product.md D14), which names the endpoint: lower-case scheme and host (punycode),
 * default port dropped, dot segments resolved, an empty path is `/`. The query stays byte for byte; only characters
 * outside of ASCII become percent-encoded UTF-8, as they cannot stand in a request line.
 *
 * Idempotent: a normalised URL is its own normalised form.
 */
export function normaliseUrl(text: string): NormalisedUrl {
  if (text.length > URL_LENGTH_MAX || UNSEEN.test(text)) return refused("invalid_url");
  if (!ABSOLUTE.test(text)) return refused("invalid_url");
  if (text.includes("#")) return refused("url_fragment");
  if (AUTHORITY.exec(text)?.[1]?.includes("@")) return refused("url_credentials");
  const { beforeQuery, query } = splitQuery(text);
  // Some parsers take a backslash for a slash, some do not.
  if (beforeQuery.includes("\\") || !URL.canParse(beforeQuery)) return refused("invalid_url");
  const parsed = new URL(beforeQuery);
  const url = `${parsed.protocol}//${parsed.host}${parsed.pathname}${encodeNonAscii(query)}`;
  return url.length > URL_LENGTH_MAX ? refused("invalid_url") : { ok: true, url };
}

/** Where to connect and what to put on the request line for a normalised URL. */
export interface RequestTarget {
  /** `https://example.org:8443` */
  readonly origin: string;
  /** Host name or address without brackets. */
  readonly hostname: string;
  /** Path and query as they stand in the URL. A URL parser would encode the query anew: do not use one. */
  readonly path: string;
}

/** Takes a normalised URL apart. */
export function toRequestTarget(normalised: string): RequestTarget {
  const pathStart = normalised.indexOf("/", normalised.indexOf("//") + 2);
  const origin = normalised.slice(0, pathStart);
  const hostname = new URL(origin).hostname.replace(/^\[|\]$/g, "");
  return { origin, hostname, path: normalised.slice(pathStart) };
}

const refused = (fault: EndpointUrlFault): NormalisedUrl => ({ ok: false, fault });

/** `query` with its question mark; empty when there is none. */
function splitQuery(text: string): { readonly beforeQuery: string; readonly query: string } {
  const start = text.indexOf("?");
  return start === -1
    ? { beforeQuery: text, query: "" }
    : { beforeQuery: text.slice(0, start), query: text.slice(start) };
}

const encodeNonAscii = (text: string): string =>
  text.replace(/[^\u0000-\u007f]+/gu, (characters) => encodeURIComponent(characters));
