import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "@jest/globals";
import {
  always,
  anEvent,
  type Behaviour,
  eventually,
  hang,
  ok,
  readEvents,
  readLine,
  type ServiceProcess,
} from "@hooklane/testing";
import { awaitTakenIn } from "./support/log-end.js";
import { scenario } from "./support/scenario.js";
import { expectSound, showLatency, showMs } from "./support/verdict.js";

const MEBIBYTE = 1024 * 1024;
const EVENTS = Number(process.env.INVARIANTS_BLOCKED_EVENTS ?? 100_000);
const CALL_EVENTS = 500;
/** 1,000 events a second: what is tried is an endpoint that is blocked, not a system that is given more than it can do. */
const CALL_PAUSE_MS = 500;
/** Issue's figure for a dispatcher with a thousand endpoints blocked; one must stay far below. */
const MEMORY_MAX_BYTES = 600 * MEBIBYTE;
const BLOCKED_TYPE = "email.opened";
/** On a busy machine; a line that waits for the blocked one would stand for minutes. */
const OTHERS_P99_FACTOR = 4;
const OTHERS_P99_FLOOR_MS = 1_000;

/** Samples the memory of a process until told to stop. */
function sampleMemory(process: ServiceProcess) {
  let max = 0;
  const sample = () => (max = Math.max(max, process.memoryBytes()));
  const timer = setInterval(sample, 250);
  return { max: () => max, stop: () => clearInterval(timer) };
}

/** First 500s, then no answer at all. */
const failing: Behaviour = (request, nth) => (nth % 4 === 0 ? hang(request, nth) : always(500)(request, nth));

describe("an endpoint is blocked", () => {
  scenario(
    `with ${EVENTS} events behind it, then recovers: memory bounded, all delivered in order, others unaffected`,
    {
      env: {
        // Attempts without end, so that nothing is given up while it is blocked.
        DISPATCHER_RETRY_WAITS_S: Array<number>(400).fill(3).join(),
        DISPATCHER_RULE_ERRORS_MAX: "1000",
        DISPATCHER_REQUEST_TIMEOUT_MS: "2000",
      },
      limitMs: 900_000,
    },
    async (scene) => {
      const { services, receiver, figures, dispatchers } = scene;
      const [dispatcher] = dispatchers;
      const memory = sampleMemory(dispatcher!);
      scene.onEnd(() => memory.stop());
      const traffic = await scene.startTraffic();
      const workspace = await services.createWorkspace();
      const path = "/blocked";
      receiver.behave(path, failing);
      const blocked = await workspace.createWebhook({
        url: receiver.url(path),
        eventTypes: [BLOCKED_TYPE],
        batching: { maxEvents: 100, maxWaitSeconds: 1 },
      });
      const before = Date.now();
      await sleep(8_000);
      const base = dispatcher!.memoryBytes();
      const blockedAt = Date.now();
      let due = performance.now();
      for (let from = 0; from < EVENTS; from += CALL_EVENTS) {
        const events = Array.from({ length: Math.min(CALL_EVENTS, EVENTS - from) }, (_, index) =>
          anEvent({ type: BLOCKED_TYPE, data: { seq: from + index + 1 } }),
        );
        const { status, text } = await workspace.sendMany(events);
        if (status >= 300) throw new Error(`An event was refused: ${status} ${text.slice(0, 200)}`);
        if ((from / CALL_EVENTS) % 40 === 0) figures.say(`${from} events sent`);
        due = Math.max(due + CALL_PAUSE_MS, performance.now());
        await sleep(due - performance.now());
      }
      figures.set("events sent in", showMs(Date.now() - blockedAt));
      await eventually(
        async () => (await services.database.collection("backlog").countDocuments()) >= EVENTS,
        { deadlineMs: 180_000, intervalMs: 500, what: "all of it in the backlog" },
      );
      const parkedAt = Date.now();
      figures.set("all in the backlog", showMs(parkedAt - blockedAt));
      figures.say("all of it waits in the backlog");
      const blockedMemory = memory.max();
      const endpoint = await services.database
        .collection<{ _id: string; partition: number }>("endpoints")
        .findOne({ _id: blocked.endpointId });
      const neighbours = traffic.lines.filter(({ partition }) => partition === endpoint?.partition);
      const filling = traffic.latency(traffic.lines, blockedAt, parkedAt);
      figures.set(
        "latency in its partition while it fills",
        showLatency(traffic.latency(neighbours, blockedAt, parkedAt)),
      );

      receiver.behave(path, ok);
      const recoveredAt = Date.now();
      await eventually(
        () => {
          const last = receiver.requestsTo(path).at(-1);
          return last !== undefined && Number(readEvents(last).at(-1)?.data.seq) === EVENTS;
        },
        { deadlineMs: 400_000, intervalMs: 500, what: "the last event" },
      );
      const drainedAt = Date.now();
      figures.say("all of it was delivered");
      await traffic.settle();
      await awaitTakenIn(services);
      await eventually(async () => (await services.database.collection("backlog").countDocuments()) === 0, {
        deadlineMs: 60_000,
        intervalMs: 250,
        what: "an empty backlog",
      });
      const line = readLine(receiver.requestsTo(path), EVENTS);
      const calm = traffic.latency(traffic.lines, before, blockedAt);
      figures.set("blocked: delivered / duplicates", `${line.distinct} / ${line.duplicates}`);
      figures.set("drained in", showMs(drainedAt - recoveredAt));
      figures.set("drain rate", `${Math.round((EVENTS / (drainedAt - recoveredAt)) * 1000)} events/s`);
      const inMebibytes = (bytes: number) => `${Math.round(bytes / MEBIBYTE)} MiB`;
      figures.set(
        "memory before / while blocked / at most",
        [base, blockedMemory, memory.max()].map(inMebibytes).join(" / "),
      );
      const draining = traffic.latency(traffic.lines, recoveredAt, drainedAt);
      figures.set("others' latency before", showLatency(calm));
      figures.set("others' latency while it fills", showLatency(filling));
      figures.set("others' latency while it drains", showLatency(draining));
      expect(line).toMatchObject({ distinct: EVENTS, duplicates: 0, missing: [], breaks: [] });
      expect(receiver.maxInFlight(path)).toBe(1);
      expect(memory.max()).toBeLessThan(MEMORY_MAX_BYTES);
      await expectSound(scene, traffic);
      const bound = Math.max(OTHERS_P99_FLOOR_MS, OTHERS_P99_FACTOR * calm.p99);
      expect(filling.p99).toBeLessThan(bound);
      expect(draining.p99).toBeLessThan(bound);
    },
  );
});
