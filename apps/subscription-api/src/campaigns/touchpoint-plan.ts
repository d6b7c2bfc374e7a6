import type { FieldError, TouchpointPlan } from "@hooklane/contracts";
import type { WorkspaceId } from "@hooklane/core";
import type {
  AudienceRepository,
  CampaignDocument,
  SegmentRepository,
  TagRepository,
  TouchpointTarget,
  TouchpointTime,
  WorkspaceRepository,
} from "@hooklane/store";
import { type Answer, invalid } from "../http/answer.js";
import { checkAudience } from "./campaign-operations.js";
import { toDueTime, whyNotThen } from "./local-time.js";

export interface TouchpointPlanOptions {
  readonly audiences: Pick<AudienceRepository, "find">;
  readonly segments: Pick<SegmentRepository, "find">;
  readonly tags: Pick<TagRepository, "find">;
  readonly workspaces: Pick<WorkspaceRepository, "find">;
}

export type CheckedPlan =
  | { readonly ok: true; readonly target: TouchpointTarget; readonly time: TouchpointTime }
  | { readonly ok: false; readonly refusal: Answer };

/**
 * Checks for whom and when a touchpoint is to be.
 *
 * @param kept the time it has, where neither date nor time was given anew: it stands, whatever the zone is by now
 */
export async function checkTouchpointPlan(
  options: TouchpointPlanOptions,
  { workspaceId, audienceId: usual }: Pick<CampaignDocument, "workspaceId" | "audienceId">,
  plan: TouchpointPlan,
  at: Date,
  kept?: TouchpointTime,
): Promise<CheckedPlan> {
  const { audienceId = usual, segmentId, tag } = plan;
  const target: TouchpointTarget = {
    audienceId,
    ...(segmentId !== undefined && { segmentId }),
    ...(tag !== undefined && { tag }),
  };
  const time = kept ?? (await toTime(options, workspaceId, plan));
  const misplaced = kept ? undefined : whyNotThen(time, at);
  const errors = [...(await checkTarget(options, workspaceId, target)), ...(misplaced ? [misplaced] : [])];
  return errors.length > 0 ? { ok: false, refusal: invalid(errors) } : { ok: true, target, time };
}

async function toTime(
  { workspaces }: TouchpointPlanOptions,
  workspaceId: WorkspaceId,
  { date, time }: TouchpointPlan,
): Promise<TouchpointTime> {
  const timeZone = (await workspaces.find(workspaceId))?.timeZone ?? "UTC";
  return { date, time, timeZone, ...toDueTime(date, time, timeZone) };
}

async function checkTarget(
  { audiences, segments, tags }: TouchpointPlanOptions,
  workspaceId: WorkspaceId,
  { audienceId, segmentId, tag }: TouchpointTarget,
): Promise<readonly FieldError[]> {
  const errors = await checkAudience(audiences, workspaceId, audienceId);
  // Of another workspace's audience nothing is told.
  if (errors.length > 0) return errors;
  if (segmentId !== undefined && !(await segments.find(audienceId, segmentId)))
    return [{ path: "segmentId", code: "invalid_value", message: "is no segment of the audience" }];
  if (tag !== undefined && !(await tags.find(audienceId, tag)))
    return [{ path: "tag", code: "invalid_value", message: "is no tag of the audience" }];
  return [];
}
