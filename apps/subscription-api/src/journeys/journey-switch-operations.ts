import { emptyBody, journey as journeySchema, resumeJourney } from "@hooklane/contracts";
import { asJourneyId, followCommand, JOURNEY_POINT_REACHED, type JourneyCommand } from "@hooklane/core";
import type { JourneyDocument, JourneyRepository } from "@hooklane/store";
import { type Answer, notFound, refusal } from "../http/answer.js";
import { type Operation, type WorkspaceCall, workspaceOperation } from "../http/operation.js";
import type { PlanGate } from "../plans/plan-gate.js";
import { shownJourney } from "./journey-answer.js";
import { missed } from "./journey-operations.js";

export interface JourneySwitchOptions {
  readonly journeys: JourneyRepository;
  readonly plans: Pick<PlanGate, "whyNotMade">;
  readonly now: () => Date;
}

const success = { status: 200, description: "The journey as it is now", body: journeySchema } as const;
const described = { method: "post", tag: "Journeys", access: "write", isConditional: true } as const;

/** Each changes the journey and all its points at once; one that was made already changes nothing and is answered alike. */
export function journeySwitchOperations(options: JourneySwitchOptions): readonly Operation[] {
  return [
    workspaceOperation({
      ...described,
      path: "/v1/journeys/{id}/start",
      operationId: "startJourney",
      summary: "Start a draft: from then on an arrival at one of its points sends a request",
      body: emptyBody,
      success,
      problems: ["not_found", "plan_upgrade_required", "conflict", "precondition_failed"],
      handle: (call) => switchJourney(options, call, { command: "start" }),
    }),
    workspaceOperation({
      ...described,
      path: "/v1/journeys/{id}/pause",
      operationId: "pauseJourney",
      summary: "Pause an active journey; what is queued for its points is skipped",
      body: emptyBody,
      success,
      problems: ["not_found", "conflict", "precondition_failed"],
      handle: (call) => switchJourney(options, call, { command: "pause" }),
    }),
    workspaceOperation({
      ...described,
      path: "/v1/journeys/{id}/resume",
      operationId: "resumeJourney",
      summary:
        "Resume a paused journey; a point that errors have disabled is activated by itself. With `recover`, what the points did not get is sent first, a job each",
      body: resumeJourney,
      success,
      problems: ["not_found", "plan_upgrade_required", "conflict", "precondition_failed"],
      handle: (call) => switchJourney(options, call, { command: "resume", recovers: call.body.recover }),
    }),
  ];
}

async function switchJourney(
  { journeys, plans, now }: JourneySwitchOptions,
  { workspaceId, params, expectedVersion }: WorkspaceCall<unknown, unknown>,
  change: { readonly command: JourneyCommand; readonly recovers?: boolean },
): Promise<Answer> {
  const id = asJourneyId(params.id ?? "");
  const current = await journeys.find(id, workspaceId);
  if (!current) return notFound("journey");
  const wanted = { kind: "journey_point", eventTypes: [JOURNEY_POINT_REACHED], status: "active" } as const;
  const refused = switchesOn(current, change.command) && (await plans.whyNotMade(workspaceId, wanted));
  if (refused) return refused;
  const outcome = await journeys.switch(id, { workspaceId, version: expectedVersion }, change, now());
  switch (outcome.kind) {
    case "changed":
    case "unchanged":
      return { ...shownJourney(outcome.journey), controls: outcome.controls };
    case "refused":
      return refusal("conflict", whyNot(outcome.journey, change.command));
    case "without_points":
      return refusal("conflict", "The journey has no point that could send anything. Add one first.");
    default:
      return missed(outcome);
  }
}

const switchesOn = ({ status }: JourneyDocument, command: JourneyCommand): boolean => {
  const next = followCommand(status, command);
  return next.kind === "changed" && next.status === "active";
};

const whyNot = ({ status }: JourneyDocument, command: JourneyCommand): string =>
  status === "draft"
    ? `The journey was not started yet, so there is nothing to ${command}.`
    : `The journey is ${status}: resume it.`;
