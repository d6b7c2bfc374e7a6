import { type Statistics, Violation, type World } from "./world.js";

/** How a run ended. */
export interface Played {
  readonly seed: number;
  /** The invariant that was broken, or `DEFECT` when the code itself threw. */
  readonly broken: { readonly invariant: string; readonly detail: string } | undefined;
  readonly statistics: Statistics;
}

/** Runs something to its end, or to the first thing that is wrong. */
export function outcomeOf(world: World, run: () => void): Played {
  const { seed, statistics } = world;
  try {
    run();
    return { seed, broken: undefined, statistics };
  } catch (error) {
    world.trace("stopped", () => (error instanceof Error ? (error.stack ?? error.message) : String(error)));
    const invariant = error instanceof Violation ? error.invariant : "DEFECT";
    const detail = error instanceof Error ? error.message : String(error);
    return { seed, broken: { invariant, detail }, statistics };
  }
}
