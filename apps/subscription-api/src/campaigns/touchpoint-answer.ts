import type { TouchpointAnswer } from "@hooklane/contracts";
import { type ClockChange, NOTHING_SETTLED, toTouchpointCounts } from "@hooklane/core";
import type { StoredTouchpoint, TouchpointDocument } from "@hooklane/store";
import { toWebhookAnswer } from "../webhooks/webhook-answer.js";

const NOTES: Readonly<Record<ClockChange, TouchpointAnswer["timeNote"] & string>> = {
  first_of_two: "ambiguous",
  moved_forward: "moved",
};

export function toTouchpointAnswer({ touchpoint, webhook }: StoredTouchpoint, at: Date): TouchpointAnswer {
  const { audienceId, segmentId, tag, date, time, timeZone, dueAt, clockChange } = touchpoint;
  const { cancelReason, finishedAt } = touchpoint;
  return {
    ...toWebhookAnswer(webhook, at),
    campaignId: touchpoint.campaignId,
    status: touchpoint.status,
    webhookStatus: webhook.status,
    ...(cancelReason && { cancelReason }),
    audienceId,
    ...(segmentId && { segmentId }),
    ...(tag !== undefined && { tag }),
    date,
    time,
    timeZone,
    dueAt: dueAt.toISOString(),
    ...(clockChange && { timeNote: NOTES[clockChange] }),
    counts: toCountsAnswer(touchpoint),
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
  };
}

export const toCountsAnswer = ({ run }: Pick<TouchpointDocument, "run">): TouchpointAnswer["counts"] =>
  toTouchpointCounts(run?.entered ?? 0, run?.deleted ?? 0, run?.settled ?? NOTHING_SETTLED);
