import { HooklaneError } from "@hooklane/client";
import { useSyncExternalStore } from "react";

/** Whether the API answers, as the last call and the live stream saw it. */
export interface Reachability {
  readonly isReachable: boolean;
  /** When it is tried again by itself, milliseconds since 1970; undefined: at the next click. */
  readonly nextTryAt: number | undefined;
}

const REACHABLE: Reachability = { isReachable: true, nextTryAt: undefined };

let current = REACHABLE;
const listeners = new Set<() => void>();

export function markReachable(): void {
  if (!current.isReachable) change(REACHABLE);
}

export function markUnreachable(nextTryAt?: number): void {
  change({ isReachable: false, nextTryAt: nextTryAt ?? current.nextTryAt });
}

/** Codes that say nothing of the call, but of the way to the API. */
const AWAY: ReadonlySet<string> = new Set(["network", "timeout", "unavailable"]);

export const isAway = (error: unknown): boolean => error instanceof HooklaneError && AWAY.has(error.code);

/** Of a call that nobody makes again by itself. */
export function noteFailure(error: unknown): void {
  if (isAway(error)) markUnreachable();
}

export const useReachability = (): Reachability => useSyncExternalStore(subscribe, () => current);

function change(next: Reachability): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
