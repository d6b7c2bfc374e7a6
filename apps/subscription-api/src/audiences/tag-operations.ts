import {
  contactWriteQuery,
  createTag,
  listQuery,
  tag as tagSchema,
  type TagAnswer,
  tagList,
} from "@hooklane/contracts";
import type { AudienceRepository, TagDocument, TagRepository } from "@hooklane/store";
import { created, noContent, notFound, ok, refusal } from "../http/answer.js";
import { listByKey } from "../http/list.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { withAudience } from "./audience-call.js";

const tag = "Audiences";

export interface TagOperationsOptions {
  readonly audiences: AudienceRepository;
  readonly tags: TagRepository;
  readonly now: () => Date;
}

export function tagOperations(options: TagOperationsOptions): readonly Operation[] {
  return [list(options), create(options), getOne(options), deleteOne(options)];
}

function list({ audiences, tags }: TagOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/audiences/{id}/tags",
    operationId: "listTags",
    tag,
    summary: "List an audience's tags by name",
    access: "read",
    query: listQuery,
    success: { status: 200, description: "Tags", body: tagList },
    problems: ["not_found", "invalid_cursor"],
    handle: (call) =>
      withAudience(audiences, call, (audience) =>
        listByKey(call.query, (page) => tags.list(audience._id, page), {
          keyOf: ({ name }) => name,
          toAnswer: toTagAnswer,
        }),
      ),
  });
}

function create({ audiences, tags, now }: TagOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/audiences/{id}/tags",
    operationId: "createTag",
    tag,
    summary: "Make a tag, which contacts of the audience can have from then on",
    access: "write",
    body: createTag,
    success: { status: 201, description: "The tag", body: tagSchema },
    problems: ["not_found", "conflict"],
    handle: (call) =>
      withAudience(audiences, call, async ({ _id, workspaceId }) => {
        const made = { workspaceId, audienceId: _id, name: call.body.name, createdAt: now() };
        return (await tags.insert(made))
          ? created(toTagAnswer(made))
          : refusal("conflict", "The audience has a tag of that name, or one that is still being deleted.");
      }),
  });
}

function getOne({ audiences, tags }: TagOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/audiences/{id}/tags/{name}",
    operationId: "getTag",
    tag,
    summary: "Read a tag",
    access: "read",
    success: { status: 200, description: "The tag", body: tagSchema },
    problems: ["not_found"],
    handle: (call) =>
      withAudience(audiences, call, async ({ _id }) => {
        const found = await tags.find(_id, call.params.name ?? "");
        return found ? ok(toTagAnswer(found)) : notFound("tag");
      }),
  });
}

function deleteOne({ audiences, tags, now }: TagOperationsOptions): Operation {
  return workspaceOperation({
    method: "delete",
    path: "/v1/audiences/{id}/tags/{name}",
    operationId: "deleteTag",
    tag,
    summary: "Delete a tag: contacts get it no more, and those that have it lose it one after the other",
    access: "write",
    query: contactWriteQuery,
    success: { status: 204, description: "Deleted; its name is free once no contact has it" },
    problems: ["not_found", "conflict"],
    handle: (call) =>
      withAudience(audiences, call, async ({ _id }) => {
        switch (await tags.delete(_id, call.params.name ?? "", call.query.source, now())) {
          case "deleted":
            return noContent();
          case "used":
            return refusal("conflict", "A touchpoint that is scheduled or running is for it.");
          case "not_found":
            return notFound("tag");
        }
      }),
  });
}

const toTagAnswer = ({ name, createdAt }: Pick<TagDocument, "name" | "createdAt">): TagAnswer => ({
  name,
  createdAt: createdAt.toISOString(),
});
