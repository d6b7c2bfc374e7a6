import {
  createWebhook,
  createdWebhook,
  patchWebhook,
  webhook as webhookSchema,
  webhookList,
  webhookListQuery,
} from "@hooklane/contracts";
import { asWebhookId } from "@hooklane/core";
import { type AudienceRepository, type JourneyRepository, type WebhookRepository } from "@hooklane/store";
import { type Answer, created, invalid, moved, noContent, notFound, ok, toEtag } from "../http/answer.js";
import { listByKey } from "../http/list.js";
import { type Operation, type WorkspaceCall, workspaceOperation } from "../http/operation.js";
import { newEndpointId, newWebhookId } from "../ids.js";
import type { PlanGate } from "../plans/plan-gate.js";
import { newSigningSecret } from "../secrets.js";
import { findWebhook } from "./find-webhook.js";
import { toInitialStatus } from "./initial-status.js";
import { rotateSecretOperation } from "./rotate-secret.js";
import { toShownSecret } from "./signing.js";
import { whyNotHere } from "./triggered-guard.js";
import { toWebhookAnswer } from "./webhook-answer.js";
import { planChange } from "./webhook-change.js";
import { checkWebhook, type WebhookChecksOptions } from "./webhook-checks.js";
import { patchWebhookBody, toNewWebhook, toPlace, withStatus } from "./webhook-edit.js";
import { toAnswer, toControls } from "./webhook-outcome.js";
import { webhookSwitchOperations } from "./webhook-switch-operations.js";

const tag = "Webhooks";

export interface WebhookOperationsOptions extends WebhookChecksOptions {
  readonly audiences: Pick<AudienceRepository, "find">;
  readonly webhooks: WebhookRepository;
  readonly journeys: Pick<JourneyRepository, "whileActive">;
  readonly plans: PlanGate;
  readonly now: () => Date;
}

export function webhookOperations(options: WebhookOperationsOptions): readonly Operation[] {
  return [
    create(options),
    list(options),
    getOne(options),
    patch(options),
    deleteOne(options),
    ...webhookSwitchOperations(options),
    rotateSecretOperation(options),
  ];
}

function create(options: WebhookOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/webhooks",
    operationId: "createWebhook",
    tag,
    summary: "Make a webhook; an event sent after the answer meets it",
    access: "write",
    body: createWebhook,
    success: {
      status: 201,
      description: "The webhook and its secret, shown this once; of ed25519 its public key",
      body: createdWebhook,
    },
    problems: ["plan_upgrade_required"],
    handle: async ({ workspaceId, body }) => {
      const refused = await options.plans.whyNotMade(workspaceId, body);
      if (refused) return refused;
      const errors = await checkWebhook(options, workspaceId, body);
      if (errors.length > 0) return invalid(errors);
      const at = options.now();
      const secret = newSigningSecret(body.signatureScheme);
      const status = await toInitialStatus(options.plans, workspaceId, body);
      const { webhook, control } = await options.webhooks.create(
        toNewWebhook(body, { id: newWebhookId(), workspaceId, status, secret, at }),
        toPlace(body.url, newEndpointId()),
      );
      const shown = { ...toWebhookAnswer(webhook, at), ...toShownSecret(secret) };
      const answer = created(shown, { etag: toEtag(webhook.version) });
      return { ...answer, controls: [control] };
    },
  });
}

function list({ webhooks, now }: WebhookOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/webhooks",
    operationId: "listWebhooks",
    tag,
    summary: "List webhooks, oldest first",
    access: "read",
    query: webhookListQuery,
    success: { status: 200, description: "Webhooks", body: webhookList },
    problems: ["invalid_cursor"],
    handle: async ({ workspaceId, query: { kind, status, search, ...query } }) =>
      listByKey(
        query,
        ({ after, limit }) => {
          const page = { limit, ...(after !== undefined && { after: asWebhookId(after) }) };
          return webhooks.list(workspaceId, page, {
            ...(kind && { kind }),
            ...(status && { status }),
            ...(search !== undefined && { search }),
          });
        },
        { keyOf: ({ _id }) => _id, toAnswer: (webhook) => toWebhookAnswer(webhook, now()) },
      ),
  });
}

function getOne({ webhooks, now }: WebhookOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/webhooks/{id}",
    operationId: "getWebhook",
    tag,
    summary: "Read a webhook",
    access: "read",
    success: { status: 200, description: "The webhook", body: webhookSchema },
    problems: ["not_found"],
    handle: async ({ workspaceId, params }) => {
      const webhook = await findWebhook(webhooks, workspaceId, params.id);
      if (!webhook) return notFound("webhook");
      return ok(toWebhookAnswer(webhook, now()), { etag: toEtag(webhook.version) });
    },
  });
}

function patch(options: WebhookOperationsOptions): Operation {
  return workspaceOperation({
    method: "patch",
    path: "/v1/webhooks/{id}",
    operationId: "patchWebhook",
    tag,
    summary:
      "Change a webhook; a changed URL applies to what is queued too. Where another webhook shares its line, or the new URL has one, an active webhook moves there as `recovering`: order across the two lines is not promised",
    access: "write",
    body: patchWebhook,
    isBodyChecked: false,
    isConditional: true,
    success: {
      status: 200,
      description: "The webhook as it is now, and its new secret where the signature scheme changed",
      body: createdWebhook,
    },
    problems: ["not_found", "plan_upgrade_required", "conflict", "precondition_failed"],
    handle: (call) => patchOne(options, call),
  });
}

async function patchOne(
  options: WebhookOperationsOptions,
  { workspaceId, params, body, expectedVersion }: WorkspaceCall<unknown, unknown>,
): Promise<Answer> {
  const current = await findWebhook(options.webhooks, workspaceId, params.id);
  if (!current) return notFound("webhook");
  const elsewhere = whyNotHere(current);
  if (elsewhere) return elsewhere;
  if (expectedVersion !== undefined && expectedVersion !== current.version) {
    return moved("webhook", current.version);
  }
  const patched = patchWebhookBody(current, body);
  if (!patched.ok) return invalid(patched.errors);
  const { eventTypes } = patched.body;
  const refused = await options.plans.whyNotChanged(current, {
    kind: current.kind,
    eventTypes,
    status: patched.status,
  });
  if (refused) return refused;
  const at = options.now();
  const planned = await planChange(options, current, patched.body, at);
  if (!planned.ok) return planned.refusal;
  const { webhook: configured, place } = planned.edit;
  const webhook = patched.status ? withStatus(configured, patched.status) : configured;
  // Merged with what was read, so it counts only for that version.
  const expected = { workspaceId, version: current.version };
  const outcome = await options.webhooks.change(
    current._id,
    expected,
    () => ({ webhook, ...(place && { place }) }),
    at,
  );
  return toAnswer(outcome, at, planned.shown);
}

function deleteOne({ webhooks, now }: WebhookOperationsOptions): Operation {
  return workspaceOperation({
    method: "delete",
    path: "/v1/webhooks/{id}",
    operationId: "deleteWebhook",
    tag,
    summary: "Delete a webhook; what is queued for it is cancelled. One that is deleted is answered alike",
    access: "write",
    isConditional: true,
    success: { status: 204, description: "Deleted" },
    problems: ["not_found", "conflict", "precondition_failed"],
    handle: async ({ workspaceId, params, expectedVersion }) => {
      const current = await findWebhook(webhooks, workspaceId, params.id);
      const elsewhere = current && whyNotHere(current);
      if (elsewhere) return elsewhere;
      const expected = { workspaceId, ...(expectedVersion !== undefined && { version: expectedVersion }) };
      const at = now();
      const outcome = await webhooks.delete(asWebhookId(params.id ?? ""), expected, at);
      if (outcome.kind !== "changed" && outcome.kind !== "unchanged") return toAnswer(outcome, at);
      return { ...noContent(), ...toControls(outcome.control) };
    },
  });
}
