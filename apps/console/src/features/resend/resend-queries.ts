import type { Job, ResendFilter } from "@hooklane/client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "../../api/workspace-context.js";
import { useRememberedResends } from "./remembered-resends.js";

export type ResendJob = Extract<Job, { readonly kind: "resend_many" }>;

/** Puts one delivery in line once more. */
export function useResend() {
  const { hooklane, workspace } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (deliveryId: string) => hooklane.deliveries.resend(deliveryId),
    onSettled: () => client.invalidateQueries({ queryKey: [workspace.id, "event"] }),
  });
}

/** How many deliveries a filter has now; counted anew each time somebody asks. */
export function useResendCount(filter: ResendFilter) {
  const { hooklane, workspace } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "resend-count", filter],
    queryFn: () => hooklane.deliveries.resendMany({ filter, dryRun: true }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Begins a job that resends what a filter has, and remembers it. */
export function useBeginResend() {
  const { hooklane, workspace } = useWorkspace();
  const client = useQueryClient();
  const { remember } = useRememberedResends();
  return useMutation({
    mutationFn: (filter: ResendFilter) => hooklane.deliveries.resendMany({ filter }),
    onSuccess: ({ job }) => {
      if (!job) return;
      client.setQueryData(jobKey(workspace.id, job.id), job);
      remember(job.id);
    },
  });
}

/** The stream tells nothing of jobs: one that runs is asked after, milliseconds. */
const JOB_REFRESH_MS = 1_000;

/** How far a job is, to its end. */
export function useJob(id: string) {
  const { hooklane, workspace } = useWorkspace();
  return useQuery({
    queryKey: jobKey(workspace.id, id),
    queryFn: () => hooklane.jobs.get(id),
    refetchInterval: ({ state }) => (state.data?.status === "running" ? JOB_REFRESH_MS : false),
  });
}

export function useCancelJob(id: string) {
  const { hooklane, workspace } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => hooklane.jobs.cancel(id),
    // Where its work was done before it could be cancelled, that is what is shown.
    onSettled: () => client.invalidateQueries({ queryKey: jobKey(workspace.id, id) }),
  });
}

const jobKey = (workspaceId: string, id: string) => [workspaceId, "job", id] as const;
