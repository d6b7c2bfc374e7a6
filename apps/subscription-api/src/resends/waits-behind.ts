import type { WaitsBehindAnswer } from "@hooklane/contracts";
import type { EndpointQueue } from "@hooklane/store";

/** @param more that will stand in front of it too */
export const toWaitsBehind = (queue: EndpointQueue | undefined, more: number): WaitsBehindAnswer => ({
  deliveries: (queue?.waiting ?? 0) + more,
  isAtLeast: queue?.isAtLeast ?? true,
  ...(queue?.nextAttemptAt && { nextAttemptAt: queue.nextAttemptAt.toISOString() }),
});
