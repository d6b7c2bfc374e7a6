import {
  createdTouchpoint,
  createTouchpoint,
  type CreateTouchpoint,
  listQuery,
  touchpoint as touchpointSchema,
  touchpointList,
} from "@hooklane/contracts";
import { asCampaignId, asWebhookId, type CampaignId, TRIGGER_OF, type WorkspaceId } from "@hooklane/core";
import { type StoredTouchpoint, type TouchpointDocument, TOUCHPOINTS_MAX } from "@hooklane/store";
import { type Answer, created, noContent, notFound, ok, toEtag } from "../http/answer.js";
import { listByKey } from "../http/list.js";
import { type Operation, type WorkspaceCall, workspaceOperation } from "../http/operation.js";
import { makeTriggered } from "../webhooks/triggered-webhook.js";
import { findTouchpoint } from "./find-touchpoint.js";
import { patchTouchpointOperation } from "./patch-touchpoint-operation.js";
import { toTouchpointAnswer } from "./touchpoint-answer.js";
import { missed, shownTouchpoint, tooLate } from "./touchpoint-outcome.js";
import type { TouchpointOperationsOptions } from "./touchpoint-options.js";
import { checkTouchpointPlan } from "./touchpoint-plan.js";
import { touchpointSwitchOperations } from "./touchpoint-switch-operations.js";

const tag = "Campaigns";

export function touchpointOperations(options: TouchpointOperationsOptions): readonly Operation[] {
  return [
    list(options),
    create(options),
    getOne(options),
    patchTouchpointOperation(options),
    deleteOne(options),
    ...touchpointSwitchOperations(options),
  ];
}

function list(options: TouchpointOperationsOptions): Operation {
  const { campaigns, now } = options;
  return workspaceOperation({
    method: "get",
    path: "/v1/campaigns/{id}/touchpoints",
    operationId: "listTouchpoints",
    tag,
    summary: "List a campaign's touchpoints, oldest first",
    access: "read",
    query: listQuery,
    success: { status: 200, description: "Touchpoints", body: touchpointList },
    problems: ["not_found", "invalid_cursor"],
    handle: async ({ workspaceId, params, query }) => {
      const campaignId = asCampaignId(params.id ?? "");
      if (!(await campaigns.find(workspaceId, campaignId))) return notFound("campaign");
      return listByKey(
        query,
        async ({ after }) => {
          // All that are left, of few: one that is deleted meanwhile must not look like the end of the list.
          const page = { limit: TOUCHPOINTS_MAX, ...(after !== undefined && { after: asWebhookId(after) }) };
          const found = await options.touchpoints.list(campaignId, page);
          return withWebhooks(options, workspaceId, campaignId, found);
        },
        {
          keyOf: ({ touchpoint }) => touchpoint._id,
          toAnswer: (stored) => toTouchpointAnswer(stored, now()),
        },
      );
    },
  });
}

async function withWebhooks(
  { webhooks }: TouchpointOperationsOptions,
  workspaceId: WorkspaceId,
  campaignId: CampaignId,
  touchpoints: readonly TouchpointDocument[],
): Promise<readonly StoredTouchpoint[]> {
  const found = await webhooks.list(workspaceId, { limit: TOUCHPOINTS_MAX }, { campaignId });
  const byId = new Map(found.map((webhook) => [webhook._id, webhook]));
  return touchpoints.flatMap((touchpoint) => {
    const webhook = byId.get(touchpoint._id);
    // Deleted between the two reads.
    return webhook ? { touchpoint, webhook } : [];
  });
}

function create(options: TouchpointOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/campaigns/{id}/touchpoints",
    operationId: "createTouchpoint",
    tag,
    summary: "Add a touchpoint, scheduled unless it is to stay a draft",
    access: "write",
    body: createTouchpoint,
    success: {
      status: 201,
      description: "The touchpoint and its signing secret, shown this once",
      body: createdTouchpoint,
    },
    problems: ["not_found", "plan_upgrade_required", "conflict"],
    handle: (call) => createOne(options, call),
  });
}

async function createOne(
  options: TouchpointOperationsOptions,
  { workspaceId, params, body }: WorkspaceCall<unknown, CreateTouchpoint>,
): Promise<Answer> {
  const { audienceId, segmentId, tag: tagged, date, time, schedule, ...form } = body;
  const campaign = await options.campaigns.find(workspaceId, asCampaignId(params.id ?? ""));
  if (!campaign) return notFound("campaign");
  const status = schedule ? "active" : "inactive";
  const planned = { kind: "touchpoint", eventTypes: [TRIGGER_OF.touchpoint], status } as const;
  const refused = await options.plans.whyNotMade(workspaceId, planned);
  if (refused) return refused;
  const at = options.now();
  const plan = { audienceId, segmentId, tag: tagged, date, time };
  const checked = await checkTouchpointPlan(options, campaign, plan, at);
  if (!checked.ok) return checked.refusal;
  const campaignId = campaign._id;
  const owner = { kind: "touchpoint", campaignId } as const;
  const made = await makeTriggered(options, workspaceId, owner, form, { status, at });
  if (!made.ok) return made.refusal;
  const outcome = await options.writer.create(
    { campaignId, target: checked.target, time: checked.time },
    made.webhook,
    made.place,
  );
  switch (outcome.kind) {
    case "done":
      return shownTouchpoint(outcome, at, made.shown, created);
    case "not_found":
      return notFound("campaign");
    case "past":
      return tooLate(date, checked.time.timeZone, at);
    default:
      return missed(outcome);
  }
}

function getOne(options: TouchpointOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/campaigns/{id}/touchpoints/{touchpointId}",
    operationId: "getTouchpoint",
    tag,
    summary: "Read a touchpoint and what became of its contacts",
    access: "read",
    success: { status: 200, description: "The touchpoint", body: touchpointSchema },
    problems: ["not_found"],
    handle: async ({ workspaceId, params }) => {
      const found = await findTouchpoint(options, workspaceId, params);
      if (!found) return notFound("touchpoint");
      return ok(toTouchpointAnswer(found, options.now()), { etag: toEtag(found.webhook.version) });
    },
  });
}

function deleteOne({ writer, now }: TouchpointOperationsOptions): Operation {
  return workspaceOperation({
    method: "delete",
    path: "/v1/campaigns/{id}/touchpoints/{touchpointId}",
    operationId: "deleteTouchpoint",
    tag,
    summary: "Delete a touchpoint, in whatever status; what is queued for it is cancelled",
    access: "write",
    isConditional: true,
    success: { status: 204, description: "Deleted" },
    problems: ["not_found", "precondition_failed"],
    handle: async ({ workspaceId, params, expectedVersion }) => {
      const key = {
        workspaceId,
        campaignId: asCampaignId(params.id ?? ""),
        id: asWebhookId(params.touchpointId ?? ""),
        version: expectedVersion,
      };
      const outcome = await writer.delete(key, now());
      if (outcome.kind === "done") return { ...noContent(), controls: outcome.controls };
      if (outcome.kind === "moved") return missed(outcome);
      return notFound("touchpoint");
    },
  });
}
