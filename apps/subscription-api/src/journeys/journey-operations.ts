import {
  createJourney,
  type FieldError,
  journey as journeySchema,
  journeyList,
  listQuery,
  patchJourney,
} from "@hooklane/contracts";
import { asJourneyId, checkSteps, type JourneyStep, type StepFault, type WebhookId } from "@hooklane/core";
import type { JourneyDocument, JourneyMiss, JourneyRepository } from "@hooklane/store";
import { type Answer, created, invalid, moved, noContent, notFound, toEtag } from "../http/answer.js";
import { listByKey } from "../http/list.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { newJourneyId } from "../ids.js";
import { shownJourney, toJourneyAnswer } from "./journey-answer.js";

const tag = "Journeys";

export interface JourneyOperationsOptions {
  readonly journeys: JourneyRepository;
  readonly now: () => Date;
}

export function journeyOperations(options: JourneyOperationsOptions): readonly Operation[] {
  return [create(options), list(options), getOne(options), patch(options), deleteOne(options)];
}

function create({ journeys, now }: JourneyOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/journeys",
    operationId: "createJourney",
    tag,
    summary: "Make a journey; it is a draft, whose points send nothing until it is started",
    access: "write",
    body: createJourney,
    success: { status: 201, description: "The journey", body: journeySchema },
    problems: [],
    handle: async ({ workspaceId, body }) => {
      const errors = toErrors(body.steps, new Set());
      if (errors.length > 0) return invalid(errors);
      const at = now();
      const journey: JourneyDocument = {
        _id: newJourneyId(),
        workspaceId,
        name: body.name,
        status: "draft",
        steps: toSteps(body.steps),
        pointCount: 0,
        pointsVersion: 0,
        version: 1,
        createdAt: at,
        updatedAt: at,
      };
      await journeys.insert(journey);
      return created(toJourneyAnswer(journey), { etag: toEtag(journey.version) });
    },
  });
}

function list({ journeys }: JourneyOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/journeys",
    operationId: "listJourneys",
    tag,
    summary: "List journeys, oldest first",
    access: "read",
    query: listQuery,
    success: { status: 200, description: "Journeys", body: journeyList },
    problems: ["invalid_cursor"],
    handle: async ({ workspaceId, query }) =>
      listByKey(
        query,
        ({ after, limit }) =>
          journeys.list(workspaceId, { limit, ...(after !== undefined && { after: asJourneyId(after) }) }),
        { keyOf: ({ _id }) => _id, toAnswer: toJourneyAnswer },
      ),
  });
}

function getOne({ journeys }: JourneyOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/journeys/{id}",
    operationId: "getJourney",
    tag,
    summary: "Read a journey",
    access: "read",
    success: { status: 200, description: "The journey", body: journeySchema },
    problems: ["not_found"],
    handle: async ({ workspaceId, params }) => {
      const found = await journeys.find(asJourneyId(params.id ?? ""), workspaceId);
      return found ? shownJourney(found) : notFound("journey");
    },
  });
}

function patch({ journeys, now }: JourneyOperationsOptions): Operation {
  return workspaceOperation({
    method: "patch",
    path: "/v1/journeys/{id}",
    operationId: "patchJourney",
    tag,
    summary: "Change a journey's name or map, in whatever status",
    access: "write",
    body: patchJourney,
    isConditional: true,
    success: { status: 200, description: "The journey as it is now", body: journeySchema },
    problems: ["not_found", "precondition_failed"],
    handle: async ({ workspaceId, params, body, expectedVersion }) => {
      const outcome = await journeys.change(
        asJourneyId(params.id ?? ""),
        { workspaceId, version: expectedVersion },
        (current, points) => {
          const errors = body.steps ? toErrors(body.steps, points) : [];
          if (errors.length > 0) return { kind: "refuse", refusal: errors };
          const { name = current.name, steps } = body;
          return {
            kind: "change",
            journey: { ...current, name, steps: steps ? toSteps(steps) : current.steps },
          };
        },
        now(),
      );
      switch (outcome.kind) {
        case "changed":
          return shownJourney(outcome.journey);
        case "refused":
          return invalid(outcome.refusal);
        default:
          return missed(outcome);
      }
    },
  });
}

function deleteOne({ journeys, now }: JourneyOperationsOptions): Operation {
  return workspaceOperation({
    method: "delete",
    path: "/v1/journeys/{id}",
    operationId: "deleteJourney",
    tag,
    summary:
      "Delete a journey with its points, an active one too; what is queued for them is cancelled. One that is deleted is answered alike",
    access: "write",
    isConditional: true,
    success: { status: 204, description: "Deleted" },
    problems: ["not_found", "precondition_failed"],
    handle: async ({ workspaceId, params, expectedVersion }) => {
      const expected = { workspaceId, version: expectedVersion };
      const outcome = await journeys.delete(asJourneyId(params.id ?? ""), expected, now());
      return outcome.kind === "deleted" ? { ...noContent(), controls: outcome.controls } : missed(outcome);
    },
  });
}

/** The answer where there is no such journey, or another version of it. */
export function missed(outcome: JourneyMiss): Answer {
  return outcome.kind === "not_found" ? notFound("journey") : moved("journey", outcome.journey.version);
}

type GivenStep = Pick<JourneyStep, "id" | "kind" | "next"> & {
  readonly label?: string | undefined;
  readonly pointId?: WebhookId | undefined;
};

const toSteps = (given: readonly GivenStep[]): readonly JourneyStep[] =>
  given.map(({ id, kind, label, pointId, next }) => ({
    id,
    kind,
    ...(label !== undefined && { label }),
    ...(pointId !== undefined && { pointId }),
    next: [...next],
  }));

const toErrors = (steps: readonly GivenStep[], points: ReadonlySet<WebhookId>): readonly FieldError[] =>
  checkSteps(toSteps(steps), points).map(toFieldError);

function toFieldError(fault: StepFault): FieldError {
  const step = `steps.${fault.index}`;
  switch (fault.kind) {
    case "repeated_id":
      return { path: `${step}.id`, code: "duplicate", message: "stands twice" };
    case "unknown_next":
      return {
        path: `${step}.next.${fault.nextIndex}`,
        code: "invalid_value",
        message: "is no step of this journey",
      };
    case "unknown_point":
      return { path: `${step}.pointId`, code: "invalid_value", message: "is no point of this journey" };
    case "repeated_point":
      return { path: `${step}.pointId`, code: "duplicate", message: "stands on the map twice" };
  }
}
