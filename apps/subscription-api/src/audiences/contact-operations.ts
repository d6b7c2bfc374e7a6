import {
  contact as contactSchema,
  contactList,
  contactQuery,
  contactWriteQuery,
  createContact,
  patchContact,
} from "@hooklane/contracts";
import { asContactId, asSegmentId, type Contact, type ContactId } from "@hooklane/core";
import type {
  AudienceDocument,
  AudienceRepository,
  ContactOutcome,
  ContactRepository,
  ContactWriter,
  SegmentRepository,
} from "@hooklane/store";
import type { z } from "zod";
import { type Answer, created, invalid, noContent, notFound, ok, toEtag } from "../http/answer.js";
import { decodeCursor, encodeCursor } from "../http/cursor.js";
import { invalidCursor, keyCursor, listByKey } from "../http/list.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { withAudience } from "./audience-call.js";
import { toContactAnswer, toRejectionAnswer } from "./contact-answer.js";
import { scanContacts, type Scanned } from "./scan-contacts.js";
import { readConditions, toPredicate } from "./segment-matching.js";

const tag = "Audiences";

export interface ContactOperationsOptions {
  readonly audiences: AudienceRepository;
  readonly segments: SegmentRepository;
  readonly contacts: ContactRepository;
  readonly writer: ContactWriter;
  readonly now: () => Date;
}

export function contactOperations(options: ContactOperationsOptions): readonly Operation[] {
  return [list(options), create(options), getOne(options), patch(options), deleteOne(options)];
}

function list(options: ContactOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/audiences/{id}/contacts",
    operationId: "listContacts",
    tag,
    summary: "List an audience's contacts, oldest first",
    access: "read",
    query: contactQuery,
    success: { status: 200, description: "Contacts", body: contactList },
    problems: ["not_found", "invalid_cursor"],
    handle: (call) =>
      withAudience(options.audiences, call, (audience) => listContacts(options, audience, call.query)),
  });
}

/** Looked through for a page of a segment. */
const SEGMENT_EXAMINED_MAX = 1_000;

type ContactQuery = z.output<typeof contactQuery>;

async function listContacts(
  { segments, contacts }: ContactOperationsOptions,
  { _id: audienceId }: AudienceDocument,
  query: ContactQuery,
): Promise<Answer> {
  const { email, segmentId, tag: tagName, status } = query;
  const segment =
    segmentId === undefined ? undefined : await segments.find(audienceId, asSegmentId(segmentId));
  if (segmentId !== undefined && !segment)
    return invalid([
      { path: "segmentId", code: "invalid_value", message: "the audience has no such segment" },
    ]);
  const isOfSegment = segment && toPredicate(readConditions(segment));
  const of = { tag: tagName, status };
  if (email !== undefined) return listOne(await contacts.findByEmail(audienceId, email), of, isOfSegment);
  if (isOfSegment)
    return listMatching(query, (after) =>
      scanContacts(contacts, audienceId, { ...of, ...after }, isOfSegment, {
        examinedMax: SEGMENT_EXAMINED_MAX,
        matchingMax: query.limit,
      }),
    );
  return listByKey(
    query,
    ({ after, limit }) =>
      contacts.page(audienceId, {
        ...of,
        limit,
        ...(after !== undefined && { after: asContactId(after) }),
      }),
    { keyOf: ({ id }) => id, toAnswer: toContactAnswer },
  );
}

/** An address is one contact's at most. */
function listOne(
  found: Contact | undefined,
  { tag: tagName, status }: Pick<ContactQuery, "tag" | "status">,
  isOfSegment: (contact: Contact) => boolean = () => true,
): Answer {
  const data = (found ? [found] : []).filter(
    (contact) =>
      (tagName === undefined || contact.tags.includes(tagName)) &&
      (status === undefined || contact.status === status) &&
      isOfSegment(contact),
  );
  return ok({ data: data.map(toContactAnswer), nextCursor: null });
}

async function listMatching(
  { cursor }: ContactQuery,
  scan: (after: { readonly after?: ContactId }) => Promise<Scanned>,
): Promise<Answer> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, keyCursor);
  if (cursor !== undefined && after === undefined) return invalidCursor();
  const { matching, through } = await scan(after === undefined ? {} : { after: asContactId(after) });
  return ok({
    data: matching.map(toContactAnswer),
    nextCursor: through === undefined ? null : encodeCursor([through]),
  });
}

function create({ audiences, writer, now }: ContactOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/audiences/{id}/contacts",
    operationId: "createContact",
    tag,
    summary: "Add a contact to an audience",
    access: "write",
    query: contactWriteQuery,
    body: createContact,
    success: { status: 201, description: "The contact", body: contactSchema },
    problems: ["not_found", "conflict"],
    handle: (call) =>
      withAudience(audiences, call, async (audience) => {
        const { email, ...given } = call.body;
        const outcome = await writer.write(
          audience,
          { kind: "add", email, patch: given },
          { source: call.query.source, at: now() },
        );
        return toWrittenAnswer(outcome, given.tags, created);
      }),
  });
}

function getOne({ audiences, contacts }: ContactOperationsOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/audiences/{id}/contacts/{contactId}",
    operationId: "getContact",
    tag,
    summary: "Read a contact",
    access: "read",
    success: { status: 200, description: "The contact", body: contactSchema },
    problems: ["not_found"],
    handle: (call) =>
      withAudience(audiences, call, async ({ _id }) => {
        const found = await contacts.find(_id, contactIdOf(call));
        return found ? ok(toContactAnswer(found), { etag: toEtag(found.version) }) : notFound("contact");
      }),
  });
}

function patch({ audiences, writer, now }: ContactOperationsOptions): Operation {
  return workspaceOperation({
    method: "patch",
    path: "/v1/audiences/{id}/contacts/{contactId}",
    operationId: "patchContact",
    tag,
    summary: "Change a contact",
    access: "write",
    query: contactWriteQuery,
    body: patchContact,
    isConditional: true,
    success: { status: 200, description: "The contact as it is now", body: contactSchema },
    problems: ["not_found", "conflict", "precondition_failed"],
    handle: (call) =>
      withAudience(audiences, call, async (audience) => {
        const { tags, ...given } = call.body;
        const outcome = await writer.write(
          audience,
          {
            kind: "change",
            contactId: contactIdOf(call),
            expectedVersion: call.expectedVersion,
            patch: { ...given, tags: tags === null ? [] : tags },
          },
          { source: call.query.source, at: now() },
        );
        return toWrittenAnswer(outcome, tags ?? [], ok);
      }),
  });
}

function deleteOne({ audiences, writer, now }: ContactOperationsOptions): Operation {
  return workspaceOperation({
    method: "delete",
    path: "/v1/audiences/{id}/contacts/{contactId}",
    operationId: "deleteContact",
    tag,
    summary: "Delete a contact; what campaigns have in line for it is not sent any more",
    access: "write",
    query: contactWriteQuery,
    isConditional: true,
    success: { status: 204, description: "Deleted" },
    problems: ["not_found", "precondition_failed"],
    handle: (call) =>
      withAudience(audiences, call, async (audience) => {
        const outcome = await writer.write(
          audience,
          { kind: "delete", contactId: contactIdOf(call), expectedVersion: call.expectedVersion },
          { source: call.query.source, at: now() },
        );
        return toWrittenAnswer(outcome, [], noContent);
      }),
  });
}

const contactIdOf = ({ params }: { readonly params: Readonly<Record<string, string>> }) =>
  asContactId(params.contactId ?? "");

/** Of an unchanged one too: who changed it before may have died before its events were put in line. */
function toWrittenAnswer(
  outcome: ContactOutcome,
  tags: readonly string[],
  answer: (body: unknown, headers: { readonly etag: string }) => Answer,
): Answer {
  if (outcome.kind === "rejected") return toRejectionAnswer(outcome, tags);
  const { contact } = outcome;
  const answered = answer(toContactAnswer(contact), { etag: toEtag(contact.version) });
  return { ...answered, contactEvents: [contact.id] };
}
