import { randomUUID } from "node:crypto";
import { Producer } from "@hooklane/kafka";
import { Outbox, TouchpointContacts, TouchpointOutcomes, TouchpointRuns } from "@hooklane/store";
import { ControlAnnouncer } from "./control/control-announcer.js";
import { PRODUCER_STOP_MS, repeat, type Shared } from "./shared.js";
import { TouchpointRunner } from "./touchpoints/touchpoint-runner.js";
import { TouchpointSettling } from "./touchpoints/touchpoint-settling.js";
import { TouchpointWalk } from "./touchpoints/touchpoint-walk.js";

const SWEEPS_PER_SECOND = 2;

/** Campaign touchpoints that are due, with a producer of their own: however many contacts enter, nothing else is held up. */
export function startTouchpoints(shared: Shared): void {
  const { config, parts, store, kafka, topics, workspaces, counts, logger, now } = shared;
  const producer = new Producer(kafka);
  parts.add({ close: () => producer.close(PRODUCER_STOP_MS) });
  const eventsTopic = topics.events;
  const announcer = parts.add(
    new ControlAnnouncer({ producer, outbox: new Outbox(store), eventsTopic, metrics: counts, logger, now }),
  );
  const own = {
    runs: new TouchpointRuns(store),
    contacts: new TouchpointContacts(store),
    outcomes: new TouchpointOutcomes(store),
    announce: announcer.announce.bind(announcer),
    owner: randomUUID(),
    metrics: counts,
    logger,
    now,
  };
  const runner = new TouchpointRunner({
    ...own,
    walk: new TouchpointWalk({ ...own, workspaces, producer, eventsTopic }),
    settling: new TouchpointSettling(own),
    perSweepMax: Math.floor(config.HEALTH_MONITOR_TOUCHPOINTS_PER_SECOND / SWEEPS_PER_SECOND),
  });
  const intervalMs = 1_000 / SWEEPS_PER_SECOND;
  repeat(shared, "touchpoint.sweep_failed", intervalMs, (signal) => runner.sweep(signal));
}
