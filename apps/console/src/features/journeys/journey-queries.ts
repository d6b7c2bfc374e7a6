import type { Hooklane, Journey, LiveEvent } from "@hooklane/client";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLiveEvents } from "../../api/live.js";
import { useWorkspace } from "../../api/workspace-context.js";

const PAGE_SIZE = 100;

/** What was sent is shown so long after it at most, milliseconds: a busy journey is not asked for with each request. */
const FOLLOW_MS = 1_000;

/** Oldest first. */
export function useJourneys() {
  const { workspace, hooklane } = useWorkspace();
  // Starting and pausing switch the points, and points come and go: both are told of webhooks.
  useFollow("list", ({ event }) => event === "webhook");
  return useInfiniteQuery({
    queryKey: [workspace.id, "journeys", "list"],
    queryFn: ({ pageParam }) => hooklane.journeys.list({ limit: PAGE_SIZE }).page(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}

/** A journey with its points and what they sent so far, as it happens. */
export function useJourney(id: string) {
  const { workspace, hooklane } = useWorkspace();
  const query = useQuery({
    queryKey: [workspace.id, "journeys", "one", id],
    queryFn: () => readJourney(hooklane, id),
  });
  useFollow("one", (event) => {
    if (event.event === "delivery")
      return query.data?.points.some((point) => point.id === event.data.webhookId) === true;
    // The stream does not tell whose webhook it is: a new one may be a point of this journey.
    return event.event === "webhook";
  });
  return query;
}

/** Asks anew, a moment after something happened. */
function useFollow(part: "list" | "one", concerns: (event: LiveEvent) => boolean): void {
  const { workspace } = useWorkspace();
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveEvents((event) => {
    if (timer.current !== undefined || !concerns(event)) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: [workspace.id, "journeys", part] });
    }, FOLLOW_MS);
  });
}

export async function readJourney(hooklane: Hooklane, id: string) {
  // A journey has at most as many points as a page.
  const [journey, { data: points }] = await Promise.all([
    hooklane.journeys.get(id),
    hooklane.journeys.points(id, { limit: PAGE_SIZE }).page(),
  ]);
  return { journey, points };
}

export type JourneyCommand = "start" | "pause" | "resume";

interface JourneySwitch {
  readonly command: JourneyCommand;
  /** Of `resume`: whether what was missed is sent first. */
  readonly recovers?: boolean;
}

/** @param onDone before what is shown of the journey changes */
export function useSwitchJourney({ id }: Pick<Journey, "id">, onDone: (command: JourneyCommand) => void) {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshJourneys();
  return useMutation({
    mutationFn: ({ command, recovers }: JourneySwitch) =>
      command === "resume"
        ? hooklane.journeys.resume(id, recovers === true ? { recover: true } : {})
        : hooklane.journeys[command](id),
    onSuccess: (_journey, { command }) => onDone(command),
    onSettled: refresh,
  });
}

/** @param options.onDone before what is shown of journeys changes */
export function useDeleteJourney({ onDone }: { readonly onDone: () => Promise<void> }) {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshJourneys();
  return useMutation({
    mutationFn: ({ id }: Pick<Journey, "id">) =>
      hooklane.api.DELETE("/v1/journeys/{id}", { params: { path: { id } } }),
    onSuccess: onDone,
    onSettled: refresh,
  });
}

/** Of it, the stream tells only what concerns its points. */
export function useRefreshJourneys() {
  const { workspace } = useWorkspace();
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [workspace.id, "journeys"] });
}
