import {
  audience as audienceSchema,
  type AudienceAnswer,
  audienceList,
  createAudience,
  listQuery,
  patchAudience,
} from "@hooklane/contracts";
import { asAudienceId } from "@hooklane/core";
import type { AudienceDocument, AudienceRepository, AudienceUse } from "@hooklane/store";
import { created, moved, noContent, notFound, ok, refusal, toEtag } from "../http/answer.js";
import { listByKey } from "../http/list.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { newAudienceId } from "../ids.js";
import { withAudience } from "./audience-call.js";

const tag = "Audiences";

export interface AudienceOperationsOptions {
  readonly audiences: AudienceRepository;
  readonly now: () => Date;
}

export function audienceOperations(options: AudienceOperationsOptions): readonly Operation[] {
  return [list(options), create(options), getOne(options), patch(options), deleteOne(options)];
}

function list({ audiences }: AudienceOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/audiences",
    operationId: "listAudiences",
    tag,
    summary: "List audiences, oldest first",
    access: "read",
    query: listQuery,
    success: { status: 200, description: "Audiences", body: audienceList },
    problems: ["invalid_cursor"],
    handle: async ({ workspaceId, query }) =>
      listByKey(
        query,
        ({ after, limit }) =>
          audiences.list(workspaceId, { limit, ...(after !== undefined && { after: asAudienceId(after) }) }),
        { keyOf: ({ _id }) => _id, toAnswer: toAudienceAnswer },
      ),
  });
}

function create({ audiences, now }: AudienceOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/audiences",
    operationId: "createAudience",
    tag,
    summary: "Make an audience",
    access: "write",
    body: createAudience,
    success: { status: 201, description: "The audience", body: audienceSchema },
    problems: [],
    handle: async ({ workspaceId, body }) => {
      const at = now();
      const made: AudienceDocument = {
        _id: newAudienceId(),
        workspaceId,
        name: body.name,
        version: 1,
        createdAt: at,
        updatedAt: at,
      };
      await audiences.insert(made);
      return answered(made, created);
    },
  });
}

function getOne({ audiences }: AudienceOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/audiences/{id}",
    operationId: "getAudience",
    tag,
    summary: "Read an audience",
    access: "read",
    success: { status: 200, description: "The audience", body: audienceSchema },
    problems: ["not_found"],
    handle: (call) => withAudience(audiences, call, (audience) => Promise.resolve(answered(audience))),
  });
}

function patch({ audiences, now }: AudienceOperationsOptions): Operation {
  return workspaceOperation({
    method: "patch",
    path: "/v1/audiences/{id}",
    operationId: "patchAudience",
    tag,
    summary: "Change an audience",
    access: "write",
    body: patchAudience,
    isConditional: true,
    success: { status: 200, description: "The audience as it is now", body: audienceSchema },
    problems: ["not_found", "precondition_failed"],
    handle: async ({ workspaceId, params, body: { name }, expectedVersion }) => {
      const outcome = await audiences.change(
        workspaceId,
        asAudienceId(params.id ?? ""),
        expectedVersion,
        (current) => ({ ...current, ...(name !== undefined && { name }) }),
        now(),
      );
      switch (outcome.kind) {
        case "changed":
          return answered(outcome.audience);
        case "moved":
          return moved("audience", outcome.audience.version);
        case "not_found":
          return notFound("audience");
      }
    },
  });
}

const USES: Readonly<Record<AudienceUse, string>> = {
  webhook: "A webhook is told of it",
  campaign: "A campaign is for it",
  touchpoint: "A touchpoint that is scheduled or running is for it",
  import: "Contacts are being imported into it",
};

function deleteOne({ audiences, now }: AudienceOperationsOptions): Operation {
  return workspaceOperation({
    method: "delete",
    path: "/v1/audiences/{id}",
    operationId: "deleteAudience",
    tag,
    summary: "Delete an audience nothing needs, with its contacts, segments and tags; no event tells of them",
    access: "write",
    isConditional: true,
    success: { status: 204, description: "Deleted; what it has is taken away in the background" },
    problems: ["not_found", "conflict", "precondition_failed"],
    handle: async ({ workspaceId, params, expectedVersion }) => {
      const id = asAudienceId(params.id ?? "");
      const outcome = await audiences.delete(workspaceId, id, expectedVersion, now());
      switch (outcome.kind) {
        case "deleted":
          return noContent();
        case "used":
          return refusal("conflict", `${USES[outcome.by]}.`);
        case "moved":
          return moved("audience", outcome.audience.version);
        case "not_found":
          return notFound("audience");
      }
    },
  });
}

const answered = (audience: AudienceDocument, answer = ok) =>
  answer(toAudienceAnswer(audience), { etag: toEtag(audience.version) });

const toAudienceAnswer = ({
  _id,
  name,
  version,
  createdAt,
  updatedAt,
}: AudienceDocument): AudienceAnswer => ({
  id: _id,
  name,
  version,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
