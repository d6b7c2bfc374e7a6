import type { JourneyAnswer, JourneyPointAnswer } from "@hooklane/contracts";
import type { JourneyDocument, SentCounts } from "@hooklane/store";
import { type Answer, ok, toEtag } from "../http/answer.js";
import { toWebhookAnswer } from "../webhooks/webhook-answer.js";
import type { PointDocument } from "./point-document.js";

export const toJourneyAnswer = (journey: JourneyDocument): JourneyAnswer => ({
  id: journey._id,
  name: journey.name,
  status: journey.status,
  steps: journey.steps.map(({ id, kind, label, pointId, next }) => ({
    id,
    kind,
    ...(label !== undefined && { label }),
    ...(pointId !== undefined && { pointId }),
    next: [...next],
  })),
  pointCount: journey.pointCount,
  version: journey.version,
  createdAt: journey.createdAt.toISOString(),
  updatedAt: journey.updatedAt.toISOString(),
});

export const shownJourney = (journey: JourneyDocument): Answer =>
  ok(toJourneyAnswer(journey), { etag: toEtag(journey.version) });

/** @param counts absent: nothing was sent */
export const toPointAnswer = (
  point: PointDocument,
  { requestsSent, attempts }: SentCounts = { requestsSent: 0, attempts: 0 },
  at: Date,
): JourneyPointAnswer => ({
  ...toWebhookAnswer(point, at),
  journeyId: point.journeyId,
  requestsSent,
  attempts,
});
