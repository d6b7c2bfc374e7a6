import { AUDIT_OBJECTS } from "@hooklane/core";
import { z } from "zod";
import { listOf, listQuery, time, timeQuery } from "./lists.js";

/** Query of `GET /v1/audit-log`; what is given has to hold together. */
export const auditLogQuery = listQuery.extend({
  object: z.string().min(1).max(300).optional().meta({
    description:
      "Id of what was changed; of an event type its name, of a resend the delivery or event that was resent",
  }),
  actor: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: "Who changed it: an API key's id, `operator` or `system`" }),
  from: timeQuery.optional().meta({ description: "Changes at this time or later" }),
  to: timeQuery.optional().meta({ description: "Changes before this time" }),
});

/** Who made a change. */
export const auditActor = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("api_key"), id: z.string() }),
    z.strictObject({ kind: z.literal("operator") }),
    z.strictObject({
      kind: z.literal("system").meta({ description: "Hooklane itself, as when a webhook is disabled" }),
    }),
  ])
  .meta({ id: "AuditActor" });

const state = z.record(z.string(), z.unknown());

/** One change of what is configured, or what somebody set going or called off by hand. */
export const auditEntry = z
  .strictObject({
    id: z.string(),
    at: time,
    actor: auditActor,
    operation: z.string().meta({ description: "The call's `operationId`, or what Hooklane did by itself" }),
    object: z.strictObject({ kind: z.enum(AUDIT_OBJECTS), id: z.string() }),
    changes: z
      .array(z.string())
      .meta({ description: "Fields that are others than before; empty when it was made or deleted" }),
    before: state.optional().meta({ description: "As it was, secrets as `••••`; absent when it was made" }),
    after: state
      .optional()
      .meta({ description: "As it is since, secrets as `••••`; absent when deleted, or cancelled" }),
    requestId: z.string().optional().meta({ description: "`X-Request-Id` of the call" }),
    ip: z.string().optional().meta({ description: "Where the call came from" }),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntryAnswer = z.input<typeof auditEntry>;

export const auditEntryList = listOf(auditEntry, "AuditEntryList");
