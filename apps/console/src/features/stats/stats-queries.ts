import type { WebhookStatsSeries } from "@hooklane/client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { useLiveEvents } from "../../api/live.js";
import { useWorkspace } from "../../api/workspace-context.js";
import type { StatsRange } from "./stats-range.js";

/** What both series have: a webhook's, and the workspace's. */
export type Series = Omit<WebhookStatsSeries, "webhookId">;

/**
 * A change is followed so long after it, milliseconds, and however much happens not more often: results are summed up every
 * two seconds.
 */
const FOLLOW_MS = 4_000;

export function useWorkspaceStats(range: StatsRange) {
  const { workspace, hooklane } = useWorkspace();
  useFollowing([workspace.id, "stats-series", "workspace"]);
  return useQuery({
    queryKey: [workspace.id, "stats-series", "workspace", range],
    queryFn: async () => {
      const { data } = await hooklane.api.GET("/v1/workspace/stats", { params: { query: { range } } });
      if (!data) throw new Error("The figures came without a body");
      return data;
    },
    placeholderData: keepPreviousData,
  });
}

export function useWebhookSeries(id: string, range: StatsRange) {
  const { workspace, hooklane } = useWorkspace();
  useFollowing([workspace.id, "stats-series", "webhook", id], id);
  return useQuery({
    queryKey: [workspace.id, "stats-series", "webhook", id, range],
    queryFn: async () => {
      const params = { path: { id }, query: { range } };
      const { data } = await hooklane.api.GET("/v1/webhooks/{id}/stats/series", { params });
      if (!data) throw new Error("The figures came without a body");
      return data;
    },
    placeholderData: keepPreviousData,
  });
}

/** Asks anew when deliveries change, of one webhook or of any. */
function useFollowing(queryKey: readonly string[], webhookId?: string): void {
  const client = useQueryClient();
  const key = JSON.stringify(queryKey);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLiveEvents(
    useCallback(
      (event) => {
        if (event.event !== "delivery" || timer.current !== undefined) return;
        if (webhookId !== undefined && event.data.webhookId !== webhookId) return;
        timer.current = setTimeout(() => {
          timer.current = undefined;
          void client.invalidateQueries({ queryKey: JSON.parse(key) as string[] });
        }, FOLLOW_MS);
      },
      [client, key, webhookId],
    ),
  );
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [key],
  );
}
