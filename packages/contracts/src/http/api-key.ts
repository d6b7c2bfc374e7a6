import { API_KEY_SCOPES } from "@hooklane/core";
import { z } from "zod";
import { listOf, time } from "./lists.js";

const name = z.string().trim().min(1).max(100);

const scopes = z
  .array(z.enum(API_KEY_SCOPES))
  .min(1)
  .max(API_KEY_SCOPES.length)
  .meta({ description: "`read` and `write` for this API, `ingest` to send events" });

/** `POST /v1/api-keys`, and `POST /v1/workspaces/{id}/api-keys` of the operator. */
export const createApiKey = z
  .strictObject({
    name,
    scopes: scopes.default([...API_KEY_SCOPES]),
    expiresAt: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ description: "In the future. Default: never" }),
  })
  .meta({ id: "CreateApiKey" });
export type CreateApiKey = z.output<typeof createApiKey>;

/** A key without what opens. */
export const apiKey = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    hint: z.string().meta({ description: "Its last four characters" }),
    scopes: z.array(z.enum(API_KEY_SCOPES)),
    createdAt: time,
    expiresAt: time.optional(),
    lastUsedAt: time.optional().meta({ description: "To the minute; absent: never" }),
    revokedAt: time.optional(),
  })
  .meta({ id: "ApiKey" });
export type ApiKeyAnswer = z.input<typeof apiKey>;

/** A new key; it is shown this once. */
export const createdApiKey = apiKey
  .extend({ apiKey: z.string().meta({ description: "`hl_live_…`, shown this once" }) })
  .meta({ id: "CreatedApiKey" });

export const apiKeyList = listOf(apiKey, "ApiKeyList");
