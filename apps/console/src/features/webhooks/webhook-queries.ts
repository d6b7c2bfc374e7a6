import type { Webhook } from "@hooklane/client";
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useWorkspace } from "../../api/workspace-context.js";
import type { WebhookSearch } from "./webhook-search.js";

/** Read at a time. */
const PAGE_SIZE = 100;

/** Webhooks that ask for events (console-flows.md F1, F2), oldest first; those of other kinds have pages of their own. */
export function useWebhooks({ search, status }: WebhookSearch) {
  const { workspace, hooklane } = useWorkspace();
  return useInfiniteQuery({
    queryKey: [workspace.id, "webhooks", "list", "events", search, status],
    queryFn: ({ pageParam }) =>
      hooklane.webhooks
        .list({ kind: "events", limit: PAGE_SIZE, ...(search && { search }), ...(status && { status }) })
        .page(pageParam),
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}

export function useWebhook(id: string) {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "webhooks", "one", id],
    queryFn: () => hooklane.webhooks.get(id),
  });
}

/** Errors leave the window without an event of the stream: asked for anew now and then, milliseconds. */
const QUOTA_REFRESH_MS = 30_000;

/** The errors of all webhooks that count, and how many there may be. */
export function useErrorQuota() {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "health"],
    queryFn: async () => (await hooklane.api.GET("/v1/health")).data?.errorQuota ?? null,
    refetchInterval: QUOTA_REFRESH_MS,
  });
}

export function useActivateWebhook() {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshWebhooks();
  return useMutation({
    mutationFn: ({ id, recover = false }: { readonly id: string; readonly recover?: boolean }) =>
      hooklane.webhooks.activate(id, recover ? { recover } : {}),
    onSettled: refresh,
  });
}

export function useDeactivateWebhook() {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshWebhooks();
  return useMutation({
    mutationFn: ({ id }: Pick<Webhook, "id">) => hooklane.webhooks.deactivate(id),
    onSettled: refresh,
  });
}

export function useDeleteWebhook() {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshWebhooks();
  return useMutation({
    mutationFn: ({ id }: Pick<Webhook, "id">) => hooklane.webhooks.delete(id),
    onSettled: refresh,
  });
}

/** The live stream tells of it too, a moment later. */
export function useRefreshWebhooks() {
  const { workspace } = useWorkspace();
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [workspace.id, "webhooks"] });
}
