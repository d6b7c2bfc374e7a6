import type { Campaign, CreateCampaign, PatchCampaign } from "@hooklane/client";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { dataOf } from "../../api/data-of.js";
import { useWorkspace } from "../../api/workspace-context.js";

/** Read at a time. */
const PAGE_SIZE = 100;

/**
 * Where what is known of campaigns is kept: among webhooks, which touchpoints are, so that the live stream's word of a
 * changed one refreshes them.
 */
export const campaignsKey = (workspaceId: string) => [workspaceId, "webhooks", "campaigns"] as const;

/** Campaigns, oldest first. */
export function useCampaigns() {
  const { workspace, hooklane } = useWorkspace();
  return useInfiniteQuery({
    queryKey: [...campaignsKey(workspace.id), "list"],
    queryFn: ({ pageParam }) => {
      const query = { limit: PAGE_SIZE, ...(pageParam !== undefined && { cursor: pageParam }) };
      return dataOf(hooklane.api.GET("/v1/campaigns", { params: { query } }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}

export function useCampaign(id: string) {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [...campaignsKey(workspace.id), "one", id],
    queryFn: () => dataOf(hooklane.api.GET("/v1/campaigns/{id}", { params: { path: { id } } })),
  });
}

/** Changes of campaigns, which refresh what is shown of them once they are made. */
export function useCampaignCalls() {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshCampaigns();
  return {
    create: async (body: CreateCampaign): Promise<Campaign> => {
      const made = await dataOf(hooklane.api.POST("/v1/campaigns", { body }));
      await refresh();
      return made;
    },
    /** @throws HooklaneError `precondition_failed` when it was changed since it was read */
    update: async ({ id, version }: Campaign, body: PatchCampaign): Promise<Campaign> => {
      const params = { path: { id }, header: { "If-Match": `"${version}"` } };
      try {
        return await dataOf(hooklane.api.PATCH("/v1/campaigns/{id}", { params, body }));
      } finally {
        await refresh();
      }
    },
  };
}

export function useDeleteCampaign() {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshCampaigns();
  return useMutation({
    mutationFn: ({ id }: Pick<Campaign, "id">) =>
      hooklane.api.DELETE("/v1/campaigns/{id}", { params: { path: { id } } }),
    onSettled: refresh,
  });
}

export function useRefreshCampaigns() {
  const { workspace } = useWorkspace();
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: campaignsKey(workspace.id) });
}
