import { type Audience, List } from "@hooklane/client";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { bodyOf, byCursor, PAGE_SIZE, pageQuery } from "../../api/lists.js";
import { useWorkspace } from "../../api/workspace-context.js";

/** All of them, oldest first: one is chosen. */
export function useAudiences() {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "audiences", "all"],
    queryFn: () =>
      new List<Audience>(async (cursor) =>
        bodyOf(await hooklane.api.GET("/v1/audiences", { params: { query: pageQuery(cursor) } })),
      ).take(Infinity),
  });
}

export function useAudience(id: string) {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "audiences", "one", id],
    queryFn: async () => bodyOf(await hooklane.api.GET("/v1/audiences/{id}", { params: { path: { id } } })),
  });
}

export function useRefreshAudiences() {
  const { workspace } = useWorkspace();
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [workspace.id, "audiences"] });
}

/** How many contacts there are, and how many of them are subscribed; of the oldest ten thousand (`isAtLeast`). */
export function useContactCounts(id: string) {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "audiences", "counts", id],
    queryFn: async () => {
      const params = { path: { id } };
      const body = { conditions: { status: "subscribed" } };
      return bodyOf(await hooklane.api.POST("/v1/audiences/{id}/segments/preview", { params, body }));
    },
  });
}

export function useSegments(id: string) {
  const { workspace, hooklane } = useWorkspace();
  return useInfiniteQuery({
    queryKey: [workspace.id, "audiences", "segments", id],
    queryFn: async ({ pageParam }) =>
      bodyOf(
        await hooklane.api.GET("/v1/audiences/{id}/segments", {
          params: { path: { id }, query: pageQuery(pageParam) },
        }),
      ),
    ...byCursor,
  });
}

export function useTags(id: string) {
  const { workspace, hooklane } = useWorkspace();
  return useInfiniteQuery({
    queryKey: [workspace.id, "audiences", "tags", id],
    queryFn: async ({ pageParam }) =>
      bodyOf(
        await hooklane.api.GET("/v1/audiences/{id}/tags", {
          params: { path: { id }, query: pageQuery(pageParam) },
        }),
      ),
    ...byCursor,
  });
}

/** Webhooks that are told of an audience. The API lists those of all: a page may have none of this one. */
export function useAudienceWebhooks(id: string) {
  const { workspace, hooklane } = useWorkspace();
  return useInfiniteQuery({
    queryKey: [workspace.id, "webhooks", "list", "audience", id],
    queryFn: async ({ pageParam }) => {
      const page = await hooklane.webhooks.list({ kind: "audience", limit: PAGE_SIZE }).page(pageParam);
      return { ...page, data: page.data.filter(({ audienceId }) => audienceId === id) };
    },
    ...byCursor,
  });
}
