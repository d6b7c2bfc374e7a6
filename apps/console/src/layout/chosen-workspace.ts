import { useSyncExternalStore } from "react";
import type { SignedIn } from "../api/session.js";

const STORED = "hooklane.workspace";
/** Links in mails name the workspace they are about. */
const PARAMETER = "workspace";

const listeners = new Set<() => void>();

/** The workspace whose pages are shown: the one an opened link names, the one chosen last, or the first. */
export function useChosenWorkspace(workspaces: readonly SignedIn[]): {
  readonly chosen: SignedIn | undefined;
  readonly choose: (id: string) => void;
} {
  const stored = useSyncExternalStore(subscribe, readChosen);
  return { chosen: workspaces.find(({ id }) => id === stored) ?? workspaces[0], choose: store };
}

/** Notes the workspace a link names; called once, when the page is opened. */
export function adoptLinkedWorkspace(search: string): void {
  const linked = new URLSearchParams(search).get(PARAMETER);
  if (linked !== null) store(linked);
}

const readChosen = (): string | null => localStorage.getItem(STORED);

function store(id: string): void {
  localStorage.setItem(STORED, id);
  for (const listener of listeners) listener();
}

/** Of this tab: two tabs can show two workspaces, until one is loaded anew. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
