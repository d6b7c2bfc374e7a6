import { useQuery } from "@tanstack/react-query";
import { dataOf } from "../../api/data-of.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { createZonedClock } from "./zoned-clock.js";

const FRESH_MS = 60_000;

/** The clocks of the workspace's time zone, once it is known: by them touchpoints are given and shown. */
export function useZonedClock() {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "time-zone"],
    queryFn: async () => (await dataOf(hooklane.api.GET("/v1/workspace"))).timeZone,
    select: createZonedClock,
    staleTime: FRESH_MS,
  });
}
