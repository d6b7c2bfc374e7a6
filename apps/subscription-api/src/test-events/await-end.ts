import { setTimeout as sleep } from "node:timers/promises";
import type { LoggedDelivery } from "@hooklane/store";

/** How often the delivery log is looked at, milliseconds: it is written behind, a few times a second. */
const LOOK_MS = 100;

/**
 * Waits until a delivery has its end in the delivery log.
 *
 * @param timeoutMs from now; 0: looks once
 * @param signal ends the waiting early
 * @returns undefined when it has none by then
 */
export async function awaitEnd(
  find: () => Promise<LoggedDelivery | undefined>,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<LoggedDelivery | undefined> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = await find();
    if (found?.settledAt) return found;
    const leftMs = end - performance.now();
    if (leftMs <= 0 || signal.aborted) return undefined;
    await sleep(Math.min(LOOK_MS, leftMs), undefined, { signal }).catch(() => undefined);
  }
}
