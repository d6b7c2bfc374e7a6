import type { Hooklane, LiveEvent } from "@hooklane/client";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { atMostEvery } from "./at-most.js";
import { markReachable, markUnreachable } from "./reachability.js";
import { useWorkspace } from "./workspace-context.js";

type Listener = (event: LiveEvent) => void;

interface Live {
  readonly isLive: boolean;
  /** @returns how to stop listening */
  readonly listen: (listener: Listener) => () => void;
}

class Listeners {
  readonly #all = new Set<Listener>();

  readonly add = (listener: Listener): (() => void) => {
    this.#all.add(listener);
    return () => void this.#all.delete(listener);
  };

  tell(event: LiveEvent): void {
    for (const listener of this.#all) listener(event);
  }
}

const LiveContext = createContext<Live | undefined>(undefined);

/** One stream for all views of a workspace. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const { hooklane, workspace } = useWorkspace();
  const client = useQueryClient();
  const [isLive, setLive] = useState(false);
  const [listeners] = useState(() => new Listeners());
  useEffect(() => {
    const stop = new AbortController();
    const refresh = refreshing(client, workspace.id);
    const tell = (event: LiveEvent) => {
      refresh(event);
      listeners.tell(event);
    };
    void follow(hooklane, stop.signal, { tell, setLive });
    return () => stop.abort();
  }, [hooklane, workspace.id, client, listeners]);
  const live = useMemo<Live>(() => ({ isLive, listen: listeners.add }), [isLive, listeners]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useLive outside of LiveProvider");
  return live;
}

/** Calls `listener` for what happens while the view is there. It may be another one at each rendering. */
export function useLiveEvents(listener: Listener): void {
  const { listen } = useLive();
  useEffect(() => listen(listener), [listen, listener]);
}

/** Until the signal; a stream that is refused is tried again when the page is opened anew, as its queries then say why. */
async function follow(
  hooklane: Hooklane,
  signal: AbortSignal,
  { tell, setLive }: { readonly tell: Listener; readonly setLive: (isLive: boolean) => void },
): Promise<void> {
  const options = {
    signal,
    onConnected: () => {
      markReachable();
      setLive(true);
    },
    onDisconnected: ({ error, waitMs }: { readonly error: unknown; readonly waitMs: number }) => {
      setLive(false);
      if (error !== undefined) markUnreachable(Date.now() + waitMs);
    },
  };
  try {
    for await (const event of hooklane.stream({}, options)) tell(event);
  } catch {
    setLive(false);
  }
}

/** Between two readings of what changes, milliseconds. */
const REFRESH_MS = 1_000;

/** What is shown of webhooks and of the quota changes with them; lists of deliveries look for themselves. */
function refreshing(client: QueryClient, workspaceId: string): Listener {
  const refresh = (...key: string[]) =>
    atMostEvery(REFRESH_MS, () => void client.invalidateQueries({ queryKey: [workspaceId, ...key] }));
  const refreshBy = {
    webhook: refresh("webhooks"),
    quota: refresh("health"),
    reset: refresh(),
    delivery: () => undefined,
  };
  return ({ event }) => refreshBy[event]();
}
