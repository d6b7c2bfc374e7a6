import {
  createWorkspace,
  patchWorkspace,
  toFieldErrors,
  workspace as workspaceSchema,
  workspaceSettings,
} from "@hooklane/contracts";
import type { DestinationPolicy } from "@hooklane/core";
import type { WorkspaceDocument, WorkspaceRepository } from "@hooklane/store";
import type { z } from "zod";
import { type Answer, invalid, moved, notFound, ok, refusal, toEtag } from "../http/answer.js";
import { checkDestination } from "../http/destination-check.js";
import { isObject, mergePatch } from "../http/merge-patch.js";
import { type Operation, type WorkspaceCall, workspaceOperation } from "../http/operation.js";
import { newWebhookSecret } from "../secrets.js";
import { toWorkspaceAnswer } from "./workspace-answer.js";

const tag = "Workspace";

export interface WorkspaceOperationsOptions {
  readonly workspaces: WorkspaceRepository;
  readonly destinations: DestinationPolicy;
  readonly now: () => Date;
}

type Settings = z.output<typeof workspaceSettings>;

export function workspaceOperations(options: WorkspaceOperationsOptions): readonly Operation[] {
  return [getOne(options), patch(options)];
}

function getOne({ workspaces }: WorkspaceOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/workspace",
    operationId: "getWorkspace",
    tag,
    summary: "Read the key's workspace",
    access: "read",
    success: { status: 200, description: "The workspace", body: workspaceSchema },
    problems: [],
    handle: async ({ workspaceId }) => {
      const workspace = await workspaces.find(workspaceId);
      if (!workspace) return notFound("workspace");
      return ok(toWorkspaceAnswer(workspace), { etag: toEtag(workspace.version) });
    },
  });
}

function patch(options: WorkspaceOperationsOptions): Operation {
  return workspaceOperation({
    method: "patch",
    path: "/v1/workspace",
    operationId: "patchWorkspace",
    tag,
    summary: "Change the workspace",
    access: "write",
    body: patchWorkspace,
    isBodyChecked: false,
    isConditional: true,
    success: { status: 200, description: "The workspace as it is now", body: workspaceSchema },
    problems: ["precondition_failed"],
    handle: (call) => patchOne(options, call),
  });
}

async function patchOne(
  { workspaces, destinations, now }: WorkspaceOperationsOptions,
  { workspaceId, body, expectedVersion }: WorkspaceCall<unknown, unknown>,
): Promise<Answer> {
  const current = await workspaces.find(workspaceId);
  if (!current) return notFound("workspace");
  if (expectedVersion !== undefined && expectedVersion !== current.version) {
    return moved("workspace", current.version);
  }
  if (isObject(body) && Object.hasOwn(body, "plan")) {
    return refusal("forbidden", "The plan is the operator's to change: PATCH /v1/workspaces/{id}.");
  }
  const settings = readSettings(current, body);
  if (!settings.ok) return invalid(settings.errors);
  const url = settings.value.operationalWebhook?.url;
  const refused = url === undefined ? [] : checkDestination(destinations, url, "operationalWebhook.url");
  if (refused.length > 0) return invalid(refused);
  const isNewUrl = url !== current.operationalWebhook?.url;
  // Merged with what was read, so it counts only for that version; a client without If-Match tries again.
  const outcome = await workspaces.change(
    workspaceId,
    current.version,
    (latest) => withSettings(latest, settings.value),
    now(),
  );
  if (outcome.kind === "not_found") return notFound("workspace");
  if (outcome.kind === "moved") return moved("workspace", outcome.workspace.version);
  return ok(toWorkspaceAnswer(outcome.workspace, { withSecret: isNewUrl }), {
    etag: toEtag(outcome.workspace.version),
  });
}

/** Defaults for what a patch sets to null. */
const { timeZone, disablePolicy, redact, retentionDays } = createWorkspace.shape;
const settingsWithDefaults = workspaceSettings.extend({ timeZone, disablePolicy, redact, retentionDays });

function readSettings(current: WorkspaceDocument, body: unknown) {
  const merged = mergePatch(toSettings(current), body);
  const parsed = settingsWithDefaults.safeParse(merged);
  return parsed.success
    ? { ok: true as const, value: parsed.data }
    : { ok: false as const, errors: toFieldErrors(parsed.error.issues, merged) };
}

const toSettings = ({ operationalWebhook, ...workspace }: WorkspaceDocument) => ({
  name: workspace.name,
  contacts: workspace.contacts,
  timeZone: workspace.timeZone,
  disablePolicy: workspace.disablePolicy,
  redact: workspace.redact,
  retentionDays: workspace.retentionDays,
  ...(operationalWebhook && { operationalWebhook: { url: operationalWebhook.url } }),
});

/** A new operational URL gets a new secret: who had the old one must not be able to sign for it. */
function withSettings(
  { operationalWebhook: current, ...workspace }: WorkspaceDocument,
  { operationalWebhook: wanted, ...settings }: Settings,
): WorkspaceDocument {
  const operationalWebhook =
    wanted?.url === current?.url ? current : wanted && { url: wanted.url, secret: newWebhookSecret() };
  return { ...workspace, ...settings, ...(operationalWebhook && { operationalWebhook }) };
}
