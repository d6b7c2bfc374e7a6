import { describe, expect, test } from "@jest/globals";
import { play } from "./play.js";

const SEEDS = 100;

describe("the delivery protocol in virtual time, on fixed seeds", () => {
  test(`every invariant of lanes.md §9 holds over ${SEEDS} runs, and they reach what they are about`, () => {
    const reached = {
      requests: 0,
      failures: 0,
      unmakeable: 0,
      tests: 0,
      repeats: 0,
      contactsGone: 0,
      trips: 0,
      parked: 0,
      fenced: 0,
      released: 0,
      caughtUp: 0,
      cuts: 0,
      recovered: 0,
    };
    const broken: unknown[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const played = play(seed);
      if (played.broken !== undefined) broken.push(`seed ${seed}: ${played.broken.detail}`);
      for (const name of Object.keys(reached) as (keyof typeof reached)[])
        reached[name] += played.statistics[name];
    }
    expect(broken).toEqual([]);
    expect(reached.requests).toBeGreaterThan(SEEDS * 200);
    expect(reached.failures).toBeGreaterThan(SEEDS * 5);
    expect(reached.parked).toBeGreaterThan(SEEDS * 100);
    expect(reached.caughtUp).toBeGreaterThan(SEEDS);
    expect(reached.released).toBeGreaterThan(SEEDS);
    expect(reached.recovered).toBeGreaterThan(SEEDS);
    for (const name of ["repeats", "contactsGone", "trips", "fenced", "cuts", "unmakeable", "tests"] as const)
      expect(reached[name]).toBeGreaterThan(10);
  }, 300_000);

  test("the same seed plays the same, line by line", () => {
    const traceOf = (seed: number) => {
      const lines: string[] = [];
      play(seed, (line) => lines.push(line));
      return lines;
    };
    const lines = traceOf(6);
    expect(lines.length).toBeGreaterThan(100);
    expect(traceOf(6)).toEqual(lines);
  });
});
