import { buildCluster, type Cluster } from "./cluster.js";
import { sendEvents } from "./event-source.js";
import { Faults } from "./faults.js";
import { outcomeOf, type Played } from "./played.js";
import { profileOf } from "./profile.js";
import { Users } from "./users.js";
import { World } from "./world.js";

/** Events come and things go wrong for so long; then everything heals, milliseconds. */
const SPAN_MS = 240_000;
const HEALED_AT_MS = 310_000;
/** By then everything has to be at rest (lanes.md §9 I15), milliseconds. */
const END_MS = 1_500_000;

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
  const { configuration, contacts, dispatchers, logs, monitors, receivers, routers } = cluster;
  for (const process of [...dispatchers, ...monitors])
    world.after(random.between(0, 5_000), () => process.boot());
  for (const router of routers) router.boot();
  sendEvents(cluster, SPAN_MS);
  const users = new Users(world, configuration, contacts);
  users.schedule(SPAN_MS);
  new Faults(cluster).schedule(SPAN_MS);
  world.after(HEALED_AT_MS, () => {
    world.hasFaults = false;
    receivers.heal();
    users.mend();
    // What was parked of a lost end of a log is sent once the log is past it.
    for (const log of logs) log.regrow();
  });
  return cluster;
}

function isAtRest({ oracle, events }: Cluster): boolean {
  return events.all.every(({ isCommitted }) => isCommitted) && oracle.pending() === undefined;
}
