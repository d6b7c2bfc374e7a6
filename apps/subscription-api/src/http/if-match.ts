/** What `If-Match` asks for. */
export type IfMatch =
  | { readonly kind: "any" }
  | { readonly kind: "version"; readonly version: number }
  /** No version of ours looks like that. */
  | { readonly kind: "never" };

/** Reads `If-Match` (RFC 9110 §13.1.1): one strong entity tag of ours, or `*`. */
export function readIfMatch(header: string | undefined): IfMatch {
  if (header === undefined || header.trim() === "*") return { kind: "any" };
  const version = /^"(\d{1,15})"$/.exec(header.trim())?.[1];
  return version === undefined ? { kind: "never" } : { kind: "version", version: Number(version) };
}
