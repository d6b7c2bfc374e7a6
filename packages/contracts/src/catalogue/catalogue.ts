import { EVENT_SOURCES, type EventSource, type Language } from "@hooklane/core";
import { z } from "zod";
import source from "./event-types.json" with { type: "json" };
import { type JsonSchema, toSelfContained } from "./self-contained-schema.js";

/** The sets of event types a workspace can install (product.md W2, W3, W6). */
export const PRESETS = ["email_marketing", "audience", "messaging"] as const;
export type Preset = (typeof PRESETS)[number];

/** A type of the catalogue. */
export interface CatalogueType {
  readonly type: string;
  readonly labels: Readonly<Record<Language, string>>;
  readonly descriptions: Readonly<Record<Language, string>>;
  /** JSON Schema 2020-12 of `data`, with all it refers to. */
  readonly schema: JsonSchema;
}

/** A type webhooks can ask for. */
export interface CatalogueEventType extends CatalogueType {
  readonly preset: Preset;
  /** A whole event in native form. */
  readonly example: Readonly<Record<string, unknown>>;
  /** W2: accepted and logged from these sources, not delivered. */
  readonly suppressedSources?: readonly EventSource[];
  /** W2: the plan needed. */
  readonly requiredPlan?: string;
  /** W3: whether webhooks' source filters apply. Absent: they do. */
  readonly sourceFilter?: boolean;
  /** W6: what people do with such events. */
  readonly useCases?: Readonly<Record<Language, string>>;
}

export interface Catalogue {
  readonly eventTypes: readonly CatalogueEventType[];
  /** Fired by Hooklane itself at one webhook; nobody subscribes to them (W4, W5). */
  readonly triggers: readonly CatalogueType[];
}

const jsonSchema = z.record(z.string(), z.unknown());

const sourceParser = z.object({
  $defs: z.record(z.string(), jsonSchema),
  events: z.array(
    z.object({
      preset: z.enum(PRESETS),
      type: z.string(),
      label_en: z.string(),
      label_fr: z.string(),
      description_en: z.string(),
      description_fr: z.string(),
      use_case_en: z.string().optional(),
      use_case_fr: z.string().optional(),
      schema: jsonSchema,
      example: z.record(z.string(), z.unknown()),
      suppressed_sources: z.array(z.enum(EVENT_SOURCES)).optional(),
      required_plan: z.string().optional(),
      source_filter: z.boolean().optional(),
    }),
  ),
  triggers: z.array(
    z.object({ type: z.string(), label_en: z.string(), label_fr: z.string(), schema: jsonSchema }),
  ),
});

function readCatalogue(): Catalogue {
  const { $defs, events, triggers } = sourceParser.parse(source);
  return {
    eventTypes: events.map((event) => ({
      type: event.type,
      preset: event.preset,
      labels: { en: event.label_en, fr: event.label_fr },
      descriptions: { en: event.description_en, fr: event.description_fr },
      schema: toSelfContained(event.schema, $defs),
      example: event.example,
      ...(event.suppressed_sources && { suppressedSources: event.suppressed_sources }),
      ...(event.required_plan !== undefined && { requiredPlan: event.required_plan }),
      ...(event.source_filter !== undefined && { sourceFilter: event.source_filter }),
      ...(event.use_case_en !== undefined &&
        event.use_case_fr !== undefined && {
          useCases: { en: event.use_case_en, fr: event.use_case_fr },
        }),
    })),
    triggers: triggers.map((trigger) => ({
      type: trigger.type,
      labels: { en: trigger.label_en, fr: trigger.label_fr },
      descriptions: { en: trigger.label_en, fr: trigger.label_fr },
      schema: toSelfContained(trigger.schema, $defs),
    })),
  };
}

/** The event catalogue: 24 types in three presets, and two triggers. */
export const CATALOGUE: Catalogue = readCatalogue();

/** The types of a preset, in the catalogue's order. */
export const presetTypes = (preset: Preset): readonly CatalogueEventType[] =>
  CATALOGUE.eventTypes.filter((eventType) => eventType.preset === preset);
