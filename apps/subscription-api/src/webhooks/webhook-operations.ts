import {
  activateWebhook,
  createWebhook,
  createdWebhook,
  emptyBody,
  listQuery,
  patchWebhook,
  webhook as webhookSchema,
  webhookList,
} from "@hooklane/contracts";
import { asWebhookId, type WorkspaceId } from "@hooklane/core";
import {
  type ChangeOutcome,
  isSendable,
  type WebhookDocument,
  type WebhookRepository,
} from "@hooklane/store";
import { type Answer, created, invalid, moved, noContent, notFound, ok, toEtag } from "../http/answer.js";
import { listByKey } from "../http/list.js";
import { type Operation, type WorkspaceCall, workspaceOperation } from "../http/operation.js";
import { newEndpointId, newWebhookId } from "../ids.js";
import type { PlanGate } from "../plans/plan-gate.js";
import { newSigningSecret } from "../secrets.js";
import { toInitialStatus } from "./initial-status.js";
import { rotateSecretOperation } from "./rotate-secret.js";
import { toShownSecret, withScheme } from "./signing.js";
import { toWebhookAnswer } from "./webhook-answer.js";
import { checkWebhook, type WebhookChecksOptions } from "./webhook-checks.js";
import { patchWebhookBody, toNewWebhook, toPlace, withConfiguration, withStatus } from "./webhook-edit.js";

const tag = "Webhooks";

export interface WebhookOperationsOptions extends WebhookChecksOptions {
  readonly webhooks: WebhookRepository;
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
    activate(options),
    deactivate(options),
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
      return { ...answer, control };
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
    query: listQuery,
    success: { status: 200, description: "Webhooks", body: webhookList },
    problems: ["invalid_cursor"],
    handle: async ({ workspaceId, query }) =>
      listByKey(
        query,
        ({ after, limit }) =>
          webhooks.list(workspaceId, { limit, ...(after !== undefined && { after: asWebhookId(after) }) }),
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
  const errors = await checkWebhook(options, workspaceId, patched.body, current);
  if (errors.length > 0) return invalid(errors);
  const at = options.now();
  const signing = withScheme(current, patched.body.signatureScheme, at);
  if (!signing.ok) return signing.refusal;
  const configured = withConfiguration({ ...current, secrets: signing.secrets }, patched.body);
  const webhook = patched.status ? withStatus(configured, patched.status) : configured;
  const place = toPlace(patched.body.url, newEndpointId());
  // Merged with what was read, so it counts only for that version.
  const expected = { workspaceId, version: current.version };
  const outcome = await options.webhooks.change(current._id, expected, () => ({ webhook, place }), at);
  return toAnswer(outcome, at, signing.shown);
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
    problems: ["not_found", "precondition_failed"],
    handle: async ({ workspaceId, params, expectedVersion }) => {
      const expected = { workspaceId, ...(expectedVersion !== undefined && { version: expectedVersion }) };
      const at = now();
      const outcome = await webhooks.delete(asWebhookId(params.id ?? ""), expected, at);
      if (outcome.kind !== "changed" && outcome.kind !== "unchanged") return toAnswer(outcome, at);
      return { ...noContent(), ...(outcome.control && { control: outcome.control }) };
    },
  });
}

/** Of a webhook that is sent to already it changes nothing, a recovery goes on: it is answered alike. */
function activate({ webhooks, plans, now }: WebhookOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/webhooks/{id}/activate",
    operationId: "activateWebhook",
    tag,
    summary:
      "Switch a webhook on, also one that was disabled; old errors do not count. What it did not get is skipped, or sent first with `recover`",
    access: "write",
    body: activateWebhook,
    isConditional: true,
    success: {
      status: 200,
      description:
        "The webhook as it is now; `recovering` until what it did not get stands in line, see the job `recoveryJobId`",
      body: webhookSchema,
    },
    problems: ["not_found", "plan_upgrade_required", "precondition_failed"],
    handle: async ({ workspaceId, params, body, expectedVersion }) => {
      const current = await findWebhook(webhooks, workspaceId, params.id);
      const refused = current && (await plans.whyNotActivated(current));
      if (refused) return refused;
      const status = body.recover ? "recovering" : "active";
      const at = now();
      const outcome = await webhooks.change(
        asWebhookId(params.id ?? ""),
        toExpected(workspaceId, expectedVersion),
        (webhook) => (isSendable(webhook.status) ? undefined : { webhook: withStatus(webhook, status) }),
        at,
      );
      return toAnswer(outcome, at);
    },
  });
}

/** Of a webhook that is off it changes nothing and is answered alike. */
function deactivate({ webhooks, now }: WebhookOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/webhooks/{id}/deactivate",
    operationId: "deactivateWebhook",
    tag,
    summary: "Switch a webhook off; what is queued is skipped, a recovery ends",
    access: "write",
    body: emptyBody,
    isConditional: true,
    success: { status: 200, description: "The webhook as it is now", body: webhookSchema },
    problems: ["not_found", "precondition_failed"],
    handle: async ({ workspaceId, params, expectedVersion }) => {
      const at = now();
      const outcome = await webhooks.change(
        asWebhookId(params.id ?? ""),
        toExpected(workspaceId, expectedVersion),
        (webhook) =>
          webhook.status === "inactive" ? undefined : { webhook: withStatus(webhook, "inactive") },
        at,
      );
      return toAnswer(outcome, at);
    },
  });
}

const toExpected = (workspaceId: WorkspaceId, version: number | undefined) => ({
  workspaceId,
  ...(version !== undefined && { version }),
});

async function findWebhook(
  webhooks: WebhookRepository,
  workspaceId: WorkspaceId,
  id: string | undefined,
): Promise<WebhookDocument | undefined> {
  const found = await webhooks.find(asWebhookId(id ?? ""));
  return found?.workspaceId === workspaceId && !found.deletedAt ? found : undefined;
}

/** @param shownOnce what of the webhook's secrets the change made */
function toAnswer(outcome: ChangeOutcome, at: Date, shownOnce: { readonly secret?: string } = {}): Answer {
  switch (outcome.kind) {
    case "changed":
      return { ...shown(outcome.webhook, at, shownOnce), control: outcome.control };
    case "unchanged":
      // The call before this one made the change and may not have been able to announce it.
      return outcome.control
        ? { ...shown(outcome.webhook, at), control: outcome.control }
        : shown(outcome.webhook, at);
    case "not_found":
      return notFound("webhook");
    case "moved":
      return moved("webhook", outcome.webhook.version);
  }
}

const shown = (webhook: WebhookDocument, at: Date, shownOnce: object = {}): Answer =>
  ok({ ...toWebhookAnswer(webhook, at), ...shownOnce }, { etag: toEtag(webhook.version) });
