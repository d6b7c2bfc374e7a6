import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { LookupFunction } from "node:net";
import type { DestinationPolicy } from "@hooklane/core";
import { VERSION } from "@hooklane/request";
import got, { type Got, type Request } from "got";
import { DestinationRefused } from "./connecting/destination-refused.js";

export interface GuardedPostOptions {
  readonly policy: DestinationPolicy;
  /** Resolves names, and refuses what the policy does. */
  readonly lookup: LookupFunction;
  /** For the whole call, milliseconds. */
  readonly timeoutMs: number;
  /** More of an answer is not read, bytes; 0: the status line is all that is waited for. */
  readonly bodyBytesMax: number;
}

/** What is posted. */
export interface PostContent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** As `application/x-www-form-urlencoded`, instead of `body`. */
  readonly form?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** What was answered; `body` is cut at the limit. */
export interface PostAnswer {
  readonly statusCode: number;
  readonly body: Uint8Array;
}

/**
 * Posts to an address a user named, seldom: a connection of its own each time. One try, redirects not followed, addresses
 * judged when connecting (product.md O6).
 */
export class GuardedPost {
  readonly #policy: DestinationPolicy;
  readonly #bodyBytesMax: number;
  readonly #got: Got;

  constructor({ policy, lookup, timeoutMs, bodyBytesMax }: GuardedPostOptions) {
    this.#policy = policy;
    this.#bodyBytesMax = bodyBytesMax;
    this.#got = got.extend({
      method: "POST",
      headers: { "user-agent": `Hooklane/${VERSION}` },
      timeout: { request: timeoutMs },
      retry: { limit: 0 },
      followRedirect: false,
      throwHttpErrors: false,
      // A body that unfolds is not read.
      decompress: false,
      dnsLookup: lookup as never,
      agent: { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) },
    });
  }

  /** @throws whatever the network or our policy has against it; the error holds the request: never log it */
  async send(url: string, content: PostContent): Promise<PostAnswer> {
    // Addresses in the URL itself never come to the lookup.
    const verdict = this.#policy.checkHost(new URL(url).hostname);
    if (!verdict.allowed) throw new DestinationRefused(verdict.reason);
    const request = this.#got.stream.post(url, { ...content });
    try {
      return await readAnswer(request, this.#bodyBytesMax);
    } finally {
      request.destroy();
    }
  }
}

function readAnswer(request: Request, bytesMax: number): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    let statusCode = 0;
    let bytes = 0;
    const chunks: Buffer[] = [];
    const end = () => resolve({ statusCode, body: Buffer.concat(chunks) });
    request.once("response", (response: { readonly statusCode: number }) => {
      statusCode = response.statusCode;
      if (bytesMax === 0) end();
    });
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk.subarray(0, bytesMax - bytes));
      bytes += chunk.length;
      if (bytes > bytesMax) end();
    });
    request.once("end", end);
    // More than one may come; the first decides.
    request.on("error", reject);
  });
}
