import type { WorkspaceId } from "@hooklane/core";
import type { Logger } from "@hooklane/service";
import type {
  ClaimedRun,
  ControlPayload,
  DueTouchpoint,
  TouchpointDocument,
  TouchpointRuns,
} from "@hooklane/store";
import type { HealthMetrics } from "../health-metrics.js";
import type { TouchpointSettling } from "./touchpoint-settling.js";
import type { TouchpointWalk } from "./touchpoint-walk.js";

export interface TouchpointRunnerOptions {
  readonly runs: Pick<TouchpointRuns, "listDue" | "countWaiting" | "claim" | "start" | "retire">;
  readonly walk: Pick<TouchpointWalk, "step" | "keepOnly">;
  readonly settling: Pick<TouchpointSettling, "step">;
  /** Gives a changed webhook its place in the line; what fails is left to a sweep. */
  readonly announce: (control: ControlPayload) => void;
  /** Of this process, unlike any other's and any earlier one's. */
  readonly owner: string;
  /** Contacts of one workspace a sweep puts in line at most, all its touchpoints together. */
  readonly perSweepMax: number;
  readonly metrics: HealthMetrics;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Longer than a sweep takes; so long a touchpoint stands still when its owner dies. */
const LEASE_MS = 15_000;

/** Worked on at the same time. */
const TOUCHPOINTS_MAX = 200;

/** What is in line settles without us: it is looked at at every so manieth sweep. */
const SWEEPS_A_SETTLING = 4;

/**
 * Runs touchpoints that are due (product.md W5): one process has one, by lease. It may lose it and go on for a moment:
 * whatever it stores then is refused, and whatever it puts in line the router takes once.
 */
export class TouchpointRunner {
  readonly #options: TouchpointRunnerOptions;
  #sweeps = 0;

  constructor(options: TouchpointRunnerOptions) {
    this.#options = options;
  }

  /** Paced by how often it is called. One that fails does not keep the others. */
  async sweep(signal: AbortSignal): Promise<void> {
    const { runs, walk, settling } = this.#options;
    const isSettling = this.#sweeps++ % SWEEPS_A_SETTLING === 0;
    const walking = await runs.listDue("walking", TOUCHPOINTS_MAX);
    walk.keepOnly(new Set(walking.map(({ id }) => id)));
    const turns = await this.#takeTurns(walking, signal, (claimed) =>
      walk.step(claimed, this.#shareOf(claimed.workspaceId, walking)),
    );
    if (isSettling) {
      const settled = [...(await runs.listDue("settling", TOUCHPOINTS_MAX)), ...walking];
      turns.push(...(await this.#takeTurns(settled, signal, (claimed) => settling.step(claimed))));
      await this.#lookAfter();
    }
    for (const turn of turns) if (turn.status === "rejected" && !signal.aborted) throw turn.reason;
  }

  #takeTurns(
    due: readonly DueTouchpoint[],
    signal: AbortSignal,
    turn: (claimed: ClaimedRun) => Promise<void>,
  ): Promise<PromiseSettledResult<void>[]> {
    const { runs, owner } = this.#options;
    return Promise.allSettled(
      due.map(async ({ id }) => {
        const touchpoint = await runs.claim(id, owner, LEASE_MS);
        if (!touchpoint || signal.aborted) return;
        const { run } = touchpoint;
        const claimed = run ? { ...touchpoint, run } : await this.#start(touchpoint);
        if (claimed) await turn(claimed);
      }),
    );
  }

  /** A workspace's touchpoints share what is put in line for it. */
  #shareOf(workspaceId: WorkspaceId, walking: readonly DueTouchpoint[]): number {
    const count = walking.filter((one) => one.workspaceId === workspaceId).length;
    return Math.max(1, Math.floor(this.#options.perSweepMax / Math.max(1, count)));
  }

  async #start({ _id: touchpointId, workspaceId, dueAt }: TouchpointDocument) {
    const { runs, owner, now, metrics, logger, announce } = this.#options;
    const at = now();
    const started = await runs.start(touchpointId, owner, at);
    switch (started.kind) {
      case "not_ours":
        return undefined;
      case "cancelled": {
        const { control, reason } = started;
        if (control) announce(control);
        metrics.touchpointsEnded.inc({ status: "cancelled" });
        logger.info({ workspaceId, touchpointId, reason }, "touchpoint.cancelled");
        return undefined;
      }
      case "running":
        metrics.touchpointsLate.observe(Math.max(0, at.getTime() - dueAt.getTime()) / 1_000);
        logger.info({ workspaceId, touchpointId }, "touchpoint.started");
        return started.touchpoint;
    }
  }

  async #lookAfter(): Promise<void> {
    const { runs, now, announce, metrics } = this.#options;
    for (const control of await runs.retire(TOUCHPOINTS_MAX, now())) announce(control);
    metrics.touchpointsWaiting.set(await runs.countWaiting());
  }
}
