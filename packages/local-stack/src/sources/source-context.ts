import type { Progress } from "../progress.js";

/** What every source works with. */
export interface SourceContext {
  readonly cacheDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly signal?: AbortSignal | undefined;
}
