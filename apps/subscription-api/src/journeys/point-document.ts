import type { JourneyId } from "@hooklane/core";
import type { WebhookDocument } from "@hooklane/store";

/** A webhook that is a journey's point. */
export type PointDocument = WebhookDocument & {
  readonly kind: "journey_point";
  readonly journeyId: JourneyId;
};

export const isPointOf = (
  webhook: WebhookDocument | undefined,
  journeyId: JourneyId,
): webhook is PointDocument => webhook?.kind === "journey_point" && webhook.journeyId === journeyId;
