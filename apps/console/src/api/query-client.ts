import { HooklaneError } from "@hooklane/client";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { isAway, markReachable, markUnreachable, noteFailure } from "./reachability.js";
import { SESSION_KEY } from "./session.js";

/** From one second up to half a minute between tries. */
const toWaitMs = (failures: number): number => Math.min(30_000, 1_000 * 2 ** failures);

/** How the console asks: again and again while the API is away, once otherwise; live events keep what is shown fresh. */
export function createQueryClient(): QueryClient {
  const note = (error: unknown): void => {
    noteFailure(error);
    if (error instanceof HooklaneError && error.code === "unauthorized")
      void client.invalidateQueries({ queryKey: SESSION_KEY, exact: true });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: note, onSuccess: () => markReachable() }),
    mutationCache: new MutationCache({ onError: note, onSuccess: () => markReachable() }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => {
          if (isAway(error)) markUnreachable(Date.now() + toWaitMs(failures));
          return isAway(error);
        },
        retryDelay: toWaitMs,
        // Whether the browser thinks it is online says nothing of a server next to it.
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
  return client;
}
