import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "@jest/globals";
import type { ServiceProcess } from "@hooklane/testing";
import { addPartitions } from "./support/add-partitions.js";
import { awaitArrivals, measureChange } from "./support/change.js";
import { scenario, type Scene } from "./support/scenario.js";
import type { Traffic } from "./support/traffic.js";
import { expectSound, showLatency, showMs } from "./support/verdict.js";

/** Load before a change, so that every lane is in its stride. */
const WARM_UP_MS = 5_000;

/** The target for what moves to another dispatcher; and as much as a new generation of the routers' group may take. */
const MOVED_MAX_MS = 3_000;
/** What stays where it is may be as late as this; the machine is busy starting processes. */
const UNDISTURBED_MAX_MS = 2_000;

/**
 * Nothing moves when partitions are added, and a lease that runs out would show after 17 s. In between lie the new
 * generation of the routers' group and the start of two commands beside ten busy processes.
 */
const ADDED_MAX_MS = 12_000;

/** The worst pause before a change: what the machine, busy with other things, adds to every bound of time. */
const busyMs = (traffic: Traffic, at: number) => traffic.worstPause(traffic.lines, at - WARM_UP_MS, at);

/** Changes the routers; all their partitions stand still until the group has divided them anew. */
async function measureRouters(
  { figures }: Scene,
  traffic: Traffic,
  what: string,
  act: () => Promise<unknown>,
): Promise<number> {
  const from = Date.now();
  await act();
  await awaitArrivals(traffic, traffic.lines, Date.now());
  // Who learns of the change late begins one more generation.
  await sleep(3_000);
  const pause = traffic.worstPause(traffic.lines, from, Date.now());
  figures.set(what, `worst pause ${showMs(pause)}`);
  figures.say(`${what}: done`);
  return pause;
}

async function addRouter({ services }: Scene): Promise<ServiceProcess> {
  const router = await services.another("router");
  router.spawn();
  await router.waitReady();
  return router;
}

describe("scaling out and back", () => {
  scenario(
    "1 → 4 → 2 dispatchers and 1 → 2 → 1 routers under load: order kept, nothing lost or sent twice, what stays never pauses",
    { dispatchers: 1, limitMs: 600_000 },
    async (scene) => {
      const { figures } = scene;
      const traffic = await scene.startTraffic();
      scene.partitions.watch();
      await sleep(WARM_UP_MS);
      const busy = busyMs(traffic, Date.now());
      figures.set("worst pause before", showMs(busy));

      const [first] = scene.dispatchers;
      const up = await measureChange(scene, traffic, {
        what: "dispatchers 1 → 4",
        owners: 4,
        act: () => Promise.all([scene.addDispatcher(), scene.addDispatcher(), scene.addDispatcher()]),
      });
      const second = scene.dispatchers[1]!;
      const down = await measureChange(scene, traffic, {
        what: "dispatchers 4 → 2",
        owners: 2,
        act: async () => expect(await Promise.all([first!.stop(), second.stop()])).toEqual([0, 0]),
      });
      let router: ServiceProcess | undefined;
      const joined = await measureRouters(scene, traffic, "routers 1 → 2", async () => {
        router = await addRouter(scene);
      });
      const left = await measureRouters(scene, traffic, "routers 2 → 1", async () => {
        expect(await router!.stop()).toBe(0);
      });
      await traffic.settle();
      await expectSound(scene, traffic);
      for (const { moved, stayed } of [up, down]) {
        expect(moved).toBeLessThan(MOVED_MAX_MS + busy);
        expect(stayed).toBeLessThan(UNDISTURBED_MAX_MS + busy);
      }
      expect(Math.max(joined, left)).toBeLessThan(MOVED_MAX_MS + busy);
    },
  );
});

/** Where everything is placed: what must never change. */
async function readPlaces({ services }: Scene): Promise<ReadonlyMap<string, number>> {
  const { database } = services;
  const [endpoints, workspaces] = await Promise.all([
    database.collection<{ _id: string; partition: number }>("endpoints").find().toArray(),
    database.collection<{ _id: string; eventsPartition: number }>("workspaces").find().toArray(),
  ]);
  return new Map([
    ...endpoints.map(({ _id, partition }) => [_id, partition] as const),
    ...workspaces.map(({ _id, eventsPartition }) => [_id, eventsPartition] as const),
  ]);
}

describe("partitions are added", () => {
  scenario(
    "to both topics under load, by a command that is cut off and run again: nothing moves, order kept, nothing lost, what is new uses them",
    { dispatchers: 2, limitMs: 600_000 },
    async (scene) => {
      const { figures, partitions, services } = scene;
      const router = await addRouter(scene);
      const traffic = await scene.startTraffic({ webhooksEach: 3 });
      partitions.watch();
      await sleep(WARM_UP_MS);
      const busy = busyMs(traffic, Date.now());
      figures.set("worst pause before", showMs(busy));
      const placed = await readPlaces(scene);
      const wanted = ["--deliveries", "12", "--events", "6"];

      const from = Date.now();
      const cut = await addPartitions(services, wanted, "deliveries.v1: 12 partitions, each with a leader");
      expect(cut.code).toBeNull();
      const again = await addPartitions(services, wanted);
      figures.say(`partitions were added\n${again.output.trimEnd().replaceAll(/^/gm, "      ")}`);
      expect(again).toMatchObject({ code: 0 });
      expect(await partitions.read()).toHaveLength(12);
      await partitions.awaitShared(2);

      // Two workspaces for the two new partitions of events, four endpoints for the four new ones of deliveries.
      const added = await scene.startTraffic({ workspaces: 2, webhooksEach: 2 });
      await sleep(WARM_UP_MS);
      const until = Date.now();
      expect(added.lines.map(({ partition }) => partition).sort()).toEqual([10, 11, 8, 9]);
      const places = await readPlaces(scene);
      const fresh = added.lines.map(({ source }) => places.get(source.workspace.id));
      expect([...new Set(fresh)].sort()).toEqual([4, 5]);
      expect([...placed].filter(([id, partition]) => places.get(id) !== partition)).toEqual([]);

      await Promise.all([traffic.settle(), added.settle()]);
      const paused = traffic.worstPause(traffic.lines, from, until);
      figures.set("worst pause of what was there", showMs(paused));
      figures.set("latency on the new partitions", showLatency(added.latency(added.lines, 0, until)));
      await expectSound(scene, added);
      await expectSound(scene, traffic);
      expect(await router.stop()).toBe(0);
      expect(paused).toBeLessThan(ADDED_MAX_MS + busy);
    },
  );
});
