import { WEBHOOK_AUTH_TYPES, type WebhookAuth } from "@hooklane/core";
import { Schema } from "mongoose";
import { z } from "zod";
import { modelOptions } from "../model-options.js";

/** Of all kinds together: which fields go with which kind is checked by {@link webhookAuthParser}. */
export const webhookAuthSchema = new Schema<WebhookAuth>(
  {
    type: { type: String, enum: WEBHOOK_AUTH_TYPES, required: true },
    username: { type: String },
    password: { type: String },
    token: { type: String },
    tokenUrl: { type: String },
    clientId: { type: String },
    clientSecret: { type: String },
    scope: { type: String },
    audience: { type: String },
  },
  { ...modelOptions, _id: false },
);

/** Parses `auth` of a webhook's document. */
export const webhookAuthParser: z.ZodType<WebhookAuth> = z.discriminatedUnion("type", [
  z.object({ type: z.literal("basic"), username: z.string(), password: z.string() }),
  z.object({ type: z.literal("bearer"), token: z.string() }),
  z.object({
    type: z.literal("oauth2"),
    tokenUrl: z.string(),
    clientId: z.string(),
    clientSecret: z.string(),
    scope: z.string().exactOptional(),
    audience: z.string().exactOptional(),
  }),
]);
