import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "@jest/globals";
import { eventually, ok, slow, StackProcess } from "@hooklane/testing";
import { scenario, type Scene } from "./support/scenario.js";
import type { Traffic } from "./support/traffic.js";
import { expectSound, showLatency, showMs } from "./support/verdict.js";

const WARM_UP_MS = 5_000;
/** A request starts by 9 s after the last renewal and ends by 14 s (lanes.md §4); and the last renewal before a fault is recent. */
const LEASE_MS = 15_000;
/** A lease lost in an outage is claimed after 17 s of the database's clock, and the services have to find their way back. */
const RESUME_MAX_MS = 40_000;

/** The first moment at which every endpoint has got something again, less `since`. */
async function awaitResumed(traffic: Traffic, since: number): Promise<number> {
  const resumed = () => traffic.lines.every((line) => traffic.countArrivals([line], since, Infinity) > 0);
  await eventually(resumed, { deadlineMs: 120_000, what: "arrivals at every endpoint" });
  return Date.now() - since;
}

function noteOutage({ figures }: Scene, traffic: Traffic, from: number, backAt: number, resumedMs: number) {
  figures.set("out of service for", showMs(backAt - from));
  figures.set("all endpoints served again", `${showMs(resumedMs)} after it was back`);
  figures.set("worst pause", showMs(traffic.worstPause(traffic.lines, from, backAt + resumedMs)));
  figures.set("latency before", showLatency(traffic.latency(traffic.lines, from - WARM_UP_MS, from)));
  const after = backAt + resumedMs + 1_000;
  figures.set("latency afterwards", showLatency(traffic.latency(traffic.lines, after, after + 5_000)));
}

/** Ends a part of the stack under load, and waits until whoever keeps it up has brought it back. */
async function restart(scene: Scene, traffic: Traffic, node: StackProcess, signal: "SIGTERM" | "SIGKILL") {
  const { figures } = scene;
  const from = Date.now();
  await node.end(signal);
  figures.say(`${node.node} has ended on ${signal}`);
  await node.awaitBack();
  const backAt = Date.now();
  figures.say(`${node.node} is back`);
  const resumedMs = await awaitResumed(traffic, backAt);
  await sleep(7_000);
  noteOutage(scene, traffic, from, backAt, resumedMs);
  return { from, backAt, resumedMs };
}

describe("Kafka is lost", () => {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    scenario(
      `the broker ends on ${signal} and starts again: nothing lost or reordered, delivery resumes by itself`,
      { dispatchers: 2 },
      async (scene) => {
        const traffic = await scene.startTraffic();
        scene.partitions.watch();
        await sleep(WARM_UP_MS);
        const { from, backAt, resumedMs } = await restart(scene, traffic, new StackProcess("kafka"), signal);
        await traffic.settle();
        // Whoever keeps the lease keeps its state: what was sent is known, only not yet reported.
        const duplicatesMax = traffic.countArrivals(traffic.lines, from - 1_500, backAt + 1_000);
        await expectSound(scene, traffic, { duplicatesMax });
        expect(resumedMs).toBeLessThan(RESUME_MAX_MS);
      },
    );
  }
});

describe("MongoDB is lost", () => {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    scenario(
      `the database ends on ${signal} and starts again: nothing lost or reordered, delivery resumes by itself`,
      { dispatchers: 2 },
      async (scene) => {
        const traffic = await scene.startTraffic();
        scene.partitions.watch();
        await sleep(WARM_UP_MS);
        const { from, backAt, resumedMs } = await restart(
          scene,
          traffic,
          new StackProcess("mongodb"),
          signal,
        );
        await traffic.settle();
        const duplicatesMax = traffic.countArrivals(traffic.lines, from - 1_500, backAt + 1_000);
        await expectSound(scene, traffic, { duplicatesMax });
        expect(resumedMs).toBeLessThan(RESUME_MAX_MS);
      },
    );
  }

  scenario(
    "the database freezes for 60 s: sending stops within the lease and resumes by itself, nothing lost",
    { dispatchers: 2 },
    async (scene) => {
      const { figures } = scene;
      // Slower than what comes, so that the dispatchers have something to send when everything before them stands still.
      const traffic = await scene.startTraffic({ behaviour: slow(400) });
      scene.partitions.watch();
      await sleep(WARM_UP_MS);
      const mongodb = new StackProcess("mongodb");
      scene.onEnd(() => mongodb.thaw());
      const from = Date.now();
      mongodb.freeze();
      figures.say("froze MongoDB");
      await sleep(60_000);
      for (const { path } of traffic.lines) scene.receiver.behave(path, ok);
      const backAt = Date.now();
      mongodb.thaw();
      figures.say("woke it");
      const resumedMs = await awaitResumed(traffic, backAt);
      await sleep(7_000);
      noteOutage(scene, traffic, from, backAt, resumedMs);
      const sentMeanwhile = traffic.countArrivals(traffic.lines, from, backAt);
      const lateOnes = traffic.countArrivals(traffic.lines, from + LEASE_MS, backAt);
      figures.set("requests while it was frozen", `${sentMeanwhile}, of which ${lateOnes} after the lease`);
      await traffic.settle();
      const duplicatesMax = traffic.countArrivals(traffic.lines, from - 1_500, from + LEASE_MS);
      await expectSound(scene, traffic, { duplicatesMax });
      expect(sentMeanwhile).toBeGreaterThan(traffic.lines.length);
      expect(lateOnes).toBe(0);
      expect(resumedMs).toBeLessThan(RESUME_MAX_MS);
    },
  );
});
