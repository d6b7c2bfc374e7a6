import {
  asWebhookId,
  JOURNEY_POINTS_MAX,
  JOURNEY_STATUSES,
  JOURNEY_STEPS_MAX,
  STEP_KINDS,
  STEP_NEXT_MAX,
} from "@hooklane/core";
import { z } from "zod";
import { listOf, time } from "../lists.js";
import { refuse, refuseRepeated } from "../refuse.js";

const STEP_ID_LENGTH_MAX = 64;

const name = z.string().trim().min(1).max(200);

const stepId = z
  .string()
  .min(1)
  .max(STEP_ID_LENGTH_MAX)
  .regex(/^[\w-]+$/, "must be letters, digits, - and _");

const step = z
  .strictObject({
    id: stepId.meta({ description: "Unique in the journey; chosen by who draws the map" }),
    kind: z.enum(STEP_KINDS).meta({
      description:
        "`start`, `rule` and `action` are labels for what the upstream application does; a `point` sends requests",
    }),
    label: name.optional().meta({ description: "Required but for a `point`, which has its name" }),
    pointId: z
      .string()
      .min(1)
      .max(300)
      .transform(asWebhookId)
      .optional()
      .meta({
        description: "Of a `point`: which of the journey's points; it stands on the map once",
        override: { type: "string" },
      }),
    next: z
      .array(stepId)
      .max(STEP_NEXT_MAX)
      .superRefine(refuseRepeated)
      .default([])
      .meta({ description: "Ids of the steps behind it; a path may lead back" }),
  })
  .superRefine(({ kind, label, pointId }, context) => {
    if (kind === "point" && pointId === undefined) refuse(context, ["pointId"], "required", "is required");
    if (kind !== "point" && label === undefined) refuse(context, ["label"], "required", "is required");
    if (kind !== "point" && pointId !== undefined)
      refuse(context, ["pointId"], "excluded_by", "is for steps of kind point");
  });

const steps = z
  .array(step)
  .max(JOURNEY_STEPS_MAX)
  .meta({ description: "The map of the journey: it is drawn, not carried out" });

/** `POST /v1/journeys` */
export const createJourney = z.strictObject({ name, steps: steps.default([]) }).meta({ id: "CreateJourney" });
export type CreateJourney = z.output<typeof createJourney>;

/** `PATCH /v1/journeys/{id}`: whole values, no merging inside of them. */
export const patchJourney = z
  .strictObject({ name: name.optional(), steps: steps.optional() })
  .meta({ id: "PatchJourney" });
export type PatchJourney = z.output<typeof patchJourney>;

/** `POST /v1/journeys/{id}/resume` */
export const resumeJourney = z
  .strictObject({
    recover: z.boolean().default(false).meta({
      description:
        "Send, before anything new, what the points did not get while the journey was paused: arrivals told by event, and what was queued when it was paused",
    }),
  })
  .meta({ id: "ResumeJourney" });

export const journey = z
  .strictObject({
    id: z.string().meta({ description: "`jn_…`" }),
    name: z.string(),
    status: z.enum(JOURNEY_STATUSES).meta({ description: "Only an `active` journey's points send requests" }),
    steps: z.array(
      z.strictObject({
        id: z.string(),
        kind: z.enum(STEP_KINDS),
        label: z.string().optional(),
        pointId: z.string().optional(),
        next: z.array(z.string()),
      }),
    ),
    pointCount: z
      .number()
      .int()
      .meta({ description: `Webhook points it has, at most ${JOURNEY_POINTS_MAX}` }),
    version: z.number().int().meta({ description: "Raised by every change of the journey itself; the ETag" }),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: "Journey" });
export type JourneyAnswer = z.input<typeof journey>;

export const journeyList = listOf(journey, "JourneyList");
