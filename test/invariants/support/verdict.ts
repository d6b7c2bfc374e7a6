import { expect } from "@jest/globals";
import type { Scene } from "./scenario.js";
import type { Latency, Traffic } from "./traffic.js";

/** What a scenario allows. */
export interface Bounds {
  /** Events that may reach a receiver again after it had taken them; default 0. */
  readonly duplicatesMax?: number;
}

/**
 * What holds after every fault (lanes.md §9 I1-I3): everything arrived, in order, one request in flight per endpoint, no
 * write of a former owner was taken, and nobody was disabled.
 */
export async function expectSound(
  { figures, partitions, services }: Scene,
  traffic: Traffic,
  { duplicatesMax = 0 }: Bounds = {},
): Promise<void> {
  const found = traffic.judge();
  figures.set("events accepted / deliveries", `${found.events} / ${found.deliveries}`);
  figures.set("lost / out of order", `${found.lost.length} / ${found.breaks.length}`);
  figures.set("duplicates (allowed)", `${found.duplicates} (${duplicatesMax})`);
  // Receivers answer at once, but on a machine that is busy enough even that takes 5 s now and then.
  if (found.lateAnswers > 0) figures.set("attempts that were answered too late", found.lateAnswers);
  expect(found).toMatchObject({ lost: [], breaks: [], maxInFlight: 1 });
  expect(found.duplicates).toBeLessThanOrEqual(duplicatesMax);
  expect(partitions.regressions).toEqual([]);
  const webhooks = services.database.collection("webhooks");
  expect(await webhooks.countDocuments({ status: { $ne: "active" } })).toBe(0);
}

/** A latency as it is printed. */
export function showLatency({ count, p50, p99, max }: Latency): string {
  return `p50 ${p50} ms, p99 ${p99} ms, max ${max} ms (${count})`;
}

/** Milliseconds as they are printed. */
export const showMs = (ms: number): string => `${Math.round(ms)} ms`;
