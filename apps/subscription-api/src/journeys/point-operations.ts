import {
  createdJourneyPoint,
  createJourneyPoint,
  journeyPoint,
  journeyPointList,
  listQuery,
  patchJourneyPoint,
} from "@hooklane/contracts";
import { asJourneyId, asWebhookId, JOURNEY_POINTS_MAX } from "@hooklane/core";
import {
  type ChangeOutcome,
  type JourneyPoints,
  type JourneyRepository,
  type SentRequests,
  type WebhookRepository,
} from "@hooklane/store";
import { type Answer, created, moved, noContent, notFound, ok, refusal, toEtag } from "../http/answer.js";
import { listByKey } from "../http/list.js";
import { type Operation, type WorkspaceCall, workspaceOperation } from "../http/operation.js";
import {
  makeTriggered,
  patchTriggered,
  type TriggeredWebhookOptions,
} from "../webhooks/triggered-webhook.js";
import { findPoint } from "./find-point.js";
import { toPointAnswer } from "./journey-answer.js";
import { isPointOf, type PointDocument } from "./point-document.js";

const tag = "Journeys";

export interface PointOperationsOptions extends TriggeredWebhookOptions {
  readonly journeys: Pick<JourneyRepository, "find">;
  readonly points: JourneyPoints;
  readonly webhooks: WebhookRepository;
  readonly sentRequests: Pick<SentRequests, "read">;
}

export function pointOperations(options: PointOperationsOptions): readonly Operation[] {
  return [create(options), list(options), getOne(options), patch(options), deleteOne(options)];
}

function create(options: PointOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/journeys/{id}/points",
    operationId: "createJourneyPoint",
    tag,
    summary: "Add a point; to an active journey as an active point",
    access: "write",
    body: createJourneyPoint,
    success: {
      status: 201,
      description: "The point and its signing secret, shown this once",
      body: createdJourneyPoint,
    },
    problems: ["not_found", "plan_upgrade_required", "conflict"],
    handle: async ({ workspaceId, params, body }) => {
      const journeyId = asJourneyId(params.id ?? "");
      if (!(await options.journeys.find(journeyId, workspaceId))) return notFound("journey");
      const at = options.now();
      const owner = { kind: "journey_point", journeyId } as const;
      const made = await makeTriggered(options, workspaceId, owner, body, { status: "inactive", at });
      if (!made.ok) return made.refusal;
      const added = await options.points.add(journeyId, made.webhook, made.place);
      switch (added.kind) {
        case "added": {
          const { webhook, control } = added;
          const shown = { ...toPointAnswer(asPoint(webhook), undefined, at), ...made.shown };
          return { ...created(shown, { etag: toEtag(webhook.version) }), controls: [control] };
        }
        case "full":
          return refusal("conflict", `The journey has ${JOURNEY_POINTS_MAX} points, and that is the most.`);
        case "not_found":
          return notFound("journey");
      }
    },
  });
}

function list({ journeys, webhooks, sentRequests, now }: PointOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/journeys/{id}/points",
    operationId: "listJourneyPoints",
    tag,
    summary: "List a journey's points, oldest first",
    access: "read",
    query: listQuery,
    success: { status: 200, description: "Points", body: journeyPointList },
    problems: ["not_found", "invalid_cursor"],
    handle: async ({ workspaceId, params, query }) => {
      const journeyId = asJourneyId(params.id ?? "");
      if (!(await journeys.find(journeyId, workspaceId))) return notFound("journey");
      return listByKey(
        query,
        async ({ after, limit }) => {
          const page = { limit, ...(after !== undefined && { after: asWebhookId(after) }) };
          const found = await webhooks.list(workspaceId, page, { journeyId });
          const counts = await sentRequests.read(found.map(({ _id }) => _id));
          return found.map((webhook) => ({ webhook, counts: counts.get(webhook._id) }));
        },
        {
          keyOf: ({ webhook }) => webhook._id,
          toAnswer: ({ webhook, counts }) => toPointAnswer(asPoint(webhook), counts, now()),
        },
      );
    },
  });
}

function getOne(options: PointOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/journeys/{id}/points/{pointId}",
    operationId: "getJourneyPoint",
    tag,
    summary: "Read a point and what it sent",
    access: "read",
    success: { status: 200, description: "The point", body: journeyPoint },
    problems: ["not_found"],
    handle: async ({ workspaceId, params }) => {
      const point = await findPoint(options.webhooks, workspaceId, params);
      return point ? shown(options, point) : notFound("point");
    },
  });
}

function patch(options: PointOperationsOptions): Operation {
  return workspaceOperation({
    method: "patch",
    path: "/v1/journeys/{id}/points/{pointId}",
    operationId: "patchJourneyPoint",
    tag,
    summary: "Change a point; a changed URL applies to what is queued too, as for every webhook",
    access: "write",
    body: patchJourneyPoint,
    isBodyChecked: false,
    isConditional: true,
    success: {
      status: 200,
      description: "The point as it is now, and its new secret where the signature scheme changed",
      body: createdJourneyPoint,
    },
    problems: ["not_found", "plan_upgrade_required", "conflict", "precondition_failed"],
    handle: (call) => patchOne(options, call),
  });
}

async function patchOne(
  options: PointOperationsOptions,
  { workspaceId, params, body, expectedVersion }: WorkspaceCall<unknown, unknown>,
): Promise<Answer> {
  const current = await findPoint(options.webhooks, workspaceId, params);
  if (!current) return notFound("point");
  if (expectedVersion !== undefined && expectedVersion !== current.version)
    return moved("point", current.version);
  const at = options.now();
  const planned = await patchTriggered(options, current, body, at);
  if (!planned.ok) return planned.refusal;
  // Merged with what was read, so it counts only for that version.
  const expected = { workspaceId, version: current.version };
  const outcome = await options.webhooks.change(current._id, expected, () => planned.edit, at);
  if (outcome.kind !== "changed") return missed(outcome);
  const answer = await shown(options, asPoint(outcome.webhook), planned.shown);
  return { ...answer, controls: [outcome.control] };
}

function deleteOne({ points, now }: PointOperationsOptions): Operation {
  return workspaceOperation({
    method: "delete",
    path: "/v1/journeys/{id}/points/{pointId}",
    operationId: "deleteJourneyPoint",
    tag,
    summary:
      "Delete a point, and from its journey's map; what is queued for it is cancelled. One that is deleted is answered alike",
    access: "write",
    isConditional: true,
    success: { status: 204, description: "Deleted" },
    problems: ["not_found", "precondition_failed"],
    handle: async ({ workspaceId, params, expectedVersion }) => {
      const outcome = await points.delete(
        asJourneyId(params.id ?? ""),
        asWebhookId(params.pointId ?? ""),
        { workspaceId, version: expectedVersion },
        now(),
      );
      if (outcome.kind !== "changed" && outcome.kind !== "unchanged") return missed(outcome);
      return { ...noContent(), ...(outcome.control && { controls: [outcome.control] }) };
    },
  });
}

const missed = (outcome: Exclude<ChangeOutcome, { kind: "changed" }>): Answer =>
  outcome.kind === "moved" ? moved("point", outcome.webhook.version) : notFound("point");

async function shown(
  { sentRequests, now }: PointOperationsOptions,
  point: PointDocument,
  shownOnce: object = {},
): Promise<Answer> {
  const counts = await sentRequests.read([point._id]);
  return ok(
    { ...toPointAnswer(point, counts.get(point._id), now()), ...shownOnce },
    { etag: toEtag(point.version) },
  );
}

/** What a journey's calls have read or made is a point. */
function asPoint(webhook: Parameters<typeof isPointOf>[0]): PointDocument {
  if (webhook?.journeyId !== undefined && isPointOf(webhook, webhook.journeyId)) return webhook;
  throw new TypeError(`Webhook ${String(webhook?._id)} is no point`);
}
