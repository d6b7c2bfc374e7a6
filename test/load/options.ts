import { parseArgs } from "node:util";

/** The scenarios of benchmarks.md that this version can run. */
const SCENARIOS = ["S0", "S1", "S2", "quick"] as const;
type ScenarioName = (typeof SCENARIOS)[number];

/** How a benchmark is run. */
export interface BenchOptions {
  readonly scenario: ScenarioName;
  /** Deliveries of S0 and S1. */
  readonly events: number;
  /** Different destinations, each an origin of its own. */
  readonly endpoints: number;
  /** S2: how long each rate is held. */
  readonly seconds: number;
  /** S2: events per second. */
  readonly rates: readonly number[];
  readonly runs: number;
  /** Where the raw figures go, as JSON. */
  readonly out: string | undefined;
  /** Services whose CPU is profiled (`node --cpu-prof`); the figures of such a run are a little higher. */
  readonly profile: readonly string[];
}

export const USAGE = `npm run bench -- <${SCENARIOS.join("|")}> [options]
  --events n       deliveries of S0 and S1 (default 100000; quick 20000)
  --endpoints n    different destinations (default 100)
  --seconds n      S2: how long each rate is held (default 60)
  --rates a,b,…    S2: events per second (default 50,200,500,1000)
  --runs n         repeat, and give median and min-max (default 1)
  --out file       write the raw figures as JSON
  --profile a,b    profile these services (--cpu-prof) and list their hottest functions
Uses KAFKA_BROKERS and MONGODB_URI when both are set, otherwise starts a stack of its own.`;

/** @throws Error saying what is wrong with the arguments */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      events: { type: "string" },
      endpoints: { type: "string" },
      seconds: { type: "string" },
      rates: { type: "string" },
      runs: { type: "string" },
      out: { type: "string" },
      profile: { type: "string" },
    },
  });
  const scenario = SCENARIOS.find((name) => name.toLowerCase() === positionals[0]?.toLowerCase());
  if (scenario === undefined || positionals.length > 1) throw new Error("Name one scenario");
  return {
    scenario,
    events: toCount("events", values.events, scenario === "quick" ? 20_000 : 100_000),
    endpoints: toCount("endpoints", values.endpoints, 100),
    seconds: toCount("seconds", values.seconds, 60),
    rates: (values.rates ?? "50,200,500,1000").split(",").map((rate) => toCount("rates", rate, 0)),
    runs: toCount("runs", values.runs, 1),
    out: values.out,
    profile: values.profile?.split(",") ?? [],
  };
}

function toCount(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} is no whole number above 0`);
  return value;
}
