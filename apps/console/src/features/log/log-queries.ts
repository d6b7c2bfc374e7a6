import type { Delivery } from "@hooklane/client";
import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useLiveEvents } from "../../api/live.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { type LogSearch, toInstant } from "./log-search.js";

const PAGE_SIZE = 100;

interface DeliveryPage {
  readonly data: readonly Delivery[];
  readonly nextCursor: string | null;
}

/** What the API is asked for, of what the address says. */
export function toDeliveryFilter({ webhookId, eventType, status, from, to }: LogSearch) {
  const [first, last] = [toInstant(from), toInstant(to)];
  return {
    ...(webhookId !== undefined && { webhookId }),
    ...(eventType !== undefined && { eventType }),
    ...(status !== undefined && { status }),
    ...(first !== undefined && { from: first }),
    ...(last !== undefined && { to: last }),
  };
}

/**
 * Deliveries, newest first. Those shown change as they are attempted; new ones are counted, and shown when asked for: a list
 * does not move under the eyes of who reads it.
 */
export function useDeliveries(search: LogSearch) {
  const { workspace, hooklane } = useWorkspace();
  const client = useQueryClient();
  const filter = toDeliveryFilter(search);
  const key = JSON.stringify([workspace.id, "deliveries", filter]);
  const [fresh, setFresh] = useState({ key, ids: new Set<string>() });
  const query = useInfiniteQuery({
    queryKey: [workspace.id, "deliveries", filter],
    queryFn: ({ pageParam }) => hooklane.deliveries.list({ ...filter, limit: PAGE_SIZE }).page(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchOnWindowFocus: false,
  });
  useLiveEvents(
    useCallback(
      (event) => {
        if (event.event !== "delivery") return;
        const queryKey = JSON.parse(key) as [string, string, typeof filter];
        const shown = client.getQueryData<InfiniteData<DeliveryPage>>(queryKey);
        if (shown && has(shown, event.data.id)) {
          client.setQueryData(queryKey, replace(shown, event.data));
        } else if (isWanted(event.data, queryKey[2])) {
          setFresh((before) => ({
            key,
            ids: new Set([...(before.key === key ? before.ids : []), event.data.id]),
          }));
        }
      },
      [client, key],
    ),
  );
  const { refetch } = query;
  return {
    ...query,
    /** How many there are that are not shown yet. */
    freshCount: fresh.key === key ? fresh.ids.size : 0,
    showFresh: () => {
      setFresh({ key, ids: new Set() });
      void refetch();
    },
  };
}

const has = ({ pages }: InfiniteData<DeliveryPage>, id: string): boolean =>
  pages.some(({ data }) => data.some((delivery) => delivery.id === id));

const replace = (shown: InfiniteData<DeliveryPage>, changed: Delivery): InfiniteData<DeliveryPage> => ({
  ...shown,
  pages: shown.pages.map((page) => ({
    ...page,
    data: page.data.map((delivery) => (delivery.id === changed.id ? changed : delivery)),
  })),
});

function isWanted(delivery: Delivery, filter: ReturnType<typeof toDeliveryFilter>): boolean {
  return (
    (filter.webhookId ?? delivery.webhookId) === delivery.webhookId &&
    (filter.eventType ?? delivery.eventType) === delivery.eventType &&
    (filter.status ?? delivery.status) === delivery.status &&
    filter.to === undefined
  );
}

/** Events, newest first, also those that went nowhere. */
export function useEvents({ eventType, eventStatus, from, to }: LogSearch) {
  const { workspace, hooklane } = useWorkspace();
  const [first, last] = [toInstant(from), toInstant(to)];
  const filter = {
    ...(eventType !== undefined && { type: eventType }),
    ...(eventStatus !== undefined && { status: eventStatus }),
    ...(first !== undefined && { from: first }),
    ...(last !== undefined && { to: last }),
  };
  return useInfiniteQuery({
    queryKey: [workspace.id, "events", filter],
    queryFn: ({ pageParam }) => hooklane.events.list({ ...filter, limit: PAGE_SIZE }).page(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}

/** An event, which webhooks it went to, and what became of it there. */
export function useEvent(id: string) {
  const { workspace, hooklane } = useWorkspace();
  const client = useQueryClient();
  const queryKey = [workspace.id, "event", id];
  useLiveEvents(
    useCallback(
      (event) => {
        if (event.event === "delivery" && event.data.eventId === id)
          void client.invalidateQueries({ queryKey: [workspace.id, "event", id] });
      },
      [client, workspace.id, id],
    ),
  );
  return useQuery({
    queryKey,
    queryFn: async () => {
      const [event, explanation, deliveries] = await Promise.all([
        hooklane.events.get(id),
        hooklane.events.explain(id),
        hooklane.deliveries.list({ eventId: id }).take(DELIVERIES_SHOWN_MAX),
      ]);
      return { event, explanation, deliveries };
    },
  });
}

const DELIVERIES_SHOWN_MAX = 500;
