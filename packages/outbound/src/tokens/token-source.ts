import { createHash } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { OAuth2Auth, WorkspaceId } from "@hooklane/core";
import type { Clock, Logger } from "@hooklane/service";
import { LRUCache } from "lru-cache";
import type { SendPool } from "../sending/socket-limits.js";
import { BREAKER_OPEN, TokenBreakers } from "./token-breakers.js";
import type { IssuedToken } from "./token-answer.js";
import { type AccessToken, type NoToken, type TokenOutcome, unavailable } from "./token-outcome.js";

/** Tokens kept, the least recently used go first. */
const TOKENS_MAX = 10_000;
/** And so much of them, characters. */
const TOKEN_LENGTHS_MAX = 16 * 1024 * 1024;

/** So long before it expires a token is not used any more: for clocks that differ, and the way to the receiver. */
const MARGIN_MS = 30_000;
/** Of a short life no more than this share. */
const MARGIN_SHARE = 0.2;

/** Asks an endpoint once; how that ended, whatever happens. */
export interface AsksForToken {
  ask(credentials: OAuth2Auth, pool: SendPool, signal: AbortSignal): Promise<IssuedToken | NoToken>;
}

/** How often tokens were asked for, and how that ended. */
export interface TokenMetrics {
  readonly tokenRequests: { inc(labels: { readonly outcome: string }): void };
}

export interface TokenSourceDeps {
  readonly endpoint: AsksForToken;
  readonly clock: Clock;
  readonly metrics: TokenMetrics;
  readonly logger: Pick<Logger, "error">;
}

/** The endpoint itself failed; not its answer to these credentials, and nothing of our own side. */
const isEndpointFailure = (reply: IssuedToken | NoToken): boolean =>
  reply.kind === "failed" && reply.error === "token_unavailable";

/**
 * Tokens for webhooks with OAuth2 client credentials (product.md D12): fetched when needed, kept until shortly before
 * they expire. A token belongs to what identifies it: workspace, endpoint, client, secret, scope and audience. Who asks
 * while it is being fetched waits for the same call.
 */
export class TokenSource {
  readonly #deps: TokenSourceDeps;
  readonly #breakers = new TokenBreakers<IssuedToken | NoToken>(isEndpointFailure);
  readonly #tokens = new LRUCache<string, AccessToken>({
    max: TOKENS_MAX,
    maxSize: TOKEN_LENGTHS_MAX,
    sizeCalculation: ({ value }) => value.length,
  });
  readonly #underWay = new Map<string, Promise<TokenOutcome>>();
  /** A configuration document hands out the same object until it changes: worked out once. */
  readonly #keys = new WeakMap<OAuth2Auth, { readonly workspaceId: WorkspaceId; readonly key: string }>();
  readonly #closing = new AbortController();

  constructor(deps: TokenSourceDeps) {
    this.#deps = deps;
    // As many listen as there are requests on their way.
    setMaxListeners(0, this.#closing.signal);
  }

  /** A token that can be used now, if there is one: asked for every request, so it costs two look-ups. */
  known(workspaceId: WorkspaceId, credentials: OAuth2Auth): AccessToken | undefined {
    const token = this.#tokens.get(this.#keyOf(workspaceId, credentials));
    return token !== undefined && this.#deps.clock.now() < token.usableUntil ? token : undefined;
  }

  /** Fetches one, or waits for who is fetching it already; does not reject. */
  fetch(workspaceId: WorkspaceId, credentials: OAuth2Auth, pool: SendPool): Promise<TokenOutcome> {
    const key = this.#keyOf(workspaceId, credentials);
    let call = this.#underWay.get(key);
    if (call === undefined) {
      call = this.#fetch(key, workspaceId, credentials, pool).finally(() => this.#underWay.delete(key));
      this.#underWay.set(key, call);
    }
    return call;
  }

  /** The receiver does not take it. Only this one is forgotten, not one that was fetched meanwhile. */
  drop(workspaceId: WorkspaceId, credentials: OAuth2Auth, token: AccessToken): void {
    const key = this.#keyOf(workspaceId, credentials);
    if (this.#tokens.get(key) === token) this.#tokens.delete(key);
  }

  /** Cuts what is on its way; who waits for it is told that we did. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#underWay.values());
    this.#breakers.close();
    this.#tokens.clear();
  }

  async #fetch(
    key: string,
    workspaceId: WorkspaceId,
    credentials: OAuth2Auth,
    pool: SendPool,
  ): Promise<TokenOutcome> {
    const { clock, metrics } = this.#deps;
    let askedAt = clock.now();
    const reply = await this.#breakers.fire(`${workspaceId} ${credentials.tokenUrl}`, () => {
      askedAt = clock.now();
      return this.#ask(credentials, pool);
    });
    if (reply === BREAKER_OPEN) {
      metrics.tokenRequests.inc({ outcome: "breaker_open" });
      return unavailable("failed too often lately, not asked");
    }
    metrics.tokenRequests.inc({ outcome: toLabel(reply) });
    if (reply.kind !== "issued") return reply;
    const { value, lifetimeMs } = reply;
    const usableMs = lifetimeMs - Math.min(MARGIN_MS, lifetimeMs * MARGIN_SHARE);
    const token: AccessToken = { value, usableUntil: askedAt + usableMs };
    if (clock.now() < token.usableUntil) this.#tokens.set(key, token);
    return { kind: "token", token };
  }

  async #ask(credentials: OAuth2Auth, pool: SendPool): Promise<IssuedToken | NoToken> {
    const { endpoint, logger } = this.#deps;
    if (this.#closing.signal.aborted) return { kind: "own_fault", fault: "aborted" };
    try {
      return await endpoint.ask(credentials, pool, this.#closing.signal);
    } catch (error) {
      // A defect of ours: the line waits and asks again. The error itself may hold the request, and with it the secret.
      logger.error({ name: error instanceof Error ? error.name : typeof error }, "tokens.ask_failed");
      return { kind: "own_fault", fault: "aborted" };
    }
  }

  /** Not the credentials themselves: nobody finds them in a heap dump for that. */
  #keyOf(workspaceId: WorkspaceId, credentials: OAuth2Auth): string {
    const known = this.#keys.get(credentials);
    if (known?.workspaceId === workspaceId) return known.key;
    const { tokenUrl, clientId, clientSecret, scope, audience } = credentials;
    const parts = [workspaceId, tokenUrl, clientId, clientSecret, scope, audience];
    const key = createHash("sha256").update(JSON.stringify(parts)).digest("base64");
    this.#keys.set(credentials, { workspaceId, key });
    return key;
  }
}

function toLabel(reply: IssuedToken | NoToken): string {
  if (reply.kind !== "failed") return reply.kind;
  return reply.error === "token_refused" ? "refused" : "unavailable";
}
