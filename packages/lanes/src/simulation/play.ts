import { asWorkspaceId } from "@hooklane/core";
import { buildCluster, type Cluster, EVENT_PARTITIONS } from "./cluster.js";
import type { Configuration } from "./configuration.js";
import type { FanOut } from "./fan-out.js";
import { Faults } from "./faults.js";
import { outcomeOf, type Played } from "./played.js";
import { profileOf } from "./profile.js";
import { World } from "./world.js";

/** Events come and things go wrong for so long; then everything heals, milliseconds. */
const SPAN_MS = 240_000;
const HEALED_AT_MS = 310_000;
/** By then everything has to be at rest (lanes.md §9 I15), milliseconds. */
const END_MS = 1_500_000;
const WORKSPACES = [1, 2, 3];

/**
 * Plays one seed from the first event until everything is at rest: the same seed always plays the same.
 *
 * @param trace gets one line for everything that happens
 */
export function play(seed: number, trace?: (line: string) => void): Played {
  const world = new World(seed, profileOf(seed), trace);
  return outcomeOf(world, () => {
    const cluster = setUp(world);
    world.run(END_MS, () => world.now > HEALED_AT_MS && isAtRest(cluster));
    cluster.oracle.atRest();
  });
}

function setUp(world: World): Cluster {
  const { random } = world;
  const cluster = buildCluster(world, random.between(1, 4), SPAN_MS);
  const { configuration, dispatchers, logs, receivers, routers } = cluster;
  for (const dispatcher of dispatchers) world.after(random.between(0, 5_000), () => dispatcher.boot());
  for (const workspace of WORKSPACES) sendEvents(world, workspace, routers);
  changeConfiguration(world, configuration);
  new Faults(cluster, dispatchers, routers).schedule(SPAN_MS);
  world.after(HEALED_AT_MS, () => {
    world.hasFaults = false;
    receivers.heal();
    // What was parked of a lost end of a log is sent once the log is past it.
    for (const log of logs) log.regrow();
  });
  return cluster;
}

function isAtRest({ oracle, routers }: Cluster): boolean {
  return routers.every(({ isIdle }) => isIdle) && oracle.pending() === undefined;
}

/** Events of one workspace: mostly one now and then, sometimes none for long, sometimes many at once. */
function sendEvents(world: World, workspace: number, routers: readonly FanOut[]): void {
  const { random, profile } = world;
  const router = routers[workspace % EVENT_PARTITIONS];
  const workspaceId = asWorkspaceId(`ws_${workspace}`);
  const burst = { lease: 0, rule: 0.04, graceful: 0.04, quiet: 0.06, hostile: 0.1, mixed: 0.04 }[
    profile.kind
  ];
  const slower = profile.kind === "lease" ? 4 : 1;
  let id = workspace * 100_000;
  for (let at = 0; at < SPAN_MS;) {
    at += random.chance(0.1) ? random.between(2_000, 20_000) : random.between(50, 3_000) * slower;
    const count = random.chance(burst) ? random.between(5, 30) : 1;
    for (let i = 0; i < count; i++) {
      const event = { workspaceId, type: random.pick(["x", "y"] as const), id: id++ };
      world.after(at, () => router?.onEvent(event));
    }
  }
}

function changeConfiguration(world: World, configuration: Configuration): void {
  const { random, profile } = world;
  const pauseMax = profile.kind === "rule" ? 8_000 : 40_000;
  for (let at = random.between(5_000, 30_000); at < SPAN_MS; at += random.between(1_000, pauseMax))
    world.after(at, () => configuration.changeAnything());
}
