import type { TripPolicy, WorkspaceId } from "@hooklane/core";
import type { CountDecision } from "@hooklane/lanes";
import { type Logger, retryForever } from "@hooklane/service";
import { type ConfigCopy, type ErrorWindowRepository } from "@hooklane/store";
import type { FailingWebhooks } from "./failing-webhooks.js";

/**
 * Counts failed attempts in the workspace's durable window, before the lane's next request (lanes.md §7). A count whose
 * answer was lost is made again: the error's id keeps it from counting twice, and the verdict is the same.
 */
export class ErrorCounter {
  readonly #windows: ErrorWindowRepository;
  readonly #configuration: ConfigCopy;
  readonly #failing: FailingWebhooks;
  readonly #logger: Logger;
  readonly #signal: AbortSignal;
  /** The newest count of each workspace that has one on its way. */
  readonly #counting = new Map<WorkspaceId, Promise<unknown>>();

  constructor(
    windows: ErrorWindowRepository,
    configuration: ConfigCopy,
    failing: FailingWebhooks,
    { logger, signal }: { readonly logger: Logger; readonly signal: AbortSignal },
  ) {
    this.#windows = windows;
    this.#configuration = configuration;
    this.#failing = failing;
    this.#logger = logger;
    this.#signal = signal;
  }

  /** Resolves once counted and the breakers it trips are open; false when the process stops before. */
  async count({ workspaceId, error }: CountDecision): Promise<boolean> {
    this.#failing.onFailure(error.webhookId);
    try {
      const trips = await retryForever(
        () =>
          this.#inTurn(workspaceId, () =>
            this.#windows.count(workspaceId, error, this.#policyOf(workspaceId)),
          ),
        {
          signal: this.#signal,
          onError: (err, attempt, waitMs) =>
            this.#logger.warn({ err, workspaceId, attempt, waitMs }, "rule.count_failed"),
        },
      );
      this.#failing.applyTrips(trips);
      return true;
    } catch (failure) {
      if (this.#signal.aborted) return false;
      throw failure;
    }
  }

  /**
   * One at a time of a workspace: its window is one document, and updates of one document at the same time undo each
   * other again and again, on sockets that renewals of leases wait for.
   */
  async #inTurn<T>(workspaceId: WorkspaceId, count: () => Promise<T>): Promise<T> {
    const before = this.#counting.get(workspaceId) ?? Promise.resolve();
    const mine = before.then(count, count);
    this.#counting.set(workspaceId, mine);
    try {
      return await mine;
    } finally {
      if (this.#counting.get(workspaceId) === mine) this.#counting.delete(workspaceId);
    }
  }

  #policyOf(workspaceId: WorkspaceId): TripPolicy {
    const policy = this.#configuration.workspace(workspaceId)?.disablePolicy ?? "worst";
    const workspaceWebhooks =
      policy === "all"
        ? this.#configuration
            .webhooksOf(workspaceId)
            .filter(({ status }) => status === "active" || status === "recovering")
            .map(({ _id, generation }) => ({ webhookId: _id, generation }))
        : [];
    return { policy, workspaceWebhooks };
  }
}
