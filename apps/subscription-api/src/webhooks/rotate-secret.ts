import { createdWebhook, rotateSecret } from "@hooklane/contracts";
import { asWebhookId, signatureSchemeOf } from "@hooklane/core";
import type { WebhookRepository } from "@hooklane/store";
import { type Answer, moved, notFound, ok, toEtag } from "../http/answer.js";
import { type Operation, type WorkspaceCall, workspaceOperation } from "../http/operation.js";
import { rotate } from "./signing.js";
import { toWebhookAnswer } from "./webhook-answer.js";

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
      description: "The webhook and its new secret, shown this once; of ed25519 its new public key",
      body: createdWebhook,
    },
    problems: ["not_found", "conflict", "precondition_failed"],
    handle: (call) => rotateOne(options, call),
  });
}

async function rotateOne(
  { webhooks, now }: RotateSecretOptions,
  { workspaceId, params, body, expectedVersion }: WorkspaceCall<unknown, { readonly overlapHours: number }>,
): Promise<Answer> {
  const id = asWebhookId(params.id ?? "");
  const current = await webhooks.find(id);
  if (current?.workspaceId !== workspaceId || current.deletedAt) return notFound("webhook");
  if (expectedVersion !== undefined && expectedVersion !== current.version)
    return moved("webhook", current.version);
  const at = now();
  const rotated = rotate(current, signatureSchemeOf(current.secrets), at, body.overlapHours);
  if (!rotated.ok) return rotated.refusal;
  const { secrets, shown } = rotated;
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
      const answer = ok({ ...toWebhookAnswer(webhook, at), ...shown }, { etag: toEtag(webhook.version) });
      return { ...answer, controls: [control] };
    }
    case "moved":
      return moved("webhook", outcome.webhook.version);
    case "not_found":
      return notFound("webhook");
    case "unchanged":
      throw new Error(`A rotation cannot end in ${outcome.kind}`);
  }
}
