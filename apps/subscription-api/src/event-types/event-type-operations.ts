import {
  createEventType,
  eventType as eventTypeSchema,
  eventTypeList,
  listQuery,
  type PatchEventType,
  patchEventType,
  PRESETS,
  presetInstalled,
  presetTypes,
} from "@hooklane/contracts";
import { RESERVED_TYPES } from "@hooklane/core";
import type { EventTypeRepository, WebhookRepository } from "@hooklane/store";
import {
  type Answer,
  created,
  invalid,
  moved,
  noContent,
  notFound,
  ok,
  refusal,
  toEtag,
} from "../http/answer.js";
import { listByKey } from "../http/list.js";
import { type Operation, type WorkspaceCall, workspaceOperation } from "../http/operation.js";
import { toEventTypeAnswer } from "./event-type-answer.js";
import { checkEventType, toEventTypeDocument, withPatch } from "./event-type-edit.js";
import { toPresetDocument } from "./preset-document.js";

const tag = "Event types";

export interface EventTypeOperationsOptions {
  readonly eventTypes: EventTypeRepository;
  readonly webhooks: WebhookRepository;
  readonly now: () => Date;
}

export function eventTypeOperations(options: EventTypeOperationsOptions): readonly Operation[] {
  return [
    list(options),
    create(options),
    getOne(options),
    patch(options),
    deleteOne(options),
    installPreset(options),
  ];
}

function list({ eventTypes }: EventTypeOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/event-types",
    operationId: "listEventTypes",
    tag,
    summary: "List event types by name",
    access: "read",
    query: listQuery,
    success: { status: 200, description: "Event types", body: eventTypeList },
    problems: ["invalid_cursor"],
    handle: async ({ workspaceId, query }) =>
      listByKey(query, (page) => eventTypes.list(workspaceId, page), {
        keyOf: ({ type }) => type,
        toAnswer: toEventTypeAnswer,
      }),
  });
}

function create({ eventTypes, now }: EventTypeOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/event-types",
    operationId: "createEventType",
    tag,
    summary: "Make an event type of the workspace's own",
    access: "write",
    body: createEventType,
    success: { status: 201, description: "The event type", body: eventTypeSchema },
    problems: ["conflict"],
    handle: async ({ workspaceId, body }) => {
      if (RESERVED_TYPES.includes(body.type)) {
        return invalid([{ path: "type", code: "invalid_value", message: "is Hooklane's own" }]);
      }
      const made = toEventTypeDocument(workspaceId, body, now());
      const errors = checkEventType(made);
      if (errors.length > 0) return invalid(errors);
      if (!(await eventTypes.insert(made))) {
        return refusal("conflict", "The workspace has an event type of that name.");
      }
      return created(toEventTypeAnswer(made), { etag: toEtag(made.version) });
    },
  });
}

function getOne({ eventTypes }: EventTypeOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/event-types/{type}",
    operationId: "getEventType",
    tag,
    summary: "Read an event type",
    access: "read",
    success: { status: 200, description: "The event type", body: eventTypeSchema },
    problems: ["not_found"],
    handle: async ({ workspaceId, params }) => {
      const found = await eventTypes.find(workspaceId, params.type ?? "");
      return found ? ok(toEventTypeAnswer(found), { etag: toEtag(found.version) }) : notFound("event type");
    },
  });
}

function patch(options: EventTypeOperationsOptions): Operation {
  return workspaceOperation({
    method: "patch",
    path: "/v1/event-types/{type}",
    operationId: "patchEventType",
    tag,
    summary: "Change an event type; of a preset's type only `validation`",
    access: "write",
    body: patchEventType,
    isConditional: true,
    success: { status: 200, description: "The event type as it is now", body: eventTypeSchema },
    problems: ["not_found", "conflict", "precondition_failed"],
    handle: (call) => patchOne(options, call),
  });
}

async function patchOne(
  { eventTypes, now }: EventTypeOperationsOptions,
  { workspaceId, params, body, expectedVersion }: WorkspaceCall<unknown, PatchEventType>,
): Promise<Answer> {
  const current = await eventTypes.find(workspaceId, params.type ?? "");
  if (!current) return notFound("event type");
  if (expectedVersion !== undefined && expectedVersion !== current.version) {
    return moved("event type", current.version);
  }
  const { validation: _validation, ...others } = body;
  if (current.preset !== undefined && Object.keys(others).length > 0) {
    return refusal("conflict", "A preset's event type is fixed but for its validation.");
  }
  const patched = withPatch(current, body);
  const errors = checkEventType(patched);
  if (errors.length > 0) return invalid(errors);
  const outcome = await eventTypes.change(workspaceId, current.type, current.version, () => patched, now());
  if (outcome.kind === "not_found") return notFound("event type");
  if (outcome.kind === "moved") return moved("event type", outcome.eventType.version);
  return ok(toEventTypeAnswer(outcome.eventType), { etag: toEtag(outcome.eventType.version) });
}

function deleteOne({ eventTypes, webhooks, now }: EventTypeOperationsOptions): Operation {
  return workspaceOperation({
    method: "delete",
    path: "/v1/event-types/{type}",
    operationId: "deleteEventType",
    tag,
    summary: "Delete an event type of the workspace's own that no webhook asks for",
    access: "write",
    success: { status: 204, description: "Deleted" },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, params }) => {
      const current = await eventTypes.find(workspaceId, params.type ?? "");
      if (!current) return notFound("event type");
      if (current.preset !== undefined) {
        return refusal("conflict", "A preset's event type cannot be deleted.");
      }
      if (await webhooks.isAskedFor(workspaceId, current.type)) {
        return refusal("conflict", "A webhook asks for this event type.");
      }
      return (await eventTypes.delete(workspaceId, current.type, now()))
        ? noContent()
        : notFound("event type");
    },
  });
}

function installPreset({ eventTypes, now }: EventTypeOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/event-types/presets/{preset}",
    operationId: "installPreset",
    tag,
    summary: "Install a preset of the catalogue; types the workspace has stay as they are",
    access: "write",
    success: { status: 200, description: "What was added", body: presetInstalled },
    problems: ["not_found"],
    handle: async ({ workspaceId, params }) => {
      const preset = PRESETS.find((name) => name === params.preset);
      if (!preset) return notFound("preset");
      const at = now();
      const documents = presetTypes(preset).map((type) => toPresetDocument(workspaceId, type, at));
      return ok({ preset, added: await eventTypes.insertMissing(documents) });
    },
  });
}
