import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** A run that takes longer hangs, milliseconds: a hundred times what it needs. */
const HANG_MS = 60_000;

/**
 * Plays seeds on all processors.
 *
 * @param {object} work
 * @param {string} work.module what plays them
 * @param {Iterable<number | string>} work.seeds numbers, or names of directed scenes
 * @param {(played: object) => boolean | void} work.onPlayed answers true when that is enough
 * @param {AbortSignal} work.signal
 * @param {number} [work.workers]
 */
export async function playSeeds({ module, seeds, onPlayed, signal, workers = availableParallelism() }) {
  const left = seeds[Symbol.iterator]();
  const state = { isEnough: false };
  const take = () => {
    const next = state.isEnough || signal.aborted ? { done: true } : left.next();
    return next.done ? undefined : next.value;
  };
  const each = () =>
    new SeedWorker(module).run(take, (played) => (state.isEnough = onPlayed(played) === true));
  await Promise.all(Array.from({ length: workers }, each));
  signal.throwIfAborted();
}

/** One thread that plays seed after seed. */
class SeedWorker {
  #thread;

  constructor(module) {
    this.#thread = new Worker(new URL("seed-worker.mjs", import.meta.url), { workerData: { module } });
  }

  async run(take, onPlayed) {
    try {
      for (let seed = take(); seed !== undefined; seed = take()) {
        const played = await this.#play(seed);
        onPlayed(played);
        // Its thread is stuck in that run.
        if (played.isHanging) return;
      }
    } finally {
      await this.#thread.terminate();
    }
  }

  #play(seed) {
    return new Promise((resolve) => {
      const end = (played) => {
        clearTimeout(timer);
        this.#thread.off("error", onError);
        this.#thread.off("message", end);
        resolve(played);
      };
      const stop = (detail) =>
        end({ seed, broken: { invariant: "DEFECT", detail }, statistics: {}, isHanging: true });
      const onError = (error) => stop(error.message);
      const timer = setTimeout(() => stop("it does not end"), HANG_MS);
      this.#thread.on("error", onError);
      this.#thread.on("message", end);
      this.#thread.postMessage(seed);
    });
  }
}
