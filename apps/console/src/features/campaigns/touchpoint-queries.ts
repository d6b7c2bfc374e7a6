import {
  type CreatedTouchpoint,
  type CreateTouchpoint,
  List,
  type PatchTouchpoint,
  type Touchpoint,
} from "@hooklane/client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { dataOf } from "../../api/data-of.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { campaignsKey, useRefreshCampaigns } from "./campaign-queries.js";
import { nextLookMs } from "./next-look.js";

const TOUCHPOINTS = "/v1/campaigns/{id}/touchpoints";
const TOUCHPOINT = "/v1/campaigns/{id}/touchpoints/{touchpointId}";

/** Of a campaign there are a hundred at most. */
const PAGE_SIZE = 100;

/** All touchpoints of a campaign, oldest first; one that is due or runs is followed. */
export function useTouchpoints(campaignId: string) {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [...campaignsKey(workspace.id), "touchpoints", campaignId],
    queryFn: () =>
      new List((cursor) => {
        const query = { limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
        return dataOf(hooklane.api.GET(TOUCHPOINTS, { params: { path: { id: campaignId }, query } }));
      }).take(PAGE_SIZE),
    refetchInterval: ({ state: { data = [] } }) => nextLookMs(data, Date.now()),
  });
}

export function useTouchpoint(campaignId: string, touchpointId: string) {
  const { workspace, hooklane } = useWorkspace();
  const path = { id: campaignId, touchpointId };
  return useQuery({
    queryKey: [...campaignsKey(workspace.id), "touchpoint", campaignId, touchpointId],
    queryFn: () => dataOf(hooklane.api.GET(TOUCHPOINT, { params: { path } })),
    refetchInterval: ({ state: { data } }) => nextLookMs(data ? [data] : [], Date.now()),
  });
}

const toParams = ({ id, campaignId, version }: Touchpoint) => ({
  path: { id: campaignId, touchpointId: id },
  header: { "If-Match": `"${version}"` },
});

/** Calls of the touchpoint's form, which refresh what is shown once they are made. */
export function useTouchpointCalls() {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshCampaigns();
  return {
    create: async (campaignId: string, body: CreateTouchpoint): Promise<CreatedTouchpoint> => {
      const made = await dataOf(
        hooklane.api.POST(TOUCHPOINTS, { params: { path: { id: campaignId } }, body }),
      );
      await refresh();
      return made;
    },
    /** @throws HooklaneError `precondition_failed` when it was changed since it was read */
    update: async (before: Touchpoint, body: PatchTouchpoint): Promise<CreatedTouchpoint> => {
      try {
        return await dataOf(hooklane.api.PATCH(TOUCHPOINT, { params: toParams(before), body }));
      } finally {
        await refresh();
      }
    },
  };
}

/** Schedules a draft. */
export function useScheduleTouchpoint() {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshCampaigns();
  return useMutation({
    mutationFn: (touchpoint: Touchpoint) =>
      dataOf(hooklane.api.POST(`${TOUCHPOINT}/schedule`, { params: toParams(touchpoint), body: {} })),
    onSettled: refresh,
  });
}

/** Cancels one that is scheduled. */
export function useCancelTouchpoint() {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshCampaigns();
  return useMutation({
    mutationFn: (touchpoint: Touchpoint) =>
      dataOf(hooklane.api.POST(`${TOUCHPOINT}/cancel`, { params: toParams(touchpoint), body: {} })),
    onSettled: refresh,
  });
}

export function useDeleteTouchpoint() {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshCampaigns();
  return useMutation({
    mutationFn: ({ id, campaignId }: Pick<Touchpoint, "id" | "campaignId">) =>
      hooklane.api.DELETE(TOUCHPOINT, { params: { path: { id: campaignId, touchpointId: id } } }),
    onSettled: refresh,
  });
}
