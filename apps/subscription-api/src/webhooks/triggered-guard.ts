import { isTriggeredKind } from "@hooklane/core";
import type { JourneyRepository, WebhookDocument } from "@hooklane/store";
import { type Answer, refusal } from "../http/answer.js";

/** Why a webhook is not changed by `/v1/webhooks`: it belongs to a journey or a campaign. Undefined: it is on its own. */
export function whyNotHere(webhook: WebhookDocument): Answer | undefined {
  if (!isTriggeredKind(webhook.kind)) return undefined;
  return refusal("conflict", `It belongs to ${ownerOf(webhook)}.`);
}

const ownerOf = ({ _id, journeyId, campaignId }: WebhookDocument): string =>
  journeyId === undefined
    ? `a campaign, where it is changed: /v1/campaigns/${String(campaignId)}/touchpoints/${_id}`
    : `a journey, where it is changed: /v1/journeys/${journeyId}/points/${_id}`;

export const journeyNotActive = (): Answer =>
  refusal("journey_not_active", "The journey is not active: its points send nothing.");

/**
 * Switches a webhook on that errors have switched off, where what it belongs to is on: a point with its journey, which
 * stays active until that is stored, a touchpoint once it was scheduled.
 *
 * @param current as it was read; what is decided of it by its kind and owner never changes
 */
export async function whileOwnerIsOn(
  journeys: Pick<JourneyRepository, "whileActive">,
  current: WebhookDocument | undefined,
  activate: () => Promise<Answer>,
): Promise<Answer> {
  if (!current || !isTriggeredKind(current.kind)) return activate();
  if (current.journeyId !== undefined)
    return (await journeys.whileActive(current.journeyId, activate)) ?? journeyNotActive();
  if (current.status === "inactive") return refusal("conflict", `It belongs to ${ownerOf(current)}.`);
  return activate();
}
