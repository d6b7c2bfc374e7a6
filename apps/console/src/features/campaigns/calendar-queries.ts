import { type CalendarEntry, List } from "@hooklane/client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { dataOf } from "../../api/data-of.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { campaignsKey } from "./campaign-queries.js";
import { type Month, weeksOf } from "./month.js";
import { nextLookMs } from "./next-look.js";

const PAGE_SIZE = 200;
/** More than anybody reads of a month. */
const ENTRIES_MAX = 2_000;

/** The touchpoints of all campaigns in the weeks of a month; those due or running are followed. */
export function useCalendar(month: Month) {
  const { workspace, hooklane } = useWorkspace();
  const days = weeksOf(month).flat();
  const [from = "", to = ""] = [days.at(0), days.at(-1)];
  return useQuery({
    queryKey: [...campaignsKey(workspace.id), "calendar", month],
    queryFn: () =>
      new List<CalendarEntry>(async (cursor) => {
        const query = { from, to, limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
        const page = await dataOf(hooklane.api.GET("/v1/campaigns/calendar", { params: { query } }));
        return { data: page.data.flatMap(({ entries }) => entries), nextCursor: page.nextCursor };
      }).take(ENTRIES_MAX),
    refetchInterval: ({ state: { data = [] } }) => nextLookMs(data, Date.now()),
    // The month before stays until the next one is there.
    placeholderData: keepPreviousData,
  });
}
