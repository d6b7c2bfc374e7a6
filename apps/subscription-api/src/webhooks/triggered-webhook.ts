import { toFieldErrors, type TriggeredForm, triggeredWebhook } from "@hooklane/contracts";
import {
  type CampaignId,
  type JourneyId,
  TRIGGER_OF,
  type TriggeredKind,
  type WorkspaceId,
} from "@hooklane/core";
import type { EndpointPlace, NewWebhook, WebhookDocument } from "@hooklane/store";
import { type Answer, invalid } from "../http/answer.js";
import { mergePatch } from "../http/merge-patch.js";
import { newEndpointId, newWebhookId } from "../ids.js";
import type { PlanGate } from "../plans/plan-gate.js";
import { newSigningSecret } from "../secrets.js";
import { checkKeptSecret } from "./kept-secret.js";
import { toShownSecret } from "./signing.js";
import { planChange, type PlannedChange } from "./webhook-change.js";
import { checkWebhook, type WebhookChecksOptions } from "./webhook-checks.js";
import {
  type ConfiguredWebhook,
  toNewWebhook,
  toPatched,
  toPlace,
  type WantedStatus,
} from "./webhook-edit.js";

export interface TriggeredWebhookOptions extends WebhookChecksOptions {
  readonly plans: Pick<PlanGate, "whyNotMade">;
}

/** Whose point or touchpoint it is. */
export type TriggeredOwner =
  | { readonly kind: "journey_point"; readonly journeyId: JourneyId }
  | { readonly kind: "touchpoint"; readonly campaignId: CampaignId };

export type MadeTriggered =
  | {
      readonly ok: true;
      /** For `WebhookRepository.create`, with `place`. */
      readonly webhook: NewWebhook;
      readonly place: EndpointPlace;
      /** Its secret, shown this once. */
      readonly shown: { readonly secret?: string };
    }
  | { readonly ok: false; readonly refusal: Answer };

/**
 * Makes a webhook of the form of a point or a touchpoint (product.md W4, W5), checked as every other webhook is. The plan
 * has to let it be saved; whether it may be on is asked by who switches it on.
 */
export async function makeTriggered(
  options: TriggeredWebhookOptions,
  workspaceId: WorkspaceId,
  owner: TriggeredOwner,
  form: TriggeredForm,
  { status, at }: { readonly status: WantedStatus; readonly at: Date },
): Promise<MadeTriggered> {
  const wanted = toConfiguredTriggered(owner.kind, form);
  const refused = await options.plans.whyNotMade(workspaceId, wanted);
  if (refused) return { ok: false, refusal: refused };
  const errors = await checkWebhook(options, workspaceId, wanted);
  if (errors.length > 0) return { ok: false, refusal: invalid(errors) };
  const secret = newSigningSecret(wanted.signatureScheme);
  const webhook = toNewWebhook(wanted, { id: newWebhookId(), workspaceId, status, secret, at });
  return {
    ok: true,
    webhook: { ...webhook, ...owner },
    place: toPlace(wanted.url, newEndpointId()),
    shown: toShownSecret(secret),
  };
}

/**
 * Applies a merge patch to the form of a point or a touchpoint, and checks the state it leads to.
 *
 * @param patch fields of the form only
 * @returns the edit for `WebhookRepository.change`, which counts for the version of `current` only
 */
export async function patchTriggered(
  options: TriggeredWebhookOptions,
  current: WebhookDocument & { readonly kind: TriggeredKind },
  patch: unknown,
  at: Date,
): Promise<PlannedChange> {
  // Not of the form: what its kind gives it.
  const { kind: _kind, eventTypes: _types, audienceId: _audience, ...form } = toPatched(current, patch);
  const merged = mergePatch(form, patch);
  const parsed = triggeredWebhook.safeParse(merged);
  if (!parsed.success) return { ok: false, refusal: invalid(toFieldErrors(parsed.error.issues, merged)) };
  const wanted = toConfiguredTriggered(current.kind, parsed.data);
  const refused = await options.plans.whyNotMade(current.workspaceId, wanted);
  if (refused) return { ok: false, refusal: refused };
  const secretErrors = checkKeptSecret(current, wanted, patch);
  if (secretErrors.length > 0) return { ok: false, refusal: invalid(secretErrors) };
  return planChange(options, current, wanted, at);
}

const toConfiguredTriggered = (kind: TriggeredKind, form: TriggeredForm): ConfiguredWebhook => ({
  ...form,
  kind,
  eventTypes: [TRIGGER_OF[kind]],
});
