import type { AuditEntryAnswer } from "@hooklane/contracts";
import type { AuditEntry } from "@hooklane/store";

/** Secrets were masked before it was written. */
export function toAuditAnswer(entry: AuditEntry): AuditEntryAnswer {
  const { id, at, actor, operation, object, changes, before, after, requestId, ip } = entry;
  return {
    id,
    at: at.toISOString(),
    actor,
    operation,
    object,
    changes: [...changes],
    ...(before !== undefined && { before: before as Record<string, unknown> }),
    ...(after !== undefined && { after: after as Record<string, unknown> }),
    ...(requestId !== undefined && { requestId }),
    ...(ip !== undefined && { ip }),
  };
}
