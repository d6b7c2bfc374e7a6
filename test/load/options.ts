import { parseArgs } from "node:util";
import type { Target } from "./targets/target-options.js";

/** The scenarios of benchmarks.md that this version can run. */
const SCENARIOS = [
  "S0",
  "S1",
  "S1h",
  "S2",
  "S3",
  "S4",
  "S5",
  "S6",
  "S8",
  "S9",
  "S11",
  "S12",
  "M1",
  "M2",
  "M3",
  "M4",
  "M5",
  "M6",
  "blocked",
  "quick",
] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

/** Those that see a webhook sender only from outside, so that another one can take its place. */
const FROM_OUTSIDE: readonly ScenarioName[] = ["S1h", "S2", "S3", "S4", "S5"];

/** How a benchmark is run. */
export interface BenchOptions {
  readonly scenario: ScenarioName;
  /** Events that are queued or published in all. */
  readonly events: number;
  /** Different destinations, each an origin of its own. */
  readonly endpoints: number;
  /** How long a rate is held. */
  readonly seconds: number;
  /** How long the system is warmed up where latency or a closed loop is measured. */
  readonly warmUpSeconds: number;
  /** S2: events per second. */
  readonly rates: readonly number[];
  /** S6: events queued. */
  readonly sizes: readonly number[];
  /** S8: how long the receiver takes for its answer, milliseconds. */
  readonly answerMs: number;
  /** M6: contacts put in line a second at most; undefined: the service's default. */
  readonly perSecondMax: number | undefined;
  /** Seconds before retries 1, 2, 3. */
  readonly retryWaits: readonly number[];
  readonly runs: number;
  /** Where the raw figures go, as JSON. */
  readonly out: string | undefined;
  /** Services whose CPU is profiled (`node --cpu-prof`); the figures of such a run are a little higher. */
  readonly profile: readonly string[];
  /** Another webhook sender instead of our own system. */
  readonly target: Target | undefined;
  /** Processes of the target that are measured, by name. */
  readonly pids: Readonly<Record<string, number>>;
}

export const USAGE = `npm run bench -- <${SCENARIOS.join("|")}> [options]
  --events n         events in all: S0, S1, S1h, S8, S12 (default 100000), S11, M1 and blocked (1000000), M2 (50000),
                     quick (20000); of M5 and M6 contacts (100000)
  --endpoints n      different destinations (default 100; M3 and blocked 1000)
  --seconds n        how long a rate is held: S2, S3, S9, S11, M6, blocked (default 60), S4 (300), S5 (20)
  --warm-up n        seconds at 500 events/s before S1h, S2, S3, S4, S11, M6 (default 40)
  --rates a,b,…      S2: events per second (default 50,200,500,1000)
  --sizes a,b,…      S6: events queued (default 1000,10000,100000,1000000)
  --per-second n     M6: contacts a second at most (default that of the health-monitor)
  --answer-ms n      S8: how long the receiver takes to answer (default 30)
  --retry-waits a,b,c  seconds before each retry (default 30,60,90); others only to try a scenario out
  --runs n           repeat, and give median and min-max: S1, S2; repeat: M2 (default 1)
  --out file         write the raw figures as JSON
  --profile a,b      profile these services (--cpu-prof) and list their hottest functions
Another HTTP webhook sender in our place, in ${FROM_OUTSIDE.join(", ")}:
  --target url       its API
  --publish url      where events are published (default: the target)
  --token t          what its API asks for
  --adapter name     hooklane, or a file with a recipe (test/load/README.md)
  --pids a=1,b=2     its processes, to measure their CPU
Uses KAFKA_BROKERS and MONGODB_URI when both are set, otherwise starts a stack of its own.`;

const text = { type: "string" } as const;

/** @throws Error saying what is wrong with the arguments */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      events: text,
      endpoints: text,
      seconds: text,
      "warm-up": text,
      rates: text,
      sizes: text,
      "per-second": text,
      "answer-ms": text,
      "retry-waits": text,
      runs: text,
      out: text,
      profile: text,
      target: text,
      publish: text,
      token: text,
      adapter: text,
      pids: text,
    },
  });
  const scenario = SCENARIOS.find((name) => name.toLowerCase() === positionals[0]?.toLowerCase());
  if (scenario === undefined || positionals.length > 1) throw new Error("Name one scenario");
  return {
    scenario,
    events: toCount("events", values.events ?? defaultEvents(scenario)),
    endpoints: toCount("endpoints", values.endpoints ?? defaultEndpoints(scenario)),
    seconds: toCount("seconds", values.seconds ?? defaultSeconds(scenario)),
    warmUpSeconds: toCount("warm-up", values["warm-up"] ?? "40"),
    rates: toCounts("rates", values.rates ?? "50,200,500,1000"),
    sizes: toCounts("sizes", values.sizes ?? "1000,10000,100000,1000000"),
    answerMs: toCount("answer-ms", values["answer-ms"] ?? "30"),
    perSecondMax:
      values["per-second"] === undefined ? undefined : toCount("per-second", values["per-second"]),
    retryWaits: toCounts("retry-waits", values["retry-waits"] ?? "30,60,90"),
    runs: toCount("runs", values.runs ?? "1"),
    out: values.out,
    profile: values.profile?.split(",") ?? [],
    target: toTarget(scenario, values),
    pids: toPids(values.pids),
  };
}

function defaultEvents(scenario: ScenarioName): string {
  if (scenario === "S11" || scenario === "M1" || scenario === "blocked") return "1000000";
  if (scenario === "M2") return "50000";
  return scenario === "quick" ? "20000" : "100000";
}

function defaultEndpoints(scenario: ScenarioName): string {
  return scenario === "M3" || scenario === "blocked" ? "1000" : "100";
}

function defaultSeconds(scenario: ScenarioName): string {
  if (scenario === "S4") return "300";
  return scenario === "S5" ? "20" : "60";
}

function toTarget(
  scenario: ScenarioName,
  { target, publish, token, adapter }: Readonly<Record<string, string | undefined>>,
): Target | undefined {
  if (target === undefined) return undefined;
  if (!FROM_OUTSIDE.includes(scenario)) throw new Error(`${scenario} measures our own system only`);
  if (token === undefined || adapter === undefined) throw new Error("--target needs --token and --adapter");
  return { url: trimSlash(target), publishUrl: trimSlash(publish ?? target), token, adapter };
}

function trimSlash(url: string): string {
  return url.replace(/\/+$/, "");
}

function toPids(list: string | undefined): Readonly<Record<string, number>> {
  const entries = (list?.split(",") ?? []).map((entry) => entry.split("="));
  return Object.fromEntries(entries.map(([name = "", pid]) => [name, toCount("pids", pid ?? "")]));
}

function toCounts(name: string, list: string): readonly number[] {
  return list.split(",").map((item) => toCount(name, item));
}

function toCount(name: string, digits: string): number {
  const value = Number(digits);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} is no whole number above 0`);
  return value;
}
