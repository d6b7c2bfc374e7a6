import { Hooklane } from "@hooklane/client";
import { createContext, useContext } from "react";
import type { SignedIn } from "./session.js";

/** The workspace whose pages are shown, and the API in its name. */
export interface WorkspaceAccess {
  readonly workspace: SignedIn;
  readonly hooklane: Hooklane;
  /** Whether the key may change things; what it may not is not offered. */
  readonly canWrite: boolean;
}

/** Calls fail soon: whoever looks on wants to know, and queries are made again with growing pauses. */
const TIMEOUT_MS = 15_000;
const RETRIES_MAX = 1;

/** The API as the console calls it: its own origin, with the session in place of a key (docs/adr/0034). */
export function toAccess(workspace: SignedIn): WorkspaceAccess {
  const hooklane = new Hooklane({
    apiUrl: window.location.origin,
    headers: { "hooklane-workspace": workspace.id },
    timeoutMs: TIMEOUT_MS,
    retriesMax: RETRIES_MAX,
  });
  return { workspace, hooklane, canWrite: workspace.scopes.includes("write") };
}

export const WorkspaceContext = createContext<WorkspaceAccess | undefined>(undefined);

/** @throws Error outside of a workspace's pages */
export function useWorkspace(): WorkspaceAccess {
  const access = useContext(WorkspaceContext);
  if (!access) throw new Error("useWorkspace outside of a workspace's pages");
  return access;
}
