import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { LookupFunction } from "node:net";
import type { DestinationPolicy, OAuth2Auth } from "@hooklane/core";
import { VERSION } from "@hooklane/request";
import got, { type Got, type Request } from "got";
import { DestinationRefused } from "../sending/destination-refused.js";
import type { TokenAnswer } from "./token-answer.js";

/** More of an answer is not read: tokens are small. One that is cut is no JSON any more, bytes. */
const BODY_BYTES_MAX = 64 * 1024;

export interface TokenRequestOptions {
  readonly policy: DestinationPolicy;
  /** Resolves names, and refuses what the policy does. */
  readonly lookup: LookupFunction;
  /** For the whole call, milliseconds. */
  readonly timeoutMs: number;
}

/** Asks a token endpoint for a token, once. */
export class TokenRequest {
  readonly #policy: DestinationPolicy;
  readonly #got: Got;

  constructor({ policy, lookup, timeoutMs }: TokenRequestOptions) {
    this.#policy = policy;
    this.#got = got.extend({
      method: "POST",
      headers: { "user-agent": `Hooklane/${VERSION}`, accept: "application/json" },
      timeout: { request: timeoutMs },
      retry: { limit: 0 },
      followRedirect: false,
      throwHttpErrors: false,
      // A body that unfolds is not read.
      decompress: false,
      dnsLookup: lookup as never,
      // Of our own, and nothing is kept: a token is asked for once in minutes.
      agent: { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) },
    });
  }

  /**
   * Client credentials (RFC 6749 §4.4), authenticated by HTTP Basic with both parts form-encoded (§2.3.1).
   *
   * @throws whatever the network or our policy has against it; the error holds the request: never log it
   */
  async send(credentials: OAuth2Auth, signal: AbortSignal): Promise<TokenAnswer> {
    const { tokenUrl, clientId, clientSecret, scope, audience } = credentials;
    // Addresses in the URL itself never come to the lookup (product.md O6).
    const verdict = this.#policy.checkHost(new URL(tokenUrl).hostname);
    if (!verdict.allowed) throw new DestinationRefused(verdict.reason);
    const basic = Buffer.from(`${formEncode(clientId)}:${formEncode(clientSecret)}`).toString("base64");
    const request = this.#got.stream.post(tokenUrl, {
      headers: { authorization: `Basic ${basic}` },
      form: {
        grant_type: "client_credentials",
        ...(scope !== undefined && { scope }),
        ...(audience !== undefined && { audience }),
      },
      signal,
    });
    try {
      return await readAnswer(request);
    } finally {
      request.destroy();
    }
  }
}

/** One value in `application/x-www-form-urlencoded`. */
const formEncode = (value: string): string => new URLSearchParams({ v: value }).toString().slice("v=".length);

function readAnswer(request: Request): Promise<TokenAnswer> {
  return new Promise((resolve, reject) => {
    let statusCode = 0;
    let bytes = 0;
    const chunks: Buffer[] = [];
    request.once("response", (response: { readonly statusCode: number }) => {
      statusCode = response.statusCode;
    });
    const end = () => resolve({ statusCode, body: Buffer.concat(chunks) });
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk.subarray(0, BODY_BYTES_MAX - bytes));
      bytes += chunk.length;
      if (bytes > BODY_BYTES_MAX) end();
    });
    request.once("end", end);
    // More than one may come; the first decides.
    request.on("error", reject);
  });
}
