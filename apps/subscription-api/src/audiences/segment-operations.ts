import {
  createSegment,
  listQuery,
  patchSegment,
  previewSegment,
  segment as segmentSchema,
  type SegmentAnswer,
  segmentCount,
  segmentList,
} from "@hooklane/contracts";
import { asSegmentId } from "@hooklane/core";
import type {
  AudienceRepository,
  ContactRepository,
  SegmentDocument,
  SegmentRepository,
} from "@hooklane/store";
import { created, moved, noContent, notFound, ok, refusal, toEtag } from "../http/answer.js";
import { listByKey } from "../http/list.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { newSegmentId } from "../ids.js";
import { withAudience } from "./audience-call.js";
import { countMatching, readConditions } from "./segment-matching.js";

const tag = "Audiences";

export interface SegmentOperationsOptions {
  readonly audiences: AudienceRepository;
  readonly segments: SegmentRepository;
  readonly contacts: ContactRepository;
  readonly now: () => Date;
}

export function segmentOperations(options: SegmentOperationsOptions): readonly Operation[] {
  return [
    list(options),
    create(options),
    preview(options),
    getOne(options),
    count(options),
    patch(options),
    deleteOne(options),
  ];
}

function list({ audiences, segments }: SegmentOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/audiences/{id}/segments",
    operationId: "listSegments",
    tag,
    summary: "List an audience's segments, oldest first",
    access: "read",
    query: listQuery,
    success: { status: 200, description: "Segments", body: segmentList },
    problems: ["not_found", "invalid_cursor"],
    handle: (call) =>
      withAudience(audiences, call, ({ _id }) =>
        listByKey(
          call.query,
          ({ after, limit }) =>
            segments.list(_id, { limit, ...(after !== undefined && { after: asSegmentId(after) }) }),
          { keyOf: (segment) => segment._id, toAnswer: toSegmentAnswer },
        ),
      ),
  });
}

function create({ audiences, segments, now }: SegmentOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/audiences/{id}/segments",
    operationId: "createSegment",
    tag,
    summary: "Make a segment: the contacts that meet conditions, whoever they are at the time",
    access: "write",
    body: createSegment,
    success: { status: 201, description: "The segment", body: segmentSchema },
    problems: ["not_found"],
    handle: (call) =>
      withAudience(audiences, call, async ({ _id, workspaceId }) => {
        const at = now();
        const made: SegmentDocument = {
          _id: newSegmentId(),
          workspaceId,
          audienceId: _id,
          name: call.body.name,
          conditionsJson: JSON.stringify(call.body.conditions),
          version: 1,
          createdAt: at,
          updatedAt: at,
        };
        await segments.insert(made);
        return answered(made, created);
      }),
  });
}

function preview({ audiences, contacts }: SegmentOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/audiences/{id}/segments/preview",
    operationId: "previewSegment",
    tag,
    summary: "Count the contacts that meet conditions, saved nowhere; nothing is changed",
    access: "read",
    body: previewSegment,
    success: { status: 200, description: "How many, and some of them", body: segmentCount },
    problems: ["not_found"],
    handle: (call) =>
      withAudience(audiences, call, async ({ _id }) =>
        ok(await countMatching(contacts, _id, call.body.conditions)),
      ),
  });
}

function getOne({ audiences, segments }: SegmentOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/audiences/{id}/segments/{segmentId}",
    operationId: "getSegment",
    tag,
    summary: "Read a segment",
    access: "read",
    success: { status: 200, description: "The segment", body: segmentSchema },
    problems: ["not_found"],
    handle: (call) =>
      withAudience(audiences, call, async ({ _id }) => {
        const found = await segments.find(_id, segmentIdOf(call));
        return found ? answered(found) : notFound("segment");
      }),
  });
}

function count({ audiences, segments, contacts }: SegmentOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/audiences/{id}/segments/{segmentId}/count",
    operationId: "countSegment",
    tag,
    summary: "Count the contacts of a segment",
    access: "read",
    success: { status: 200, description: "How many, and some of them", body: segmentCount },
    problems: ["not_found"],
    handle: (call) =>
      withAudience(audiences, call, async ({ _id }) => {
        const found = await segments.find(_id, segmentIdOf(call));
        return found ? ok(await countMatching(contacts, _id, readConditions(found))) : notFound("segment");
      }),
  });
}

function patch({ audiences, segments, now }: SegmentOperationsOptions): Operation {
  return workspaceOperation({
    method: "patch",
    path: "/v1/audiences/{id}/segments/{segmentId}",
    operationId: "patchSegment",
    tag,
    summary: "Change a segment; conditions are replaced as a whole",
    access: "write",
    body: patchSegment,
    isConditional: true,
    success: { status: 200, description: "The segment as it is now", body: segmentSchema },
    problems: ["not_found", "precondition_failed"],
    handle: (call) =>
      withAudience(audiences, call, async ({ _id }) => {
        const { name, conditions } = call.body;
        const outcome = await segments.change(
          _id,
          segmentIdOf(call),
          call.expectedVersion,
          (current) => ({
            ...current,
            ...(name !== undefined && { name }),
            ...(conditions !== undefined && { conditionsJson: JSON.stringify(conditions) }),
          }),
          now(),
        );
        switch (outcome.kind) {
          case "changed":
            return answered(outcome.segment);
          case "moved":
            return moved("segment", outcome.segment.version);
          case "not_found":
            return notFound("segment");
        }
      }),
  });
}

function deleteOne({ audiences, segments, now }: SegmentOperationsOptions): Operation {
  return workspaceOperation({
    method: "delete",
    path: "/v1/audiences/{id}/segments/{segmentId}",
    operationId: "deleteSegment",
    tag,
    summary: "Delete a segment no touchpoint waits for; its contacts stay",
    access: "write",
    isConditional: true,
    success: { status: 204, description: "Deleted" },
    problems: ["not_found", "conflict", "precondition_failed"],
    handle: (call) =>
      withAudience(audiences, call, async ({ _id }) => {
        const outcome = await segments.delete(_id, segmentIdOf(call), call.expectedVersion, now());
        switch (outcome.kind) {
          case "deleted":
            return noContent();
          case "used":
            return refusal("conflict", "A touchpoint that is scheduled or running is for it.");
          case "moved":
            return moved("segment", outcome.segment.version);
          case "not_found":
            return notFound("segment");
        }
      }),
  });
}

const segmentIdOf = ({ params }: { readonly params: Readonly<Record<string, string>> }) =>
  asSegmentId(params.segmentId ?? "");

const answered = (segment: SegmentDocument, answer = ok) =>
  answer(toSegmentAnswer(segment), { etag: toEtag(segment.version) });

const toSegmentAnswer = (segment: SegmentDocument): SegmentAnswer => ({
  id: segment._id,
  name: segment.name,
  conditions: readConditions(segment),
  version: segment.version,
  createdAt: segment.createdAt.toISOString(),
  updatedAt: segment.updatedAt.toISOString(),
});
