import { Configuration } from "./configuration.js";
import { Contacts } from "./contacts.js";
import { ControlOutbox } from "./control-outbox.js";
import { Database } from "./database.js";
import { DeliveryLog } from "./delivery-log.js";
import { Dispatcher } from "./dispatcher.js";
import type { Surroundings } from "./dispatcher-process.js";
import { EventLog } from "./event-log.js";
import { EventsTopic } from "./events-topic.js";
import { HealthMonitor } from "./health-monitor.js";
import { KafkaLog } from "./kafka-log.js";
import { Oracle } from "./oracle.js";
import { Receivers } from "./receivers.js";
import { Recoveries } from "./recoveries.js";
import { Router } from "./router.js";
import type { Upstream } from "./upstream.js";
import type { World } from "./world.js";

const PARTITIONS = 3;
const ROUTERS = 2;
const MONITORS = 2;

/** Everything a run consists of. */
export interface Cluster extends Surroundings, Upstream {
  readonly routers: readonly Router[];
  readonly monitors: readonly HealthMonitor[];
  readonly dispatchers: readonly Dispatcher[];
}

/** Puts a cluster together; nobody is started yet. */
export function buildCluster(world: World, dispatcherCount: number, spanMs: number): Cluster {
  const database = new Database(world, PARTITIONS);
  const recoveries = new Recoveries(world);
  const configuration = new Configuration(world, database, recoveries);
  const contacts = new Contacts(world);
  const deliveryLog = new DeliveryLog();
  const eventLog = new EventLog(deliveryLog);
  const logs = Array.from({ length: PARTITIONS }, (_, partition) => new KafkaLog(partition));
  const events = new EventsTopic(world);
  const oracle = new Oracle(world, {
    database,
    configuration,
    contacts,
    eventLog,
    deliveryLog,
    recoveries,
    logs,
  });
  const receivers = new Receivers(world, configuration.endpoints, spanMs);
  const upstream: Upstream = {
    world,
    configuration,
    contacts,
    events,
    eventLog,
    deliveryLog,
    recoveries,
    logs,
    oracle,
  };
  const around: Surroundings = { ...upstream, database, receivers, attemptsAwayUntil: 0 };
  const routers = Array.from({ length: ROUTERS }, (_, index) => new Router(upstream, index));
  const monitors = Array.from({ length: MONITORS }, (_, i) => new HealthMonitor(upstream, `monitor${i}`));
  const dispatchers = Array.from(
    { length: dispatcherCount },
    (_, i) => new Dispatcher(around, `dispatcher${i}`),
  );
  const outbox = new ControlOutbox(world, events);
  configuration.announce = (webhook) => outbox.announce(webhook);
  configuration.publish = (tell) => {
    for (const subscriber of [...dispatchers, ...routers]) subscriber.stream.tell(() => tell(subscriber));
  };
  contacts.publish = (tell) => {
    for (const dispatcher of dispatchers) dispatcher.stream.tell(() => tell(dispatcher));
  };
  return { ...upstream, ...around, routers, monitors, dispatchers };
}
