import { Configuration } from "./configuration.js";
import { Database } from "./database.js";
import { Dispatcher } from "./dispatcher.js";
import type { Surroundings } from "./dispatcher-process.js";
import { FanOut } from "./fan-out.js";
import { KafkaLog } from "./kafka-log.js";
import { Oracle } from "./oracle.js";
import { Receivers } from "./receivers.js";
import type { World } from "./world.js";

const PARTITIONS = 3;
export const EVENT_PARTITIONS = 2;

/** Everything a run consists of. */
export interface Cluster extends Surroundings {
  readonly routers: readonly FanOut[];
  readonly dispatchers: readonly Dispatcher[];
}

/** Puts a cluster together; nobody is started yet. */
export function buildCluster(world: World, dispatcherCount: number, spanMs: number): Cluster {
  const database = new Database(world, PARTITIONS);
  const configuration = new Configuration(world, database);
  const logs = Array.from({ length: PARTITIONS }, (_, partition) => new KafkaLog(partition));
  const oracle = new Oracle(world, database, configuration, logs);
  const receivers = new Receivers(world, configuration.endpoints, spanMs);
  const routers = Array.from(
    { length: EVENT_PARTITIONS },
    (_, partition) => new FanOut(world, partition, { configuration, logs, oracle }),
  );
  const around: Surroundings = {
    world,
    database,
    configuration,
    logs,
    receivers,
    oracle,
    attemptsAwayUntil: 0,
  };
  const dispatchers = Array.from(
    { length: dispatcherCount },
    (_, i) => new Dispatcher(around, `dispatcher${i}`),
  );
  configuration.publish = (tell) => {
    for (const dispatcher of dispatchers) dispatcher.stream(() => tell(dispatcher));
  };
  return { ...around, routers, dispatchers };
}
