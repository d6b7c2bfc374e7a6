import type { DeliveryFacts } from "../lane-record.js";
import type { KafkaLog } from "./kafka-log.js";
import type { RoutingProcess } from "./routing-process.js";
import { ask, forever, type Task, together } from "./task.js";

/** One send for each partition of `deliveries.v1`, in order and repeated until it is acknowledged. */
export function* produceDeliveries(router: RoutingProcess, deliveries: readonly DeliveryFacts[]): Task {
  if (deliveries.length === 0) return;
  const { world, upstream } = router;
  const byLog = new Map<KafkaLog, DeliveryFacts[]>();
  for (const facts of deliveries) {
    const log = upstream.logs[upstream.configuration.endpoint(facts.endpointId).partition];
    if (log !== undefined) byLog.set(log, [...(byLog.get(log) ?? []), facts]);
  }
  const canDie = world.hasFaults && world.profile.kind !== "graceful";
  if (canDie && world.random.chance(0.01 * deliveries.length)) {
    for (const [log, all] of byLog) append(router, log, all.slice(0, world.random.between(0, all.length)));
    router.crash(world.random.between(50, 3_000));
    yield* forever();
  }
  yield* together([...byLog].map(([log, all]) => ask(router, "kafka", () => append(router, log, all))));
}

function append(
  { world, upstream }: RoutingProcess,
  log: KafkaLog,
  deliveries: readonly DeliveryFacts[],
): void {
  for (const facts of deliveries) {
    // Whoever makes a partition of events.v1 anew stops its routers before.
    const [partition, epoch] = facts.source;
    if (upstream.events.at(partition).end.epoch !== epoch) continue;
    upstream.oracle.onAppended(facts, log.partition, log.append(facts));
    if (world.random.chance(0.003)) log.append(undefined);
  }
}
