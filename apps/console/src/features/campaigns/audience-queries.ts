import { List, type Segment } from "@hooklane/client";
import { useQuery } from "@tanstack/react-query";
import { dataOf } from "../../api/data-of.js";
import { useWorkspace } from "../../api/workspace-context.js";

const PAGE_SIZE = 200;
/** More than a list to choose from can show. */
const CHOICES_MAX = 2_000;

/** The workspace's audiences, oldest first. */
export function useAudiences() {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "audiences", "choices"],
    queryFn: () =>
      new List((cursor) =>
        dataOf(hooklane.api.GET("/v1/audiences", { params: { query: toPage(cursor) } })),
      ).take(CHOICES_MAX),
  });
}

/** An audience's segments and tags; none before one is chosen. */
export function useTargets(audienceId: string) {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "audiences", "targets", audienceId],
    queryFn: async () => {
      const path = { id: audienceId };
      const [segments, tags] = await Promise.all([
        new List((cursor) =>
          dataOf(
            hooklane.api.GET("/v1/audiences/{id}/segments", { params: { path, query: toPage(cursor) } }),
          ),
        ).take(CHOICES_MAX),
        new List((cursor) =>
          dataOf(hooklane.api.GET("/v1/audiences/{id}/tags", { params: { path, query: toPage(cursor) } })),
        ).take(CHOICES_MAX),
      ]);
      return { segments, tags: tags.map(({ name }) => name) };
    },
    enabled: audienceId !== "",
  });
}

/** Whom a request is for, of an audience: a segment, a tag, or neither. */
export interface Target {
  readonly segment?: Segment | undefined;
  readonly tag?: string | undefined;
}

/** How many contacts a touchpoint would reach if it were due now: subscribed ones (product.md W5). */
export function useMatchingContacts(audienceId: string, target: Target) {
  const { workspace, hooklane } = useWorkspace();
  const conditions = toConditions(target);
  return useQuery({
    queryKey: [workspace.id, "audiences", "matching", audienceId, conditions],
    queryFn: () =>
      dataOf(
        hooklane.api.POST("/v1/audiences/{id}/segments/preview", {
          params: { path: { id: audienceId } },
          body: { conditions },
        }),
      ),
    enabled: audienceId !== "",
  });
}

const SUBSCRIBED = { status: "subscribed" };

function toConditions({ segment, tag }: Target): Record<string, unknown> {
  if (segment) return { $and: [SUBSCRIBED, segment.conditions] };
  return tag === undefined ? SUBSCRIBED : { ...SUBSCRIBED, tags: { $eq: tag } };
}

const toPage = (cursor: string | undefined) => ({
  limit: PAGE_SIZE,
  ...(cursor !== undefined && { cursor }),
});
