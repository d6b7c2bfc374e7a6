import { type TouchpointOutcome, TOUCHPOINTS_MAX } from "@hooklane/store";
import { type Answer, invalid, moved, notFound, ok, refusal, toEtag } from "../http/answer.js";
import { pastTime } from "./local-time.js";
import { toTouchpointAnswer } from "./touchpoint-answer.js";

type Done = Extract<TouchpointOutcome, { kind: "done" }>;

/** @param shownOnce what of its secrets the call made */
export const shownTouchpoint = (done: Done, at: Date, shownOnce: object = {}, answer = ok): Answer => ({
  ...answer({ ...toTouchpointAnswer(done, at), ...shownOnce }, { etag: toEtag(done.webhook.version) }),
  controls: done.controls,
});

/** The answer where nothing came of a call. */
export function missed(outcome: Exclude<TouchpointOutcome, Done | { kind: "past" }>): Answer {
  switch (outcome.kind) {
    case "not_found":
      return notFound("touchpoint");
    case "moved":
      return moved("touchpoint", outcome.version);
    case "too_many":
      return refusal("conflict", `The campaign has ${TOUCHPOINTS_MAX} touchpoints, and that is the most.`);
    case "refused":
      return refusal("conflict", REFUSALS[outcome.because]);
  }
}

const REFUSALS = {
  is_due: "Its time has come: it runs, and is left alone until it is completed.",
  is_ended: "It has come to its end: make another one.",
  is_draft: "It is a draft: there is nothing to cancel.",
} as const;

/** Its time came while it was being written. */
export const tooLate = (date: string, timeZone: string, at: Date): Answer =>
  invalid([pastTime(date, timeZone, at)]);
