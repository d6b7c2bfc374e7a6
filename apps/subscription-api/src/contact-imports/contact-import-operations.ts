import {
  contactImportCsv,
  contactImportErrorList,
  contactImportJob,
  contactImportJson,
  contactImportList,
  contactImportNdjson,
  contactImportQuery,
  listQuery,
} from "@hooklane/contracts";
import { asAudienceId, type WorkspaceId } from "@hooklane/core";
import type {
  AudienceRepository,
  ContactImportRepository,
  ContactUploads,
  ImportErrors,
  TagRepository,
} from "@hooklane/store";
import type { z } from "zod";
import { acceptedAnswer, type Answer, invalid, notFound, refusal } from "../http/answer.js";
import { listByKey } from "../http/list.js";
import { type AnyCall, type Operation, type Received, workspaceOperation } from "../http/operation.js";
import type { CompleteUpload, ContactUpload } from "./contact-upload.js";
import { toContactImportAnswer, toContactImportErrorAnswer } from "./contact-import-answer.js";
import { UPLOAD_TYPES } from "./reading/create-reader.js";

const tag = "Audiences";

/** Bytes of an upload. */
const UPLOAD_BYTES_MAX = 200 * 1024 * 1024;

/** Of one workspace, uploads in progress with them: each keeps its lines until they are written. */
const OPEN_MAX = 10;

export interface ContactImportOperationsOptions {
  readonly audiences: Pick<AudienceRepository, "find">;
  readonly tags: Pick<TagRepository, "find">;
  readonly imports: Pick<ContactImportRepository, "start" | "find" | "list">;
  readonly uploads: Pick<ContactUploads, "countOpen">;
  readonly errors: Pick<ImportErrors, "list">;
  readonly upload: Pick<ContactUpload, "receive">;
  readonly newJob: () => string;
  readonly now: () => Date;
}

export function contactImportOperations(options: ContactImportOperationsOptions): readonly Operation[] {
  return [begin(options), list(options), listErrors(options)];
}

function begin(options: ContactImportOperationsOptions): Operation {
  const { imports, now } = options;
  return workspaceOperation({
    method: "post",
    path: "/v1/audiences/{id}/imports",
    operationId: "importContacts",
    tag,
    summary:
      "Import contacts: the upload is read as it comes, and written by a job once it is complete. One that breaks off imports nothing. At most 200 MiB, 1,000,000 lines, 64 KiB a line, 5 minutes; repeats with an `Idempotency-Key` send it again",
    access: "write",
    query: contactImportQuery,
    streamedBody: {
      content: {
        [UPLOAD_TYPES.json]: contactImportJson,
        [UPLOAD_TYPES.ndjson]: contactImportNdjson,
        [UPLOAD_TYPES.csv]: contactImportCsv,
      },
      bytesMax: UPLOAD_BYTES_MAX,
      receive: (call, body) => receive(options, call, body),
    },
    success: { status: 202, description: "The job that writes them", body: contactImportJob },
    problems: ["not_found", "conflict"],
    handle: async ({ body }) => {
      const { id, total, chunks } = body as CompleteUpload;
      const job = await imports.start(id, { total, chunks }, now());
      return job
        ? acceptedAnswer(toContactImportAnswer(job))
        : refusal("unavailable", "The upload was cleared away; send it again.", {
            headers: { "retry-after": "1" },
          });
    },
  });
}

async function receive(
  options: ContactImportOperationsOptions,
  { workspaceId, params, query }: AnyCall,
  body: Parameters<ContactUpload["receive"]>[1],
): Promise<Received> {
  const audienceId = asAudienceId(params.id ?? "");
  const { update, tags = [] } = query as z.output<typeof contactImportQuery>;
  const refused = await whyNot(options, { workspaceId, audienceId, tags });
  if (refused) return { kind: "refused", answer: refused };
  const upload = { id: options.newJob(), workspaceId, audienceId, update: update === "true", tags };
  return options.upload.receive(upload, body);
}

/** Known before the first byte is read. */
async function whyNot(
  { audiences, tags, uploads }: ContactImportOperationsOptions,
  wanted: {
    readonly workspaceId: WorkspaceId;
    readonly audienceId: ReturnType<typeof asAudienceId>;
    readonly tags: readonly string[];
  },
): Promise<Answer | undefined> {
  const { workspaceId, audienceId } = wanted;
  if (!(await audiences.find(workspaceId, audienceId))) return notFound("audience");
  const found = await Promise.all(wanted.tags.map((name) => tags.find(audienceId, name)));
  const unknown = wanted.tags.filter((_, index) => !found[index]);
  if (unknown.length > 0) {
    return invalid(
      unknown.map((name) => ({
        path: "tags",
        code: "invalid_value",
        message: `the audience has no tag ${JSON.stringify(name)}`,
      })),
    );
  }
  if ((await uploads.countOpen(workspaceId)) < OPEN_MAX) return undefined;
  return refusal("conflict", `${OPEN_MAX} imports are not done yet; wait for one, or cancel it.`);
}

function list({ audiences, imports }: ContactImportOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/audiences/{id}/imports",
    operationId: "listContactImports",
    tag,
    summary: "List imports of an audience, newest first; kept for 30 days after their end",
    access: "read",
    query: listQuery,
    success: { status: 200, description: "A page of imports", body: contactImportList },
    problems: ["not_found", "invalid_cursor"],
    handle: async ({ workspaceId, params, query }) => {
      const audience = await audiences.find(workspaceId, asAudienceId(params.id ?? ""));
      if (!audience) return notFound("audience");
      return listByKey(query, (page) => imports.list(audience._id, page), {
        keyOf: ({ id }) => id,
        toAnswer: toContactImportAnswer,
      });
    },
  });
}

function listErrors({ imports, errors }: ContactImportOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/audiences/{id}/imports/{job}/errors",
    operationId: "listContactImportErrors",
    tag,
    summary:
      "List what was wrong with the lines of an import, in their order; of the first 10,000 such lines",
    access: "read",
    query: listQuery,
    success: { status: 200, description: "A page of errors", body: contactImportErrorList },
    problems: ["not_found", "invalid_cursor"],
    handle: async ({ workspaceId, params, query }) => {
      const job = await imports.find(workspaceId, params.job ?? "");
      if (!job || job.audienceId !== params.id) return notFound("import of this audience");
      return listByKey(query, (page) => errors.list(job.id, page), {
        keyOf: ({ place }) => place,
        toAnswer: toContactImportErrorAnswer,
      });
    },
  });
}
