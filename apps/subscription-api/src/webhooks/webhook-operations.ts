import {
  createWebhook,
  createdWebhook,
  emptyBody,
  listQuery,
  patchWebhook,
  webhook as webhookSchema,
  webhookList,
} from "@hooklane/contracts";
import { asWebhookId, type WorkspaceId } from "@hooklane/core";
import type { ChangeOutcome, WebhookDocument, WebhookRepository } from "@hooklane/store";
import {
  type Answer,
  created,
  invalid,
  moved,
  noContent,
  notFound,
  ok,
  refusal,
  toEtag,
} from "../http/answer.js";
import { listByKey } from "../http/list.js";
import { type Operation, type WorkspaceCall, workspaceOperation } from "../http/operation.js";
import { retryMoved } from "../http/retry-moved.js";
import { newEndpointId, newWebhookId } from "../ids.js";
import type { PlanGate } from "../plans/plan-gate.js";
import { newWebhookSecret } from "../secrets.js";
import { toInitialStatus } from "./initial-status.js";
import { rotateSecretOperation } from "./rotate-secret.js";
import { toWebhookAnswer } from "./webhook-answer.js";
import { checkWebhook, type WebhookChecksOptions } from "./webhook-checks.js";
import {
  patchWebhookBody,
  toNewWebhook,
  toPlace,
  type WantedStatus,
  withConfiguration,
  withStatus,
} from "./webhook-edit.js";

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
    setStatus(options, "activate", "active"),
    setStatus(options, "deactivate", "inactive"),
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
      description: "The webhook and its secret, shown this once",
      body: createdWebhook,
    },
    problems: ["plan_upgrade_required"],
    handle: async ({ workspaceId, body }) => {
      const refused = await options.plans.whyNotMade(workspaceId, body);
      if (refused) return refused;
      const errors = await checkWebhook(options, workspaceId, body);
      if (errors.length > 0) return invalid(errors);
      const secret = newWebhookSecret();
      const status = await toInitialStatus(options.plans, workspaceId, body);
      const { webhook, control } = await options.webhooks.create(
        toNewWebhook(body, { id: newWebhookId(), workspaceId, status, secret, at: options.now() }),
        toPlace(body.url, newEndpointId()),
      );
      const answer = created({ ...toWebhookAnswer(webhook), secret }, { etag: toEtag(webhook.version) });
      return { ...answer, control };
    },
  });
}

function list({ webhooks }: WebhookOperationsOptions): Operation {
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
        { keyOf: ({ _id }) => _id, toAnswer: toWebhookAnswer },
      ),
  });
}

function getOne({ webhooks }: WebhookOperationsOptions): Operation {
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
      return ok(toWebhookAnswer(webhook), { etag: toEtag(webhook.version) });
    },
  });
}

function patch(options: WebhookOperationsOptions): Operation {
  return workspaceOperation({
    method: "patch",
    path: "/v1/webhooks/{id}",
    operationId: "patchWebhook",
    tag,
    summary: "Change a webhook; a changed URL applies to what is queued too",
    access: "write",
    body: patchWebhook,
    isBodyChecked: false,
    isConditional: true,
    success: { status: 200, description: "The webhook as it is now", body: webhookSchema },
    problems: ["not_found", "plan_upgrade_required", "conflict", "precondition_failed"],
    handle: (call) => retryMoved(call.expectedVersion, () => patchOne(options, call)),
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
  const errors = await checkWebhook(options, workspaceId, patched.body);
  if (errors.length > 0) return invalid(errors);
  const configured = withConfiguration(current, patched.body);
  const webhook = patched.status ? withStatus(configured, patched.status) : configured;
  const place = toPlace(patched.body.url, newEndpointId());
  // Merged with what was read, so it counts only for that version.
  const expected = { workspaceId, version: current.version };
  const outcome = await options.webhooks.change(
    current._id,
    expected,
    () => ({ webhook, place }),
    options.now(),
  );
  return toAnswer(outcome);
}

function deleteOne({ webhooks, now }: WebhookOperationsOptions): Operation {
  return workspaceOperation({
    method: "delete",
    path: "/v1/webhooks/{id}",
    operationId: "deleteWebhook",
    tag,
    summary: "Delete a webhook; what is queued for it is cancelled",
    access: "write",
    isConditional: true,
    success: { status: 204, description: "Deleted" },
    problems: ["not_found", "precondition_failed"],
    handle: async ({ workspaceId, params, expectedVersion }) => {
      const expected = { workspaceId, ...(expectedVersion !== undefined && { version: expectedVersion }) };
      const outcome = await webhooks.delete(asWebhookId(params.id ?? ""), expected, now());
      return outcome.kind === "changed" ? { ...noContent(), control: outcome.control } : toAnswer(outcome);
    },
  });
}

/** Switching to the status a webhook has is answered alike and changes nothing. */
function setStatus(
  { webhooks, plans, now }: WebhookOperationsOptions,
  verb: "activate" | "deactivate",
  status: WantedStatus,
): Operation {
  return workspaceOperation({
    method: "post",
    path: `/v1/webhooks/{id}/${verb}`,
    operationId: `${verb}Webhook`,
    tag,
    summary:
      verb === "activate"
        ? "Switch a webhook on, also one that was disabled; what was queued before is skipped, old errors do not count"
        : "Switch a webhook off; what is queued is skipped",
    access: "write",
    body: emptyBody,
    isConditional: true,
    success: { status: 200, description: "The webhook as it is now", body: webhookSchema },
    problems: [
      "not_found",
      ...(status === "active" ? (["plan_upgrade_required"] as const) : []),
      "precondition_failed",
    ],
    handle: async ({ workspaceId, params, expectedVersion }) => {
      const current = status === "active" && (await findWebhook(webhooks, workspaceId, params.id));
      const refused = current && (await plans.whyNotActivated(current));
      if (refused) return refused;
      const expected = { workspaceId, ...(expectedVersion !== undefined && { version: expectedVersion }) };
      const outcome = await webhooks.change(
        asWebhookId(params.id ?? ""),
        expected,
        (current) => (current.status === status ? undefined : { webhook: withStatus(current, status) }),
        now(),
      );
      return toAnswer(outcome);
    },
  });
}

async function findWebhook(
  webhooks: WebhookRepository,
  workspaceId: WorkspaceId,
  id: string | undefined,
): Promise<WebhookDocument | undefined> {
  const found = await webhooks.find(asWebhookId(id ?? ""));
  return found?.workspaceId === workspaceId && !found.deletedAt ? found : undefined;
}

function toAnswer(outcome: ChangeOutcome): Answer {
  switch (outcome.kind) {
    case "changed":
      return { ...shown(outcome.webhook), control: outcome.control };
    case "unchanged":
      // The call before this one made the change and may not have been able to announce it.
      return outcome.control
        ? { ...shown(outcome.webhook), control: outcome.control }
        : shown(outcome.webhook);
    case "not_found":
      return notFound("webhook");
    case "moved":
      return moved("webhook", outcome.webhook.version);
    case "line_shared":
      return refusal(
        "conflict",
        "The webhook shares its line with another one, or the new URL has a line: deactivate it, change the URL, activate it. What is queued is skipped then.",
      );
  }
}

const shown = (webhook: WebhookDocument): Answer =>
  ok(toWebhookAnswer(webhook), { etag: toEtag(webhook.version) });
