import { CONTENT_TYPES } from "@hooklane/core";
import { z } from "zod";
import { ingestEvent } from "../ingest.js";
import { refuse, type RefineContext } from "../refuse.js";
import { body, refuseBodyExclusions } from "./body.js";
import { headers } from "./headers.js";

/** Options of a webhook that is not saved. */
const OPTIONS = ["contentType", "body", "headers"] as const;
/** Where the event comes from: exactly one of them. */
const EVENTS = ["event", "eventId", "eventType"] as const;

type Given = Partial<Record<(typeof OPTIONS)[number] | (typeof EVENTS)[number] | "webhookId", unknown>>;

function refuseMixed(given: Given, context: RefineContext): void {
  if (given.webhookId !== undefined) {
    for (const name of OPTIONS)
      if (given[name] !== undefined) refuse(context, [name], "excluded_by", "is excluded by webhookId");
  }
  const [first, ...others] = EVENTS.filter((name) => given[name] !== undefined);
  if (first === undefined) refuse(context, ["event"], "required", `is required, or eventId, or eventType`);
  for (const name of others) refuse(context, [name], "excluded_by", `is excluded by ${first}`);
}

/** `POST /v1/webhooks/preview` */
export const previewWebhook = z
  .strictObject({
    webhookId: z.string().min(1).max(300).optional().meta({ description: "As it is saved" }),
    contentType: z
      .enum(CONTENT_TYPES)
      .optional()
      .meta({ description: "Of a webhook not saved; default `application/json`" }),
    body: body.optional(),
    headers: headers.optional(),
    event: ingestEvent
      .omit({ deliverAt: true })
      .optional()
      .meta({ description: "As it would be sent to `POST /v1/events`" }),
    eventId: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .meta({ description: "One of the event log; redacted fields stay redacted" }),
    eventType: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: "The example of this type; without one, an event with empty `data`" }),
  })
  .superRefine((given, context) => {
    refuseMixed(given, context);
    const { contentType = "application/json" } = given;
    refuseBodyExclusions({ contentType, ...(given.body !== undefined && { body: given.body }) }, context);
  })
  .meta({ id: "PreviewWebhook" });
export type PreviewWebhook = z.output<typeof previewWebhook>;

/** The request as the receiver would get it. */
const previewedRequest = z
  .strictObject({
    contentType: z.string().meta({ description: "With the boundary, for multipart" }),
    headers: z.record(z.string(), z.string()).meta({
      description:
        "As of a first attempt made now; `authorization` is masked, `webhook-signature` is there for a saved webhook only",
    }),
    body: z.string(),
    bytes: z.number().int().meta({ description: "Length of the body in UTF-8" }),
  })
  .meta({ id: "PreviewedRequest" });

/** Why there would be no request: the event would be a dead letter with this error. */
const previewFailure = z
  .strictObject({
    error: z.strictObject({
      message: z.string().meta({ description: "As in `errorDetail` of the attempt" }),
      field: z.string().optional().meta({ description: "Name of the form's field" }),
      of: z
        .enum(["template", "rendered"])
        .meta({ description: "What line and column are of: the template, or the text it was rendered to" }),
      line: z.number().int().optional().meta({ description: "From 1" }),
      column: z.number().int().optional().meta({ description: "From 1" }),
      rendered: z.string().optional().meta({ description: "The text that is not JSON" }),
    }),
  })
  .meta({ id: "PreviewFailure" });

/** 200 of `POST /v1/webhooks/preview` */
export const webhookPreview = z.union([previewedRequest, previewFailure]).meta({ id: "WebhookPreview" });
export type WebhookPreview = z.input<typeof webhookPreview>;
