import { isSignedWith, parseVerificationKey, readSignatures } from "./verification-key.js";

/** What is wrong with a request, or with how it was handed over. */
export type VerificationFault =
  /** `webhook-id`, `webhook-timestamp` or `webhook-signature` is not there. */
  | "missing_header"
  /** One is there and unreadable, or there twice. */
  | "invalid_header"
  | "timestamp_too_old"
  | "timestamp_too_new"
  /** Someone else signed, or the bytes are not those that were signed. */
  | "no_matching_signature"
  /** Not the sender's fault: a key is neither `whsec_` and 24 to 64 bytes in base64, nor `whpk_` and 32. */
  | "invalid_secret"
  /** Not the sender's fault: the payload is neither text nor bytes; was it parsed already? */
  | "invalid_payload";

/** A request that must not be trusted. Answer 401 to it, or 500 where the fault is the receiver's own. */
export class WebhookVerificationError extends Error {
  override readonly name = "WebhookVerificationError";

  constructor(
    readonly code: VerificationFault,
    message: string,
  ) {
    super(message);
  }
}

/** Headers as `fetch` gives them, or as Node's `request.headers` does. Names in any case. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface VerifyOptions {
  /** How far `webhook-timestamp` may be from now, both ways, seconds (default 300). */
  readonly toleranceSeconds?: number;
  /** Default: now. */
  readonly now?: Date;
}

/** A request whose sender had the secret, or the private key. */
export interface Verified {
  /** `webhook-id`: the same at every retry, so receivers drop repeats by it. */
  readonly id: string;
  /** When this attempt was sent. */
  readonly sentAt: Date;
  /** Exactly the bytes that were signed. */
  readonly bytes: Uint8Array;
  /** The body: an event, or an array of them. @throws SyntaxError when it is not JSON */
  json(): unknown;
}

const TOLERANCE_SECONDS = 300;

/**
 * Checks that a request came from whoever has the secret, unchanged and just now (Standard Webhooks, symmetric scheme `v1`
 * and asymmetric `v1a`; product.md D10). Runs wherever there is Web Crypto: Node, browsers, workers. A signature counts
 * for keys of its own scheme only.
 *
 * ```ts
 * const { id, json } = await verify(await request.text(), request.headers, process.env.WEBHOOK_SECRET);
 * ```
 *
 * @param payload the body exactly as it came; text is taken as its UTF-8 bytes
 * @param keys `whsec_…` or `whpk_…`; several while they rotate, any of them will do. Never take one from the request
 * @throws WebhookVerificationError (as a rejection: await it, and take the body from what it gives); for `whpk_…` also
 *   DOMException where Web Crypto has no Ed25519
 */
export async function verify(
  payload: string | Uint8Array,
  headers: WebhookHeaders,
  keys: string | readonly string[],
  { toleranceSeconds = TOLERANCE_SECONDS, now = new Date() }: VerifyOptions = {},
): Promise<Verified> {
  const bytes = toBytes(payload);
  const parsed = (typeof keys === "string" ? [keys] : keys).map(toKey);
  if (parsed.length === 0) throw new WebhookVerificationError("invalid_secret", "No key was given");
  const id = readHeader(headers, "webhook-id");
  const timestamp = readHeader(headers, "webhook-timestamp");
  const given = readHeader(headers, "webhook-signature");
  const sentAt = checkTimestamp(timestamp, now, toleranceSeconds);

  const signed = concatenate(new TextEncoder().encode(`${id}.${timestamp}.`), bytes);
  let isSigned = false;
  // Every key is tried, whatever the ones before it were.
  for (const key of parsed)
    isSigned = (await isSignedWith(key, readSignatures(given, key), signed)) || isSigned;
  if (!isSigned) {
    throw new WebhookVerificationError(
      "no_matching_signature",
      "No signature fits: another key, or not the bytes that were sent",
    );
  }
  return { id, sentAt, bytes, json: () => JSON.parse(new TextDecoder().decode(bytes)) as unknown };
}

function toBytes(payload: unknown): Uint8Array<ArrayBuffer> {
  if (typeof payload === "string") return new TextEncoder().encode(payload);
  // Copied: what is checked here stays what is handed on. Not `instanceof`, which fails across realms.
  if (ArrayBuffer.isView(payload) && Object.prototype.toString.call(payload) === "[object Uint8Array]") {
    return Uint8Array.from(payload as Uint8Array);
  }
  throw new WebhookVerificationError(
    "invalid_payload",
    "Give the body as it came, as text or bytes; once parsed, what was signed is lost",
  );
}

function toKey(text: string) {
  const key = parseVerificationKey(text);
  if (key) return key;
  throw new WebhookVerificationError(
    "invalid_secret",
    "A key is whsec_ and 24 to 64 bytes in base64, or whpk_ and 32",
  );
}

function readHeader(headers: WebhookHeaders, name: string): string {
  const found = valuesOf(headers, name);
  const [value, ...others] = found;
  if (value === undefined || value === "") {
    throw new WebhookVerificationError("missing_header", `The request has no ${name}`);
  }
  if (others.length > 0) {
    throw new WebhookVerificationError("invalid_header", `The request has ${name} more than once`);
  }
  return value;
}

function valuesOf(headers: WebhookHeaders, name: string): readonly string[] {
  if (isHeaders(headers)) {
    const value = headers.get(name);
    return value === null ? [] : [value];
  }
  return Object.entries(headers)
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => value ?? []);
}

const isHeaders = (headers: WebhookHeaders): headers is Headers => typeof headers.get === "function";

function checkTimestamp(text: string, now: Date, toleranceSeconds: number): Date {
  if (!/^(?:0|[1-9]\d{0,11})$/.test(text)) {
    throw new WebhookVerificationError("invalid_header", "webhook-timestamp is not a number of seconds");
  }
  const seconds = Number(text);
  const ageSeconds = Math.floor(now.getTime() / 1_000) - seconds;
  // Asked so that what is no number refuses.
  if (!(ageSeconds <= toleranceSeconds)) {
    throw new WebhookVerificationError("timestamp_too_old", `The request was sent ${ageSeconds} s ago`);
  }
  if (!(-ageSeconds <= toleranceSeconds)) {
    throw new WebhookVerificationError("timestamp_too_new", `The request is dated ${-ageSeconds} s ahead`);
  }
  return new Date(seconds * 1_000);
}

function concatenate(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
