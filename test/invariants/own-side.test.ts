import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { answer, type Behaviour, eventually, type Receiver, slow } from "@hooklane/testing";
import { DnsServer } from "./support/dns-server.js";
import { scenario } from "./support/scenario.js";
import type { Line, Traffic } from "./support/traffic.js";
import { expectSound, showLatency, showMs } from "./support/verdict.js";

const WARM_UP_MS = 5_000;
const FAULT_MS = 20_000;
/** A deferred lane is tried again after 30 s at the latest. */
const RESUME_MAX_MS = 45_000;
/** Every request needs a new connection. */
const closing: Behaviour = () => answer(200, { headers: { connection: "close" } });

/** No attempt was used up: whatever failed was our own fault. */
function expectFirstAttempts(receiver: Receiver, lines: readonly Line[]): void {
  const others = lines.flatMap(({ path }) =>
    receiver.requestsTo(path).filter(({ attempt }) => attempt !== 1),
  );
  expect(others).toHaveLength(0);
}

async function awaitResumed(traffic: Traffic, lines: readonly Line[], since: number): Promise<number> {
  await eventually(() => lines.every((line) => traffic.countArrivals([line], since, Infinity) > 0), {
    deadlineMs: 90_000,
    what: "arrivals at every endpoint",
  });
  return Date.now() - since;
}

/** The limit of open files of a running process, soft and hard. */
function limitOpenFiles(pid: number, limit: number | string): void {
  execFileSync("prlimit", ["--pid", String(pid), `--nofile=${limit}`]);
}

describe("our own side is exhausted", () => {
  scenario(
    "fewer sockets than requests: what has none waits its turn, nothing lost, nobody disabled",
    { env: { DISPATCHER_SOCKETS_MAX: "8", DISPATCHER_SOCKETS_PER_ORIGIN_MAX: "8" } },
    async (scene) => {
      const { figures, receiver, dispatchers } = scene;
      // Four sockets for live requests of 40 ms each: 100 a second, and 120 are wanted.
      const traffic = await scene.startTraffic({ behaviour: slow(40) });
      const from = Date.now();
      let waitingMost = 0;
      while (Date.now() - from < FAULT_MS) {
        waitingMost = Math.max(waitingMost, await dispatchers[0]!.metric("sockets_waiting"));
        await sleep(200);
      }
      figures.set("requests that waited for a socket, at most", waitingMost);
      figures.set("latency", showLatency(traffic.latency(traffic.lines, from, Date.now())));
      await traffic.settle(180_000);
      await expectSound(scene, traffic);
      expectFirstAttempts(receiver, traffic.lines);
      expect(waitingMost).toBeGreaterThan(0);
    },
  );

  scenario(
    "no file descriptor left: every request is deferred, nothing counts, nobody is disabled, and it resumes by itself",
    {},
    async (scene) => {
      const { figures, receiver, dispatchers } = scene;
      const [dispatcher] = dispatchers;
      const traffic = await scene.startTraffic({ behaviour: closing });
      await sleep(WARM_UP_MS);
      const pid = dispatcher!.pid!;
      const open = readdirSync(`/proc/${pid}/fd`).length;
      const from = Date.now();
      // Below what is open: what there is stays, nothing can be opened.
      limitOpenFiles(pid, `${Math.max(16, open - 20)}:`);
      figures.say(`${open} files are open, and no more may be`);
      await sleep(FAULT_MS);
      const deferred = faultsOf(dispatcher!);
      const until = Date.now();
      limitOpenFiles(pid, "4096:");
      figures.say("files may be opened again");
      const resumedMs = await awaitResumed(traffic, traffic.lines, until);
      figures.set("deliveries while exhausted", traffic.countArrivals(traffic.lines, from + 1_000, until));
      figures.set("own faults counted", deferred);
      figures.set("all endpoints served again after", showMs(resumedMs));
      await traffic.settle();
      await expectSound(scene, traffic);
      expectFirstAttempts(receiver, traffic.lines);
      expect(deferred).toBeGreaterThan(0);
      expect(resumedMs).toBeLessThan(RESUME_MAX_MS);
    },
  );
});

/** The operational port cannot be asked while no socket can be accepted; the log tells as well. */
function faultsOf({ lines }: { readonly lines: readonly string[] }): number {
  return lines.filter((line) => line.includes('"delivery.deferred"')).length;
}

describe("our resolver does not answer", () => {
  let dns: DnsServer;
  const preload = fileURLToPath(new URL("support/use-dns-server.mjs", import.meta.url));
  beforeAll(async () => {
    dns = await DnsServer.start();
  });
  afterAll(() => dns.close());
  const env = {
    get TEST_DNS_SERVER() {
      return dns.address;
    },
  };

  scenario(
    "for 20 s: names are deferred and not counted, addresses are served as ever, nothing lost, nobody disabled",
    { env, dispatcherOptions: ["--import", preload] },
    async (scene) => {
      const { figures, receiver, dispatchers } = scene;
      const byName = new Set<string>();
      const traffic = await scene.startTraffic({
        behaviour: closing,
        webhook: (url) => {
          // Every other endpoint has a name.
          const { port, pathname } = new URL(url);
          if (!/[135]$/.test(pathname)) return { url };
          byName.add(pathname);
          return { url: `http://receiver-${byName.size}.example.net:${port}${pathname}` };
        },
      });
      const named = traffic.lines.filter(({ path }) => byName.has(path));
      const others = traffic.lines.filter(({ path }) => !byName.has(path));
      await sleep(WARM_UP_MS);
      expect(dns.asked).toBeGreaterThan(0);
      const from = Date.now();
      scene.onEnd(() => dns.answer());
      dns.fallSilent();
      figures.say(`the resolver is silent; ${named.length} endpoints have a name, ${others.length} do not`);
      await sleep(FAULT_MS);
      const until = Date.now();
      dns.answer();
      figures.say("it answers again");
      const resumedMs = await awaitResumed(traffic, named, until);
      figures.set("deliveries to names while silent", traffic.countArrivals(named, from + 2_000, until));
      figures.set("own faults counted", faultsOf(dispatchers[0]!));
      figures.set("all names served again after", showMs(resumedMs));
      figures.set(
        "latency of the others before",
        showLatency(traffic.latency(others, from - WARM_UP_MS, from)),
      );
      figures.set("latency of the others meanwhile", showLatency(traffic.latency(others, from, until)));
      await traffic.settle();
      await expectSound(scene, traffic);
      expectFirstAttempts(receiver, traffic.lines);
      expect(faultsOf(dispatchers[0]!)).toBeGreaterThan(0);
      expect(traffic.worstPause(others, from, until)).toBeLessThan(
        2_000 + traffic.worstPause(others, from - WARM_UP_MS, from),
      );
      expect(resumedMs).toBeLessThan(RESUME_MAX_MS);
    },
  );
});
