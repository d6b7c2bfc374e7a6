import type { Destinations } from "./destinations.js";
import type { BenchOptions } from "./options.js";
import type { BenchStack } from "./stack.js";

/** What every scenario works with. */
export interface BenchContext {
  readonly options: BenchOptions;
  readonly stack: BenchStack;
  readonly destinations: Destinations;
  /** A folder for files of this run; removed at the end. */
  readonly scratchDir: string;
  /** Progress for the person who waits. */
  readonly say: (line: string) => void;
}
