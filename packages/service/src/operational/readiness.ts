import { setTimeout as sleep } from "node:timers/promises";

/** Whether a dependency can be used now. `detail` is shown to whoever may call `/readyz`: no secrets. */
export type ReadinessResult = { readonly ready: true } | { readonly ready: false; readonly detail: string };

/** Asks one dependency. Cheap, without side effects; it is called on every `GET /readyz`. */
export type ReadinessCheck = (signal: AbortSignal) => ReadinessResult | Promise<ReadinessResult>;

/** The answer of `GET /readyz`. */
export interface ReadinessReport {
  readonly ready: boolean;
  readonly dependencies: Readonly<Record<string, ReadinessResult>>;
}

/** Shorthand for a check that only knows yes or no. */
export function readyWhen(isReady: () => boolean, detail: string): ReadinessCheck {
  return () => (isReady() ? { ready: true } : { ready: false, detail });
}

/**
 * What a service needs before it can do its work, each dependency named. The service itself is one (`service`): not
 * ready before its start has ended and from the moment its stop begins.
 */
export class Readiness {
  readonly #checks = new Map<string, ReadinessCheck>();
  readonly #optional = new Set<string>();
  readonly #timeLimitMs: number;
  #phase: "starting" | "running" | "stopping" = "starting";

  /** @param options.timeLimitMs a check without an answer by then counts as not ready (default 1000 ms) */
  constructor(options: { readonly timeLimitMs?: number } = {}) {
    this.#timeLimitMs = options.timeLimitMs ?? 1_000;
    this.#checks.set("service", () =>
      this.#phase === "running" ? { ready: true } : { ready: false, detail: this.#phase },
    );
  }

  /**
   * Adds or replaces a dependency.
   *
   * @param options.isRequired false: shown, but the service is ready without it (default true)
   */
  add(name: string, check: ReadinessCheck, options: { readonly isRequired?: boolean } = {}): this {
    this.#checks.set(name, check);
    if (options.isRequired === false) this.#optional.add(name);
    else this.#optional.delete(name);
    return this;
  }

  /** Set by `runService` once `start` has resolved. */
  markRunning(): void {
    if (this.#phase === "starting") this.#phase = "running";
  }

  /** Set by `runService` when the stop begins, so that load balancers turn away before connections are refused. */
  markStopping(): void {
    this.#phase = "stopping";
  }

  /** Asks every dependency at the same time; never rejects, never takes longer than the time limit. */
  async report(): Promise<ReadinessReport> {
    const entries = await Promise.all(
      [...this.#checks].map(async ([name, check]) => [name, await this.#ask(check)] as const),
    );
    return {
      ready: entries.every(([name, result]) => result.ready || this.#optional.has(name)),
      dependencies: Object.fromEntries(entries),
    };
  }

  async #ask(check: ReadinessCheck): Promise<ReadinessResult> {
    const giveUp = new AbortController();
    try {
      return await Promise.race([check(giveUp.signal), this.#timeLimit(giveUp.signal)]);
    } catch {
      // The error's text may name hosts and users; it belongs into the log of whoever failed.
      return { ready: false, detail: "check failed" };
    } finally {
      giveUp.abort();
    }
  }

  async #timeLimit(signal: AbortSignal): Promise<ReadinessResult> {
    const late: ReadinessResult = { ready: false, detail: `no answer within ${this.#timeLimitMs} ms` };
    return sleep(this.#timeLimitMs, late, { signal, ref: false }).catch(() => late);
  }
}
