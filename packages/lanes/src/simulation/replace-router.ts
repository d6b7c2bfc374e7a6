import type { EventsPartition } from "./events-partition.js";
import type { Router } from "./router.js";
import type { World } from "./world.js";

/** Gives a partition to another router; the one before may not know that yet, and goes on for a while. */
export function replaceRouter(world: World, routers: readonly Router[], partition: EventsPartition): void {
  const { random } = world;
  const before = partition.assignedTo;
  const next = (before + 1) % routers.length;
  partition.assignedTo = next;
  world.trace("events", () => `${partition.partition} goes to router${next}`);
  routers[before]?.later(random.between(0, 10_000), () => {
    if (partition.assignedTo !== before) routers[before]?.leave(partition.partition);
  });
  world.after(random.between(0, 2_000), () => {
    if (partition.assignedTo === next) routers[next]?.take(partition.partition);
  });
}
