import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "@jest/globals";
import { scenario } from "./support/scenario.js";
import { expectSound, showLatency, showMs } from "./support/verdict.js";

const KILLS = 6;
/** How long the router works between two kills, so that some of them find it between fan-out and commit. */
const WORK_MS = [700, 1_900, 1_100, 2_600, 400, 1_500];

describe("the router is lost", () => {
  scenario(
    `kill -9 of the router under load, ${KILLS} times: each event is once in the line of each webhook, in order`,
    {},
    async (scene) => {
      const { services, figures, dispatchers } = scene;
      const traffic = await scene.startTraffic({ eventsPerSecond: 10 });
      scene.partitions.watch();
      const from = Date.now();
      let restartsMs = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        await sleep(WORK_MS[kill % WORK_MS.length]);
        const killedAt = Date.now();
        await services.kill9("router");
        await services.start(["router"]);
        restartsMs = Math.max(restartsMs, Date.now() - killedAt);
      }
      figures.say(`killed the router ${KILLS} times`);
      const until = Date.now();
      await sleep(3_000);
      await traffic.settle();
      const repeats = await dispatchers[0]!.metric("repeats_dropped_total");
      figures.set("repeated fan-outs recognised", repeats);
      figures.set("slowest start of the router", showMs(restartsMs));
      figures.set("worst pause", showMs(traffic.worstPause(traffic.lines, from, until)));
      figures.set("latency meanwhile", showLatency(traffic.latency(traffic.lines, from, until)));
      await expectSound(scene, traffic);
      // Otherwise no kill fell where it matters.
      expect(repeats).toBeGreaterThan(0);
    },
  );
});
