import { EVENT_SOURCES, VALIDATION_MODES } from "@hooklane/core";
import { z } from "zod";
import { PRESETS } from "../catalogue/catalogue.js";
import { listOf, time } from "./lists.js";

const text = z.string().trim().min(1).max(500);

const labelText = { type: "string" as const, minLength: 1, maxLength: 500 };

/** What is given; what is kept always has both languages. */
const labelsInput = {
  type: "object" as const,
  properties: { en: labelText, fr: labelText },
  required: ["en"],
  additionalProperties: false,
};

const labels = z
  .strictObject({ en: text, fr: text.optional() })
  .transform(({ en, fr }) => ({ en, fr: fr ?? en }))
  .meta({ description: "French defaults to English", override: labelsInput });

const jsonObject = z.record(z.string(), z.unknown());

const fields = {
  type: z
    .string()
    .max(100)
    .regex(/^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+$/, "must be a dotted name, such as order.paid"),
  schema: jsonObject.meta({
    description: "JSON Schema 2020-12 of `data`; refers only to itself; at most 64 KiB and 32 levels",
  }),
  labels,
  descriptions: labels,
  example: jsonObject.meta({ description: "A whole event; its `data` has to fit the schema" }),
  validation: z.enum(VALIDATION_MODES).meta({
    description:
      "What happens at ingest to events that do not fit: refused, accepted with a warning, not checked",
  }),
};

/** `POST /v1/event-types` */
export const createEventType = z
  .strictObject({
    type: fields.type,
    schema: fields.schema.default({ type: "object" }),
    labels: fields.labels.optional(),
    descriptions: fields.descriptions.optional(),
    example: fields.example.optional(),
    validation: fields.validation.default("reject"),
  })
  .meta({ id: "CreateEventType" });
export type CreateEventType = z.output<typeof createEventType>;

/** `PATCH /v1/event-types/{type}`: whole values, no merging inside of them. Of a preset's type only `validation`. */
export const patchEventType = z
  .strictObject({
    schema: fields.schema.optional(),
    labels: fields.labels.optional(),
    descriptions: fields.descriptions.optional(),
    example: fields.example.nullable().optional(),
    validation: fields.validation.optional(),
  })
  .meta({ id: "PatchEventType" });
export type PatchEventType = z.output<typeof patchEventType>;

const texts = z.strictObject({ en: z.string(), fr: z.string() });

export const eventType = z
  .strictObject({
    type: z.string(),
    preset: z.enum(PRESETS).optional().meta({ description: "Absent: made by the workspace" }),
    labels: texts,
    descriptions: texts,
    schema: jsonObject,
    schemaVersion: z.number().int(),
    example: jsonObject.optional(),
    validation: z.enum(VALIDATION_MODES),
    suppressedSources: z
      .array(z.enum(EVENT_SOURCES))
      .optional()
      .meta({ description: "Events of these sources are logged and not delivered" }),
    sourceFilter: z
      .boolean()
      .optional()
      .meta({ description: "False: webhooks' source filters do not apply" }),
    version: z.number().int(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: "EventType" });
export type EventTypeAnswer = z.input<typeof eventType>;

export const eventTypeList = listOf(eventType, "EventTypeList");

/** `POST /v1/event-types/presets/{preset}` */
export const presetInstalled = z
  .strictObject({
    preset: z.enum(PRESETS),
    added: z.array(z.string()).meta({ description: "Types the workspace did not have" }),
  })
  .meta({ id: "PresetInstalled" });
