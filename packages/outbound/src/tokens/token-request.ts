import type { OAuth2Auth } from "@hooklane/core";
import { GuardedPost, type GuardedPostOptions } from "../guarded-post.js";
import type { TokenAnswer } from "./token-answer.js";

/** More of an answer is not read: tokens are small. One that is cut is no JSON any more, bytes. */
const BODY_BYTES_MAX = 64 * 1024;

/** Asks a token endpoint for a token, once. A connection is not kept: a token is asked for once in minutes. */
export class TokenRequest {
  readonly #post: GuardedPost;

  constructor(options: Omit<GuardedPostOptions, "bodyBytesMax">) {
    this.#post = new GuardedPost({ ...options, bodyBytesMax: BODY_BYTES_MAX });
  }

  /**
   * Client credentials (RFC 6749 §4.4), authenticated by HTTP Basic with both parts form-encoded (§2.3.1).
   *
   * @throws whatever the network or our policy has against it; the error holds the request: never log it
   */
  send(credentials: OAuth2Auth, signal: AbortSignal): Promise<TokenAnswer> {
    const { tokenUrl, clientId, clientSecret, scope, audience } = credentials;
    const basic = Buffer.from(`${formEncode(clientId)}:${formEncode(clientSecret)}`).toString("base64");
    return this.#post.send(tokenUrl, {
      headers: { accept: "application/json", authorization: `Basic ${basic}` },
      form: {
        grant_type: "client_credentials",
        ...(scope !== undefined && { scope }),
        ...(audience !== undefined && { audience }),
      },
      signal,
    });
  }
}

/** One value in `application/x-www-form-urlencoded`. */
const formEncode = (value: string): string => new URLSearchParams({ v: value }).toString().slice("v=".length);
