import type { CreateTouchpoint, FieldError, PatchTouchpoint, Touchpoint } from "@hooklane/client";
import { toFieldErrors, touchpointPlan } from "@hooklane/contracts";
import { checkRequest } from "../request-builder/check-request.js";
import {
  NEW_REQUEST,
  type RequestValues,
  toRequestBody,
  toRequestPatch,
  toRequestValues,
} from "../request-builder/request-values.js";
import type { LocalTime, ZonedClock } from "./zoned-clock.js";

/** Of which contacts: `everybody`, those of a segment, or those with a tag. */
export type TargetChoice = "everybody" | `segment:${string}` | `tag:${string}`;

/** What the form of a touchpoint asks for (console-flows.md F4). */
export interface TouchpointFormValues extends RequestValues, LocalTime {
  readonly audienceId: string;
  readonly target: TargetChoice;
  /** Saved without being scheduled: by which button it is saved. */
  readonly isDraft: boolean;
}

export const newTouchpoint = (audienceId: string): TouchpointFormValues => ({
  ...NEW_REQUEST,
  audienceId,
  target: "everybody",
  date: "",
  time: "",
  isDraft: false,
});

/** @param clock the workspace's as it is now: a touchpoint may have been given by another one */
export function toTouchpointValues(touchpoint: Touchpoint, clock: ZonedClock): TouchpointFormValues {
  const { audienceId, segmentId, tag, dueAt } = touchpoint;
  return {
    ...toRequestValues(touchpoint),
    audienceId,
    target: toChoice(segmentId, tag),
    ...clock.show(new Date(dueAt)),
    isDraft: touchpoint.status === "draft",
  };
}

function toChoice(segmentId: string | undefined, tag: string | undefined): TargetChoice {
  if (segmentId !== undefined) return `segment:${segmentId}`;
  return tag === undefined ? "everybody" : `tag:${tag}`;
}

export const toSegmentId = (target: TargetChoice): string | undefined => behind("segment:", target);
export const toTag = (target: TargetChoice): string | undefined => behind("tag:", target);

const behind = (prefix: string, target: TargetChoice): string | undefined =>
  target.startsWith(prefix) ? target.slice(prefix.length) : undefined;

type Plan = Pick<CreateTouchpoint, "audienceId" | "segmentId" | "tag" | "date" | "time">;

/** For whom and when. Empty is absent: the API says that it is needed rather than too short. */
function toPlan({ audienceId, target, date, time }: TouchpointFormValues): Plan {
  const [segmentId, tag] = [toSegmentId(target), toTag(target)];
  return {
    audienceId,
    ...(segmentId !== undefined && { segmentId }),
    ...(tag !== undefined && { tag }),
    ...(date !== "" && { date }),
    ...(time !== "" && { time }),
    // What is missing, the check says before this is sent.
  } as Plan;
}

export const toTouchpointBody = (values: TouchpointFormValues): CreateTouchpoint => ({
  ...toRequestBody(values),
  ...toPlan(values),
  schedule: !values.isDraft,
});

/** Only what differs: a time that was not touched stays the moment it was, whatever the workspace's zone is by now. */
export function toTouchpointPatch(
  before: Touchpoint,
  values: TouchpointFormValues,
  clock: ZonedClock,
): PatchTouchpoint {
  const shown = toTouchpointValues(before, clock);
  const { audienceId, segmentId = null, tag = null, date, time } = toPlan(values);
  const isMoved = values.date !== shown.date || values.time !== shown.time;
  return {
    ...toRequestPatch(before, values),
    ...(values.audienceId !== shown.audienceId && { audienceId }),
    ...(values.target !== shown.target && { segmentId, tag }),
    ...(isMoved && { date, time }),
  };
}

/** What the API would say of them, by its own schemas; of what is due when, see `why-not-then.ts`. */
export function checkTouchpoint(values: TouchpointFormValues, isSaved: boolean): readonly FieldError[] {
  const plan = toPlan(values);
  const checked = touchpointPlan.safeParse(plan);
  return [
    ...checkRequest(values, isSaved),
    ...(checked.success ? [] : toFieldErrors(checked.error.issues, plan)),
  ];
}
