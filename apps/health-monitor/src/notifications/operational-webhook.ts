import { createHmac } from "node:crypto";
import { type DestinationPolicy, formatSignatures, parseSecret, signedContentPrefix } from "@hooklane/core";
import type { DisabledNotice } from "@hooklane/store";
import got, { type Got } from "got";
import { createDestinationLookup } from "./destination-lookup.js";

export interface OperationalTarget {
  readonly url: string;
  /** `whsec_…`. */
  readonly secret: string;
}

/** What is posted. The form is that of Standard Webhooks: `type`, `timestamp`, `data`. */
export interface OperationalEvent {
  /** Constant over repeats. */
  readonly id: string;
  readonly type: "webhook.disabled";
  readonly timestamp: string;
  readonly data: object;
}

export type CallOutcome = { readonly kind: "sent" } | { readonly kind: "failed"; readonly detail: string };

export interface OperationalCallerOptions {
  readonly destinations: DestinationPolicy;
  readonly userAgent: string;
  /** For the whole call, milliseconds. Default 5,000. */
  readonly timeLimitMs?: number;
}

/** Tells a workspace's own systems (product.md D6): signed, checked against O6, redirects not followed. */
export class OperationalCaller {
  readonly #got: Got;
  readonly #destinations: DestinationPolicy;

  constructor({ destinations, userAgent, timeLimitMs = 5_000 }: OperationalCallerOptions) {
    this.#destinations = destinations;
    this.#got = got.extend({
      method: "POST",
      headers: { "user-agent": userAgent, "content-type": "application/json" },
      timeout: { request: timeLimitMs },
      retry: { limit: 0 },
      followRedirect: false,
      throwHttpErrors: false,
      dnsLookup: createDestinationLookup(destinations) as never,
    });
  }

  /** @param at the time signed, which receivers compare with their clock */
  async call(target: OperationalTarget, event: OperationalEvent, at: Date): Promise<CallOutcome> {
    if (!this.#destinations.checkHost(new URL(target.url).hostname).allowed) {
      return { kind: "failed", detail: "destination_refused" };
    }
    const secret = parseSecret(target.secret);
    if (!secret.ok) return { kind: "failed", detail: `secret ${secret.fault}` };
    const body = JSON.stringify(event);
    try {
      const statusCode = await this.#post(target.url, body, sign(secret.key, event.id, body, at));
      return statusCode >= 200 && statusCode < 300
        ? { kind: "sent" }
        : { kind: "failed", detail: `status ${statusCode}` };
    } catch (error) {
      const { code, name } = error as { readonly code?: string; readonly name: string };
      return { kind: "failed", detail: code ?? name };
    }
  }

  /** Reads the status line only: what else is answered is of no use, and may have no end. */
  #post(url: string, body: string, headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = this.#got.stream.post(url, { body, headers });
      request.once("response", ({ statusCode }: { readonly statusCode: number }) => {
        resolve(statusCode);
        request.destroy();
      });
      // More than one may come; the first decides.
      request.on("error", reject);
      request.resume();
    });
  }
}

export function toOperationalEvent(entryId: string, notice: DisabledNotice): OperationalEvent {
  const { workspaceId, webhook, reason, at, errorCounts, lastError } = notice;
  return {
    id: `msg_${entryId.replace(/[^\w]/g, "_")}`,
    type: "webhook.disabled",
    timestamp: at.toISOString(),
    data: {
      workspaceId,
      webhookId: webhook.id,
      name: webhook.name,
      url: webhook.url,
      reason,
      errors: errorCounts,
      ...(lastError && { lastError }),
    },
  };
}

function sign(key: Uint8Array, id: string, body: string, at: Date): Record<string, string> {
  const seconds = Math.floor(at.getTime() / 1000);
  const mac = createHmac("sha256", key)
    .update(signedContentPrefix(id, seconds))
    .update(body)
    .digest("base64");
  return {
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": formatSignatures([mac]),
  };
}
