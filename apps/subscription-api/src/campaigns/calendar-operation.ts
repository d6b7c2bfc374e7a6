import { calendar, type CalendarAnswer, type CalendarEntry, calendarQuery } from "@hooklane/contracts";
import { asWebhookId, type CampaignId, type WebhookId } from "@hooklane/core";
import type {
  CampaignDocument,
  CampaignRepository,
  TouchpointDocument,
  TouchpointRepository,
  WebhookRepository,
  WorkspaceRepository,
} from "@hooklane/store";
import { z } from "zod";
import { ok } from "../http/answer.js";
import { decodeCursor, encodeCursor } from "../http/cursor.js";
import { invalidCursor } from "../http/list.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { toDayRange, toLocalDate } from "./local-time.js";
import { toCountsAnswer } from "./touchpoint-answer.js";

/** Behind which touchpoint a page goes on. */
const calendarCursor = z
  .tuple([z.number().int().min(-8.64e15).max(8.64e15), z.string().min(1).max(300)])
  .transform(([dueAt, id]) => ({ dueAt: new Date(dueAt), id: asWebhookId(id) }));

export interface CalendarOperationOptions {
  readonly campaigns: Pick<CampaignRepository, "findMany">;
  readonly touchpoints: Pick<TouchpointRepository, "calendar">;
  readonly webhooks: Pick<WebhookRepository, "readNames">;
  readonly workspaces: Pick<WorkspaceRepository, "find">;
}

/** Stands before `/v1/campaigns/{id}`, which would take the word for an id. */
export function calendarOperation(options: CalendarOperationOptions): Operation {
  const { campaigns, touchpoints, webhooks, workspaces } = options;
  return workspaceOperation({
    method: "get",
    path: "/v1/campaigns/calendar",
    operationId: "getCampaignCalendar",
    tag: "Campaigns",
    summary: "Read the touchpoints of all campaigns by day, in the workspace's time zone",
    access: "read",
    query: calendarQuery,
    success: { status: 200, description: "Days that have touchpoints", body: calendar },
    problems: ["invalid_cursor"],
    handle: async ({ workspaceId, query: { from, to, limit, cursor } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, calendarCursor);
      if (cursor !== undefined && after === undefined) return invalidCursor();
      const timeZone = (await workspaces.find(workspaceId))?.timeZone ?? "UTC";
      // One more than asked for tells whether there is a next page.
      const page = { limit: limit + 1, after };
      const found = await touchpoints.calendar(workspaceId, toDayRange(from, to, timeZone), page);
      const shown = found.slice(0, limit);
      const last = found.length > limit ? shown.at(-1) : undefined;
      const entries = toEntries(
        shown,
        await campaigns.findMany(shown.map(({ campaignId }) => campaignId)),
        await webhooks.readNames(shown.map(({ _id }) => _id)),
      );
      const answer: CalendarAnswer = {
        timeZone,
        data: byDay(entries, timeZone),
        nextCursor: last ? encodeCursor([last.dueAt.getTime(), last._id]) : null,
      };
      return ok(answer);
    },
  });
}

const toEntries = (
  touchpoints: readonly TouchpointDocument[],
  campaigns: ReadonlyMap<CampaignId, CampaignDocument>,
  names: ReadonlyMap<WebhookId, string>,
): readonly CalendarEntry[] =>
  touchpoints.flatMap((touchpoint) => {
    const { _id, campaignId, dueAt, status } = touchpoint;
    const campaign = campaigns.get(campaignId);
    const name = names.get(_id);
    // Deleted between the reads.
    if (!campaign || name === undefined) return [];
    return {
      campaignId,
      campaignName: campaign.name,
      touchpointId: _id,
      name,
      dueAt: dueAt.toISOString(),
      status,
      counts: toCountsAnswer(touchpoint),
    };
  });

function byDay(entries: readonly CalendarEntry[], timeZone: string): CalendarAnswer["data"] {
  const days = new Map<string, CalendarEntry[]>();
  for (const entry of entries) {
    const date = toLocalDate(new Date(entry.dueAt), timeZone);
    const ofDay = days.get(date) ?? [];
    ofDay.push(entry);
    days.set(date, ofDay);
  }
  return [...days].map(([date, ofDay]) => ({ date, entries: ofDay }));
}
