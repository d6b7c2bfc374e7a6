import { describe, expect, test } from "@jest/globals";
import { World } from "./world.js";

const EVENTS = 120;

describe("the engine in virtual time", () => {
  test("order, one in flight, nothing lost, nothing settled sent again: over 300 random runs with crashes", () => {
    let requests = 0;
    let crashes = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const world = new World(seed);
      try {
        world.run(EVENTS);
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
      requests += world.oracle.requests;
      crashes += world.crashes;
    }
    expect(requests).toBeGreaterThan(300 * 30);
    expect(crashes).toBeGreaterThan(300);
  });

  test("without a crash no event is sent again once it was answered: over 100 random runs", () => {
    for (let seed = 1001; seed <= 1100; seed++) {
      const world = new World(seed);
      world.run(EVENTS, { crashes: false });
      expect({ seed, repeats: world.oracle.repeatsAfterCrash }).toEqual({ seed, repeats: 0 });
    }
  });
});
