import { auditEntryList, auditLogQuery } from "@hooklane/contracts";
import { asWorkspaceId } from "@hooklane/core";
import {
  type AuditFilter,
  type AuditLog,
  type AuditOwner,
  type AuditPlace,
  INSTALLATION,
  type WorkspaceRepository,
} from "@hooklane/store";
import { z } from "zod";
import { type Answer, notFound, ok } from "../http/answer.js";
import { decodeCursor, encodeCursor } from "../http/cursor.js";
import { invalidCursor } from "../http/list.js";
import { type Operation, operatorOperation, workspaceOperation } from "../http/operation.js";
import { toAuditAnswer } from "./audit-answer.js";

export interface AuditOperationsOptions {
  readonly auditLog: AuditLog;
  readonly workspaces: Pick<WorkspaceRepository, "find">;
}

export function auditOperations(options: AuditOperationsOptions): readonly Operation[] {
  return [listOwn(options), listOfWorkspace(options), listOfInstallation(options)];
}

const success = {
  status: 200,
  description: "Changes with what was before and after; secrets are masked",
  body: auditEntryList,
} as const;

type Query = z.output<typeof auditLogQuery>;

function listOwn({ auditLog }: AuditOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/audit-log",
    operationId: "listAuditLog",
    tag: "Audit log",
    summary:
      "List the changes of what is configured, newest first: by whom, by which call, from what to what",
    access: "read",
    query: auditLogQuery,
    success,
    problems: ["invalid_cursor"],
    handle: ({ workspaceId, query }) => list(auditLog, workspaceId, query),
  });
}

function listOfWorkspace({ auditLog, workspaces }: AuditOperationsOptions): Operation {
  return operatorOperation({
    method: "get",
    path: "/v1/workspaces/{id}/audit-log",
    operationId: "listWorkspaceAuditLog",
    tag: "Workspaces (operator)",
    summary: "List the changes of what a workspace has configured, newest first",
    query: auditLogQuery,
    success,
    problems: ["not_found", "invalid_cursor"],
    handle: async ({ params, query }) => {
      const workspace = await workspaces.find(asWorkspaceId(params.id ?? ""));
      return workspace ? list(auditLog, workspace._id, query) : notFound("workspace");
    },
  });
}

function listOfInstallation({ auditLog }: AuditOperationsOptions): Operation {
  return operatorOperation({
    method: "get",
    path: "/v1/installation/audit-log",
    operationId: "listInstallationAuditLog",
    tag: "Audit log",
    summary: "List the changes of what is no workspace's (plans), newest first",
    query: auditLogQuery,
    success,
    problems: ["invalid_cursor"],
    handle: ({ query }) => list(auditLog, INSTALLATION, query),
  });
}

const placeCursor = z
  .tuple([z.number().int().min(0).max(8.64e15), z.string().max(100)])
  .transform(([at, id]): AuditPlace => ({ at: new Date(at), id }));

async function list(auditLog: AuditLog, owner: AuditOwner, query: Query): Promise<Answer> {
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, placeCursor);
  if (query.cursor !== undefined && !after) return invalidCursor();
  // One more than asked for tells whether there is a next page.
  const found = await auditLog.list(owner, toFilter(query), { after, limit: query.limit + 1 });
  const data = found.slice(0, query.limit);
  const last = found.length > query.limit ? data.at(-1) : undefined;
  return ok({
    data: data.map(toAuditAnswer),
    nextCursor: last ? encodeCursor([last.at.getTime(), last.id]) : null,
  });
}

const toFilter = ({ object, actor, from, to }: Query): AuditFilter => ({
  ...(object !== undefined && { objectId: object }),
  ...(actor !== undefined && { actor }),
  ...(from !== undefined && { from: new Date(from) }),
  ...(to !== undefined && { to: new Date(to) }),
});
