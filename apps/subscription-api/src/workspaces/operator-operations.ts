import {
  createApiKey,
  type CreateWorkspace,
  createWorkspace,
  createdApiKey,
  createdWorkspace,
  listQuery,
  presetTypes,
  workspace as workspaceSchema,
  workspaceList,
} from "@hooklane/contracts";
import { API_KEY_SCOPES, asWorkspaceId, type DestinationPolicy } from "@hooklane/core";
import type { ApiKeyRepository, NewWorkspace, PlanRepository, WorkspaceRepository } from "@hooklane/store";
import { makeApiKey, toApiKeyAnswer } from "../api-keys/api-key-answer.js";
import { checkExpiry } from "../api-keys/api-key-expiry.js";
import { toPresetDocument } from "../event-types/preset-document.js";
import { created, invalid, notFound, ok, toEtag } from "../http/answer.js";
import { checkDestination } from "../http/destination-check.js";
import { listByKey } from "../http/list.js";
import { type Operation, operatorOperation } from "../http/operation.js";
import { newWorkspaceId } from "../ids.js";
import { unknownPlan } from "../plans/unknown-plan.js";
import { newWebhookSecret } from "../secrets.js";
import { toWorkspaceAnswer } from "./workspace-answer.js";

const tag = "Workspaces (operator)";

export interface OperatorOperationsOptions {
  readonly workspaces: WorkspaceRepository;
  readonly apiKeys: ApiKeyRepository;
  readonly plans: Pick<PlanRepository, "read">;
  readonly destinations: DestinationPolicy;
  readonly now: () => Date;
}

export function operatorOperations(options: OperatorOperationsOptions): readonly Operation[] {
  return [createOne(options), list(options), getOne(options), createKey(options)];
}

function createOne({ workspaces, plans, destinations, now }: OperatorOperationsOptions): Operation {
  return operatorOperation({
    method: "post",
    path: "/v1/workspaces",
    operationId: "createWorkspace",
    tag,
    summary: "Make a workspace with its first key",
    body: createWorkspace,
    success: {
      status: 201,
      description: "The workspace and its key, shown this once",
      body: createdWorkspace,
    },
    problems: [],
    handle: async ({ body }) => {
      const url = body.operationalWebhook?.url;
      const refused = url === undefined ? [] : checkDestination(destinations, url, "operationalWebhook.url");
      const plan = await plans.read(body.plan);
      const errors = plan ? refused : [unknownPlan(), ...refused];
      if (errors.length > 0) return invalid(errors);
      const at = now();
      const made = toNewWorkspace(body, at);
      const { key, document } = makeApiKey(made._id, { name: "First key", scopes: [...API_KEY_SCOPES] }, at);
      const types = [...new Set(body.presets)].flatMap(presetTypes);
      const workspace = await workspaces.create(
        made,
        document,
        types.map((type) => toPresetDocument(made._id, type, at)),
      );
      return created(
        { ...toWorkspaceAnswer(workspace, { withSecret: true }), apiKey: key },
        { etag: toEtag(workspace.version) },
      );
    },
  });
}

function toNewWorkspace(
  { presets: _presets, operationalWebhook, ...body }: CreateWorkspace,
  at: Date,
): NewWorkspace {
  return {
    _id: newWorkspaceId(),
    ...body,
    ...(operationalWebhook && {
      operationalWebhook: { url: operationalWebhook.url, secret: newWebhookSecret() },
    }),
    createdAt: at,
  };
}

function list({ workspaces }: OperatorOperationsOptions): Operation {
  return operatorOperation({
    method: "get",
    path: "/v1/workspaces",
    operationId: "listWorkspaces",
    tag,
    summary: "List workspaces, oldest first",
    query: listQuery,
    success: { status: 200, description: "Workspaces", body: workspaceList },
    problems: ["invalid_cursor"],
    handle: async ({ query }) =>
      listByKey(
        query,
        ({ after, limit }) =>
          workspaces.list({ limit, ...(after !== undefined && { after: asWorkspaceId(after) }) }),
        { keyOf: ({ _id }) => _id, toAnswer: (workspace) => toWorkspaceAnswer(workspace) },
      ),
  });
}

function getOne({ workspaces }: OperatorOperationsOptions): Operation {
  return operatorOperation({
    method: "get",
    path: "/v1/workspaces/{id}",
    operationId: "getWorkspaceById",
    tag,
    summary: "Read a workspace",
    success: { status: 200, description: "The workspace", body: workspaceSchema },
    problems: ["not_found"],
    handle: async ({ params }) => {
      const workspace = await workspaces.find(asWorkspaceId(params.id ?? ""));
      if (!workspace) return notFound("workspace");
      return ok(toWorkspaceAnswer(workspace), { etag: toEtag(workspace.version) });
    },
  });
}

function createKey({ workspaces, apiKeys, now }: OperatorOperationsOptions): Operation {
  return operatorOperation({
    method: "post",
    path: "/v1/workspaces/{id}/api-keys",
    operationId: "createWorkspaceApiKey",
    tag,
    summary: "Make a key for a workspace, when all of its own are lost",
    body: createApiKey,
    success: { status: 201, description: "The key, shown this once", body: createdApiKey },
    problems: ["not_found"],
    handle: async ({ params, body }) => {
      const workspace = await workspaces.find(asWorkspaceId(params.id ?? ""));
      if (!workspace) return notFound("workspace");
      const at = now();
      const errors = checkExpiry(body, at);
      if (errors.length > 0) return invalid(errors);
      const { key, document } = makeApiKey(workspace._id, body, at);
      await apiKeys.insert(document);
      return created({ ...toApiKeyAnswer(document), apiKey: key });
    },
  });
}
