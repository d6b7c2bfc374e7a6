import type { BenchContext } from "./context.js";
import type { Traffic } from "./traffic.js";

/**
 * A service is measured warm: in the first minute the six Node processes and the broker's JVM spend much of the CPU on
 * compiling, and on two cores every event queues for it.
 */
const RATE_PER_SECOND = 500;
const TAIL_DEADLINE_MS = 60_000;

/** @returns how many events were published */
export async function warmUp({ options, say }: BenchContext, traffic: Traffic): Promise<number> {
  say(`${options.scenario}: warming up for ${options.warmUpSeconds} s`);
  await traffic.restart();
  await traffic.publish({ kind: "rate", ratePerSecond: RATE_PER_SECOND, seconds: options.warmUpSeconds });
  await traffic.awaitSettled(TAIL_DEADLINE_MS);
  const { total } = traffic;
  await traffic.restart();
  return total;
}
