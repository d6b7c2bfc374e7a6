import type { BenchContext } from "../context.js";
import { runS1, type S1Result } from "./s1.js";

/** Figures of S12: the same events one by one and in batches, in one run. */
export interface S12Result {
  readonly single: S1Result;
  readonly batched: S1Result;
  readonly batching: { readonly maxEvents: number; readonly maxWaitSeconds: number };
}

const BATCHING = { maxEvents: 100, maxWaitSeconds: 1 } as const;

/** S1, then S1 with webhooks that take batches of 100. */
export async function runS12(context: BenchContext): Promise<S12Result> {
  const { events } = context.options;
  const single = await runS1(context, events);
  context.say(`S12: the same in batches of ${BATCHING.maxEvents}`);
  return { single, batched: await runS1(context, events, { batching: BATCHING }), batching: BATCHING };
}
