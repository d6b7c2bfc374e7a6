import { encodeEvent, type OutgoingRecord } from "@hooklane/contracts";
import {
  asEventId,
  type Contact,
  toEventJson,
  toSubscriber,
  toTouchpointRecordId,
  TOUCHPOINT_DUE,
} from "@hooklane/core";
import type { TouchpointDocument, WorkspaceDocument } from "@hooklane/store";

/**
 * The record that sets a touchpoint off for one contact: an ordinary event, aimed at the touchpoint's webhook. Its id is
 * made of both, so whoever puts it in line again, the router takes it once.
 *
 * @param contact as of the due time
 */
export function toTouchpointRecord(
  topic: string,
  { eventsPartition }: WorkspaceDocument,
  touchpoint: TouchpointDocument,
  contact: Contact,
  at: Date,
): OutgoingRecord {
  const { _id: touchpointId, workspaceId, campaignId, audienceId, segmentId, tag, dueAt } = touchpoint;
  const recordId = toTouchpointRecordId(touchpointId, contact.id);
  const source = "system";
  const event = {
    id: asEventId(recordId),
    type: TOUCHPOINT_DUE,
    timestamp: dueAt.toISOString(),
    source,
    data: {
      campaign_id: campaignId,
      touchpoint_id: touchpointId,
      audience_id: audienceId,
      ...(segmentId !== undefined && { segment_id: segmentId }),
      ...(tag !== undefined && { tag }),
      contact: toSubscriber(contact),
    },
  } as const;
  const meta = {
    workspaceId,
    recordId,
    eventId: event.id,
    type: event.type,
    source,
    acceptedAt: at.getTime(),
    aimedAt: touchpointId,
    contactId: contact.id,
  } as const;
  return encodeEvent(topic, eventsPartition, meta, new TextEncoder().encode(toEventJson(event)));
}
