import type { ContactImportJob, Page } from "@hooklane/client";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { byCursor, PAGE_SIZE } from "../../api/lists.js";
import { useWorkspace } from "../../api/workspace-context.js";

/** The live stream does not tell of imports: one that runs is asked for this often, milliseconds. */
const FOLLOW_MS = 1_000;

/** Shown at first: who wants to know of more, asks. */
const IMPORTS_AT_A_TIME = 20;

/** Newest first; followed while one is being written. What an import changed is counted anew when it ends. */
export function useImports(audienceId: string) {
  const { workspace, hooklane } = useWorkspace();
  const client = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: [workspace.id, "audiences", "imports", audienceId],
    queryFn: ({ pageParam }) =>
      hooklane.contactImports.list(audienceId, { limit: IMPORTS_AT_A_TIME }).page(pageParam),
    ...byCursor,
    refetchInterval: ({ state }) => (isAnyRunning(state.data?.pages ?? []) ? FOLLOW_MS : false),
  });
  const isRunning = isAnyRunning(query.data?.pages ?? []);
  const wasRunning = useRef(false);
  useEffect(() => {
    if (wasRunning.current && !isRunning)
      void client.invalidateQueries({ queryKey: [workspace.id, "audiences", "counts", audienceId] });
    wasRunning.current = isRunning;
  }, [client, workspace.id, audienceId, isRunning]);
  return query;
}

const isAnyRunning = (pages: readonly Page<ContactImportJob>[]): boolean =>
  pages.some(({ data }) => data.some(({ status }) => status === "running"));

export function useImportErrors(audienceId: string, job: string) {
  const { workspace, hooklane } = useWorkspace();
  return useInfiniteQuery({
    queryKey: [workspace.id, "audiences", "import-errors", job],
    queryFn: ({ pageParam }) =>
      hooklane.contactImports.errors(audienceId, job, { limit: PAGE_SIZE }).page(pageParam),
    ...byCursor,
  });
}

/** Ends it where it is. */
export function useCancelImport(audienceId: string) {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshImports(audienceId);
  return useMutation({ mutationFn: (job: string) => hooklane.jobs.cancel(job), onSettled: refresh });
}

export function useRefreshImports(audienceId: string) {
  const { workspace } = useWorkspace();
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [workspace.id, "audiences", "imports", audienceId] });
}
