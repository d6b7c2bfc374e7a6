import { createdWebhook, rotateSecret } from "@hooklane/contracts";
import { asWebhookId, rotateSecrets } from "@hooklane/core";
import type { WebhookRepository } from "@hooklane/store";
import { type Answer, moved, notFound, ok, refusal, toEtag } from "../http/answer.js";
import { type Operation, type WorkspaceCall, workspaceOperation } from "../http/operation.js";
import { retryMoved } from "../http/retry-moved.js";
import { newWebhookSecret } from "../secrets.js";
import { toWebhookAnswer } from "./webhook-answer.js";

const HOUR_MS = 3_600_000;

export interface RotateSecretOptions {
  readonly webhooks: WebhookRepository;
  readonly now: () => Date;
}

/** `POST /v1/webhooks/{id}/rotate-secret` (product.md D10). Queue, generation and status stay as they are. */
export function rotateSecretOperation(options: RotateSecretOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/webhooks/{id}/rotate-secret",
    operationId: "rotateWebhookSecret",
    tag: "Webhooks",
    summary: "Sign with a new secret; the one before signs too until the overlap is over",
    access: "write",
    body: rotateSecret,
    isConditional: true,
    success: {
      status: 200,
      description: "The webhook and its new secret, shown this once",
      body: createdWebhook,
    },
    problems: ["not_found", "conflict", "precondition_failed"],
    handle: (call) => retryMoved(call.expectedVersion, () => rotate(options, call)),
  });
}

async function rotate(
  { webhooks, now }: RotateSecretOptions,
  { workspaceId, params, body, expectedVersion }: WorkspaceCall<unknown, { readonly overlapHours: number }>,
): Promise<Answer> {
  const id = asWebhookId(params.id ?? "");
  const current = await webhooks.find(id);
  if (current?.workspaceId !== workspaceId || current.deletedAt) return notFound("webhook");
  if (expectedVersion !== undefined && expectedVersion !== current.version)
    return moved("webhook", current.version);
  const at = now();
  const secret = newWebhookSecret();
  const rotation = rotateSecrets(current.secrets, secret, at, body.overlapHours * HOUR_MS);
  if (rotation.kind === "too_many") {
    return refusal(
      "conflict",
      `Too many older secrets still sign: rotate again after ${rotation.until.toISOString()}, or end all of them with overlapHours 0.`,
    );
  }
  const { secrets } = rotation;
  // Worked out from what was read, so it counts only for that version.
  const expected = { workspaceId, version: current.version };
  const outcome = await webhooks.change(
    id,
    expected,
    (webhook) => ({ webhook: { ...webhook, secrets } }),
    at,
  );
  switch (outcome.kind) {
    case "changed": {
      const { webhook, control } = outcome;
      return { ...ok({ ...toWebhookAnswer(webhook), secret }, { etag: toEtag(webhook.version) }), control };
    }
    case "moved":
      return moved("webhook", outcome.webhook.version);
    case "not_found":
      return notFound("webhook");
    case "unchanged":
    case "line_shared":
      throw new Error(`A rotation cannot end in ${outcome.kind}`);
  }
}
