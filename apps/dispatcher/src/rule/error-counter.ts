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
        () => this.#windows.count(workspaceId, error, this.#policyOf(workspaceId)),
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
