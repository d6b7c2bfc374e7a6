import type { BenchContext } from "../context.js";
import { runS1, type S1Result } from "./s1.js";

/** S1 with one length of the queue. */
export interface S6Result extends S1Result {
  readonly queued: number;
}

/** S1 with longer and longer queues, the services anew for each: rate and memory must not depend on it. */
export async function runS6(context: BenchContext): Promise<readonly S6Result[]> {
  const results: S6Result[] = [];
  for (const queued of context.options.sizes) {
    context.say(`S6: ${queued} queued`);
    results.push({ queued, ...(await runS1(context, queued)) });
  }
  return results;
}
