import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "@jest/globals";
import { eventually } from "@hooklane/testing";
import { scenario } from "../support/scenario.js";
import { expectSound, showMs } from "../support/verdict.js";

/** Without a handover the lease runs out first, after 17 s; how fast a handover is, dispatcher-lost.test.ts tells. */
const HANDOVER_MAX_MS = 12_000;

describe("a dispatcher stops in order", () => {
  scenario(
    "SIGTERM under load: its partitions go over at once, nothing is lost, reordered or sent twice",
    { dispatchers: 2 },
    async (scene) => {
      const { figures, partitions } = scene;
      const traffic = await scene.startTraffic({ workspaces: 2, webhooksEach: 8 });
      partitions.watch();
      const [leaving] = scene.dispatchers;
      const owned = await partitions.ownedBy(leaving!);
      const its = traffic.lines.filter(({ partition }) => owned.includes(partition));
      expect(its.length).toBeGreaterThan(0);
      await sleep(1_000);
      const from = Date.now();
      expect(await leaving!.stop()).toBe(0);
      const leftAt = Date.now();
      const isServed = () => its.every((line) => traffic.countArrivals([line], leftAt, Infinity) > 0);
      await eventually(isServed, { what: "arrivals at the endpoints that moved" });
      const paused = traffic.worstPause(its, from, Date.now());
      figures.set("worst pause of the moved", showMs(paused));
      await traffic.settle();
      await expectSound(scene, traffic);
      expect(paused).toBeLessThan(HANDOVER_MAX_MS);
    },
  );
});
