import {
  createdTouchpoint,
  patchTouchpoint,
  toFieldErrors,
  TOUCHPOINT_PLAN_FIELDS,
  touchpointPlan,
} from "@hooklane/contracts";
import { decideTouchpointCall } from "@hooklane/core";
import type { TouchpointDocument, WebhookDocument } from "@hooklane/store";
import { type Answer, invalid, moved, notFound } from "../http/answer.js";
import { isObject, mergePatch } from "../http/merge-patch.js";
import { type Operation, type WorkspaceCall, workspaceOperation } from "../http/operation.js";
import { patchTriggered } from "../webhooks/triggered-webhook.js";
import { findTouchpoint } from "./find-touchpoint.js";
import type { TouchpointOperationsOptions } from "./touchpoint-options.js";
import { missed, shownTouchpoint, tooLate } from "./touchpoint-outcome.js";
import { checkTouchpointPlan, type CheckedPlan } from "./touchpoint-plan.js";

export function patchTouchpointOperation(options: TouchpointOperationsOptions): Operation {
  return workspaceOperation({
    method: "patch",
    path: "/v1/campaigns/{id}/touchpoints/{touchpointId}",
    operationId: "patchTouchpoint",
    tag: "Campaigns",
    summary: "Change a touchpoint, or move it to another time, until it is due",
    access: "write",
    body: patchTouchpoint,
    isBodyChecked: false,
    isConditional: true,
    success: {
      status: 200,
      description: "The touchpoint as it is now, and its new secret where the signature scheme changed",
      body: createdTouchpoint,
    },
    problems: ["not_found", "plan_upgrade_required", "conflict", "precondition_failed"],
    handle: (call) => patchOne(options, call),
  });
}

async function patchOne(
  options: TouchpointOperationsOptions,
  { workspaceId, params, body, expectedVersion }: WorkspaceCall<unknown, unknown>,
): Promise<Answer> {
  const current = await findTouchpoint(options, workspaceId, params);
  if (!current) return notFound("touchpoint");
  const { touchpoint, webhook } = current;
  const { campaignId, status } = touchpoint;
  const { version } = webhook;
  if (expectedVersion !== undefined && expectedVersion !== version) return moved("touchpoint", version);
  const at = options.now();
  // One that cannot be changed says so, whatever was asked; the database's clock has the last word.
  const decision = decideTouchpointCall("edit", { status, isDue: touchpoint.dueAt <= at });
  if (decision.kind === "refused") return missed(decision);
  const { plan, form } = splitPatch(body);
  const checked = await checkPlan(options, touchpoint, plan, at);
  if (!checked.ok) return checked.refusal;
  const planned = await patchTriggered(options, asTouchpoint(webhook), form, at);
  if (!planned.ok) return planned.refusal;
  const { target, time } = checked;
  const outcome = await options.writer.change(
    // Merged with what was read, so it counts only for that version.
    { workspaceId, campaignId, id: webhook._id, version },
    "edit",
    () => ({ target, time, webhook: planned.edit }),
    at,
  );
  switch (outcome.kind) {
    case "done":
      return shownTouchpoint(outcome, at, planned.shown);
    case "past":
      return tooLate(time.date, time.timeZone, at);
    default:
      return missed(outcome);
  }
}

/** What of a patch is for whom and when, and what is of the form. */
function splitPatch(patch: unknown): { readonly plan: object; readonly form: unknown } {
  if (!isObject(patch)) return { plan: {}, form: patch };
  const isOfPlan = ([name]: [string, unknown]) =>
    (TOUCHPOINT_PLAN_FIELDS as readonly string[]).includes(name);
  const fields = Object.entries(patch);
  return {
    plan: Object.fromEntries(fields.filter(isOfPlan)),
    form: Object.fromEntries(fields.filter((field) => !isOfPlan(field))),
  };
}

async function checkPlan(
  options: TouchpointOperationsOptions,
  touchpoint: TouchpointDocument,
  patch: object,
  at: Date,
): Promise<CheckedPlan> {
  const { workspaceId, campaignId, audienceId, segmentId, tag, date, time, timeZone, dueAt, clockChange } =
    touchpoint;
  const campaign = await options.campaigns.find(workspaceId, campaignId);
  if (!campaign) return { ok: false, refusal: notFound("campaign") };
  const plan = { audienceId, ...(segmentId && { segmentId }), ...(tag !== undefined && { tag }), date, time };
  const merged = mergePatch(plan, patch);
  const parsed = touchpointPlan.safeParse(merged);
  if (!parsed.success) return { ok: false, refusal: invalid(toFieldErrors(parsed.error.issues, merged)) };
  const isMoved = "date" in patch || "time" in patch;
  const kept = { date, time, timeZone, dueAt, ...(clockChange && { clockChange }) };
  return checkTouchpointPlan(options, campaign, parsed.data, at, isMoved ? undefined : kept);
}

/** The webhook of a touchpoint is of that kind. */
function asTouchpoint(webhook: WebhookDocument): WebhookDocument & { readonly kind: "touchpoint" } {
  const { kind } = webhook;
  if (kind !== "touchpoint") throw new TypeError(`Webhook ${webhook._id} is no touchpoint`);
  return { ...webhook, kind };
}
