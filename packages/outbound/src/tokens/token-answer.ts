import { z } from "zod";
import { type NoToken, refused, unavailable } from "./token-outcome.js";

/** What a token endpoint answered. */
export interface TokenAnswer {
  readonly statusCode: number;
  readonly body: Uint8Array;
}

/** A token as it was issued. */
export interface IssuedToken {
  readonly kind: "issued";
  readonly value: string;
  /** As the endpoint says, or {@link LIFETIME_UNKNOWN_MS}. */
  readonly lifetimeMs: number;
}

/** `expires_in` is only recommended (RFC 6749 §5.1). Short enough to notice a change, and a 401 is noticed at once. */
export const LIFETIME_UNKNOWN_MS = 300_000;
/** Longer ones are fetched anew all the same, milliseconds. */
const LIFETIME_MAX_MS = 86_400_000;
/** Receivers commonly take 8 to 16 KiB of all headers together. */
const TOKEN_LENGTH_MAX = 8_192;

/** The codes of RFC 6749 §5.2. Others are not shown: nobody knows what stands in them. */
const ERROR_CODES = [
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_scope",
] as const;

const success = z.object({
  access_token: z
    .string()
    .max(TOKEN_LENGTH_MAX)
    .regex(/^[\x21-\x7e]+$/),
  // Some send it as text.
  expires_in: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,12}$/)
        .transform(Number),
    ])
    .optional(),
});
const tokenType = z.object({ token_type: z.string().regex(/^bearer$/i) });
const failure = z.object({ error: z.enum(ERROR_CODES) });

/**
 * Reads an answer (RFC 6749 §5). A status that asks to come again, and any fault of the server, says nothing about the
 * credentials: `token_unavailable`. Everything else that is not a token is a refusal. What it says goes to the user's log
 * in the words of the RFC, never in its own: they may hold what is secret.
 */
export function readTokenAnswer({ statusCode, body }: TokenAnswer): IssuedToken | NoToken {
  if (statusCode >= 500 || statusCode === 408 || statusCode === 429)
    return unavailable(`status ${statusCode}`);
  const json = parseJson(body);
  if (statusCode < 200 || statusCode > 299) {
    const known = failure.safeParse(json);
    return refused(known.success ? `status ${statusCode}, ${known.data.error}` : `status ${statusCode}`);
  }
  if (json === undefined) return refused("the answer is not JSON");
  if (!tokenType.safeParse(json).success) return refused("the answer's token_type is not bearer");
  const issued = success.safeParse(json);
  if (!issued.success) {
    const field = String(issued.error.issues[0]?.path[0] ?? "access_token");
    return refused(`the answer's ${field} cannot be used`);
  }
  const { access_token: value, expires_in: seconds } = issued.data;
  const lifetimeMs =
    seconds === undefined ? LIFETIME_UNKNOWN_MS : Math.min(LIFETIME_MAX_MS, Math.max(0, seconds * 1000));
  return { kind: "issued", value, lifetimeMs };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString()) as unknown;
  } catch {
    return undefined;
  }
}
