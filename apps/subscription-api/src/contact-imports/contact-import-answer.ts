import type { ContactImportErrorAnswer, ContactImportJobAnswer } from "@hooklane/contracts";
import type { ContactImport, ImportError } from "@hooklane/store";

export function toContactImportAnswer(job: ContactImport): ContactImportJobAnswer {
  const { id, status, phase, audienceId, update, total, added, updated, unchanged, rejected } = job;
  return {
    id,
    kind: "contact_import",
    status,
    phase,
    audienceId,
    update,
    tags: [...job.tags],
    total,
    done: added + updated + unchanged + rejected,
    added,
    updated,
    unchanged,
    rejected,
    ...(job.error !== undefined && { error: job.error }),
    createdAt: job.createdAt.toISOString(),
    ...(job.finishedAt && { finishedAt: job.finishedAt.toISOString() }),
  };
}

export const toContactImportErrorAnswer = ({
  line,
  path,
  code,
  message,
}: ImportError): ContactImportErrorAnswer => ({ line, path, code, message });
