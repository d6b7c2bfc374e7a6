import { createHmac } from "node:crypto";
import { formatSignatures, parseSecret, signedContentPrefix } from "@hooklane/core";
import { DESTINATION_REFUSED, type GuardedPost } from "@hooklane/outbound";
import type { DisabledNotice } from "@hooklane/store";

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

/** Tells a workspace's own systems (product.md D6): signed, checked against O6, redirects not followed. */
export class OperationalCaller {
  readonly #post: Pick<GuardedPost, "send">;

  /** @param post waits for the status line only: what else is answered is of no use, and may have no end */
  constructor(post: Pick<GuardedPost, "send">) {
    this.#post = post;
  }

  /** @param at the time signed, which receivers compare with their clock */
  async call(target: OperationalTarget, event: OperationalEvent, at: Date): Promise<CallOutcome> {
    const secret = parseSecret(target.secret);
    if (!secret.ok) return { kind: "failed", detail: `secret ${secret.fault}` };
    const body = JSON.stringify(event);
    const headers = { "content-type": "application/json", ...sign(secret.key, event.id, body, at) };
    try {
      const { statusCode } = await this.#post.send(target.url, { body, headers });
      return statusCode >= 200 && statusCode < 300
        ? { kind: "sent" }
        : { kind: "failed", detail: `status ${statusCode}` };
    } catch (error) {
      const { code, name } = error as { readonly code?: string; readonly name: string };
      return {
        kind: "failed",
        detail: code === DESTINATION_REFUSED ? "destination_refused" : (code ?? name),
      };
    }
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
    "webhook-signature": formatSignatures([{ scheme: "hmac-sha256", base64: mac }]),
  };
}
