import {
  campaign as campaignSchema,
  campaignList,
  createCampaign,
  type FieldError,
  listQuery,
  patchCampaign,
} from "@hooklane/contracts";
import { asCampaignId, type AudienceId, type WorkspaceId } from "@hooklane/core";
import type {
  AudienceRepository,
  CampaignDocument,
  CampaignRepository,
  TouchpointRepository,
} from "@hooklane/store";
import { created, invalid, moved, noContent, notFound, refusal } from "../http/answer.js";
import { listByKey } from "../http/list.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { newCampaignId } from "../ids.js";
import { readShown, shownCampaign, toCampaignAnswer, withStatuses } from "./campaign-answer.js";

const tag = "Campaigns";

export interface CampaignOperationsOptions {
  readonly campaigns: CampaignRepository;
  readonly touchpoints: Pick<TouchpointRepository, "countStatuses">;
  readonly audiences: Pick<AudienceRepository, "find">;
  readonly now: () => Date;
}

export function campaignOperations(options: CampaignOperationsOptions): readonly Operation[] {
  return [list(options), create(options), getOne(options), patch(options), deleteOne(options)];
}

function list({ campaigns, touchpoints }: CampaignOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/campaigns",
    operationId: "listCampaigns",
    tag,
    summary: "List campaigns, oldest first",
    access: "read",
    query: listQuery,
    success: { status: 200, description: "Campaigns", body: campaignList },
    problems: ["invalid_cursor"],
    handle: async ({ workspaceId, query }) =>
      listByKey(
        query,
        async ({ after, limit }) => {
          const page = { limit, ...(after !== undefined && { after: asCampaignId(after) }) };
          return withStatuses(touchpoints, await campaigns.list(workspaceId, page));
        },
        { keyOf: ({ campaign }) => campaign._id, toAnswer: toCampaignAnswer },
      ),
  });
}

function create({ campaigns, audiences, now }: CampaignOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/campaigns",
    operationId: "createCampaign",
    tag,
    summary: "Make a campaign for an audience",
    access: "write",
    body: createCampaign,
    success: { status: 201, description: "The campaign", body: campaignSchema },
    problems: [],
    handle: async ({ workspaceId, body: { name, audienceId, goal } }) => {
      const errors = await checkAudience(audiences, workspaceId, audienceId);
      if (errors.length > 0) return invalid(errors);
      const at = now();
      const campaign: CampaignDocument = {
        _id: newCampaignId(),
        workspaceId,
        name,
        audienceId,
        ...(goal !== undefined && { goal }),
        touchpoints: 0,
        version: 1,
        createdAt: at,
        updatedAt: at,
      };
      await campaigns.create(campaign);
      return shownCampaign({ campaign, statuses: {} }, created);
    },
  });
}

function getOne({ campaigns, touchpoints }: CampaignOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/campaigns/{id}",
    operationId: "getCampaign",
    tag,
    summary: "Read a campaign",
    access: "read",
    success: { status: 200, description: "The campaign", body: campaignSchema },
    problems: ["not_found"],
    handle: async ({ workspaceId, params }) => {
      const found = await campaigns.find(workspaceId, asCampaignId(params.id ?? ""));
      return found ? readShown(touchpoints, found) : notFound("campaign");
    },
  });
}

function patch({ campaigns, touchpoints, audiences, now }: CampaignOperationsOptions): Operation {
  return workspaceOperation({
    method: "patch",
    path: "/v1/campaigns/{id}",
    operationId: "patchCampaign",
    tag,
    summary: "Change a campaign; its touchpoints keep the audience they have",
    access: "write",
    body: patchCampaign,
    isConditional: true,
    success: { status: 200, description: "The campaign as it is now", body: campaignSchema },
    problems: ["not_found", "precondition_failed"],
    handle: async ({ workspaceId, params, body, expectedVersion }) => {
      const { name, audienceId, goal } = body;
      const id = asCampaignId(params.id ?? "");
      if (!(await campaigns.find(workspaceId, id))) return notFound("campaign");
      const errors = audienceId === undefined ? [] : await checkAudience(audiences, workspaceId, audienceId);
      if (errors.length > 0) return invalid(errors);
      const outcome = await campaigns.change(
        workspaceId,
        id,
        expectedVersion,
        ({ goal: before, ...current }) => ({
          ...current,
          ...(name !== undefined && { name }),
          ...(audienceId !== undefined && { audienceId }),
          ...toGoal(goal === undefined ? before : goal),
        }),
        now(),
      );
      switch (outcome.kind) {
        case "changed":
          return readShown(touchpoints, outcome.campaign);
        case "moved":
          return moved("campaign", outcome.version);
        case "not_found":
          return notFound("campaign");
      }
    },
  });
}

function deleteOne({ campaigns, now }: CampaignOperationsOptions): Operation {
  return workspaceOperation({
    method: "delete",
    path: "/v1/campaigns/{id}",
    operationId: "deleteCampaign",
    tag,
    summary: "Delete a campaign with its touchpoints, unless one of them is scheduled or running",
    access: "write",
    isConditional: true,
    success: { status: 204, description: "Deleted" },
    problems: ["not_found", "conflict", "precondition_failed"],
    handle: async ({ workspaceId, params, expectedVersion }) => {
      const id = asCampaignId(params.id ?? "");
      const outcome = await campaigns.delete(workspaceId, id, expectedVersion, now());
      switch (outcome.kind) {
        case "deleted":
          return { ...noContent(), controls: outcome.controls };
        case "in_use":
          return refusal(
            "conflict",
            "A touchpoint of it is scheduled or running: cancel or delete it before.",
          );
        case "moved":
          return moved("campaign", outcome.version);
        case "not_found":
          return notFound("campaign");
      }
    },
  });
}

const toGoal = (goal: string | null | undefined) => (typeof goal === "string" ? { goal } : {});

/** Another workspace's audience is none. */
export async function checkAudience(
  audiences: Pick<AudienceRepository, "find">,
  workspaceId: WorkspaceId,
  audienceId: AudienceId,
): Promise<readonly FieldError[]> {
  if (await audiences.find(workspaceId, audienceId)) return [];
  return [{ path: "audienceId", code: "invalid_value", message: "is no audience of this workspace" }];
}
