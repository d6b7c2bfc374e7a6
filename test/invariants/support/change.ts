import { expect } from "@jest/globals";
import { eventually } from "@hooklane/testing";
import type { Scene } from "./scenario.js";
import type { Line, Traffic } from "./traffic.js";
import { showMs } from "./verdict.js";

/** A change of how many dispatchers there are. */
export interface Change {
  readonly what: string;
  /** So many dispatchers share the partitions afterwards. */
  readonly owners: number;
  readonly act: () => Promise<unknown>;
}

/** The worst pause of an endpoint, milliseconds. */
export interface ChangePauses {
  /** Of those whose partition has another owner now. */
  readonly moved: number;
  readonly stayed: number;
}

/** Waits until every one of these endpoints got something that was made after a moment. */
export async function awaitArrivals(traffic: Traffic, lines: readonly Line[], since: number): Promise<void> {
  await eventually(() => lines.every((line) => traffic.countArrivals([line], since, Infinity) > 0), {
    deadlineMs: 60_000,
    what: "arrivals at every endpoint",
  });
}

/** Changes the dispatchers, and tells what that did to those endpoints that moved and to those that did not. */
export async function measureChange(
  { figures, partitions }: Scene,
  traffic: Traffic,
  { what, owners, act }: Change,
): Promise<ChangePauses> {
  const readEpochs = async () =>
    new Map((await partitions.read()).map(({ partition, epoch }) => [partition, epoch]));
  const before = await readEpochs();
  const from = Date.now();
  await act();
  await partitions.awaitShared(owners);
  const sharedAt = Date.now();
  await awaitArrivals(traffic, traffic.lines, sharedAt);
  const until = Date.now();
  const after = await readEpochs();
  const hasMoved = ({ partition }: Line) => after.get(partition) !== before.get(partition);
  const its = traffic.lines.filter(hasMoved);
  const others = traffic.lines.filter((line) => !hasMoved(line));
  expect(its.length).toBeGreaterThan(0);
  const moved = traffic.worstPause(its, from, until);
  const stayed = traffic.worstPause(others, from, until);
  figures.set(
    what,
    `${its.length} endpoints moved, worst pause ${showMs(moved)}; ${others.length} stayed, ${showMs(stayed)}; ` +
      `shared again after ${showMs(sharedAt - from)}`,
  );
  figures.say(`${what}: done`);
  return { moved, stayed };
}
