import type { ControlMeta } from "@hooklane/contracts";
import type { ConfigCopy } from "@hooklane/store";
import type { Logger } from "@hooklane/service";

export interface ConfigGateDeps {
  readonly copy: Pick<ConfigCopy, "webhook" | "refreshWebhook" | "waitForWebhookVersion">;
  readonly logger: Logger;
  /** Pause between two reads past the copy while waiting, milliseconds (default 5,000). */
  readonly rereadMs?: number;
}

type Control = Pick<ControlMeta, "webhookId" | "version">;

/**
 * Where a partition stands still at a control record until the configuration copy has what it announces
 * (architecture.md §1.5). Who waits is shown in `/readyz`, metrics and the log; nobody is let past with an older
 * configuration.
 */
export class ConfigGate {
  readonly #deps: ConfigGateDeps;
  readonly #rereadMs: number;
  readonly #waiting = new Map<number, Control>();

  constructor(deps: ConfigGateDeps) {
    this.#deps = deps;
    this.#rereadMs = deps.rereadMs ?? 5_000;
  }

  /** Partitions that wait. */
  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** In words, or undefined when none waits. */
  describe(): string | undefined {
    if (this.#waiting.size === 0) return undefined;
    const each = [...this.#waiting].map(
      ([partition, { webhookId, version }]) => `partition ${partition}: ${webhookId} version ${version}`,
    );
    return `waiting for configuration: ${each.join(", ")}`;
  }

  /** Whether the copy has it already. */
  isOpen({ webhookId, version }: Control): boolean {
    const held = this.#deps.copy.webhook(webhookId);
    return held !== undefined && held.version >= version;
  }

  /**
   * Resolves once the copy has the version, or the database says that there is no such webhook (any more): then nothing
   * is to be matched with it.
   *
   * @throws the signal's reason; MongoDB's error
   */
  async pass(partition: number, control: Control, signal: AbortSignal): Promise<void> {
    if (this.isOpen(control)) return;
    this.#waiting.set(partition, control);
    try {
      await this.#wait(partition, control, signal);
    } finally {
      this.#waiting.delete(partition);
    }
  }

  async #wait(partition: number, control: Control, signal: AbortSignal): Promise<void> {
    const { copy, logger } = this.#deps;
    const { webhookId, version } = control;
    for (let rereads = 0; ; rereads++) {
      signal.throwIfAborted();
      const found = await copy.refreshWebhook(webhookId);
      if (this.isOpen(control)) return;
      if (!found) {
        logger.warn({ partition, webhookId, version }, "router.control_of_unknown_webhook");
        return;
      }
      logger.warn({ partition, webhookId, version, found: found.version, rereads }, "router.config_behind");
      if (await this.#waitForCopy(control, signal)) return;
    }
  }

  /** @returns false when it did not come in time */
  async #waitForCopy({ webhookId, version }: Control, signal: AbortSignal): Promise<boolean> {
    const late = AbortSignal.timeout(this.#rereadMs);
    try {
      await this.#deps.copy.waitForWebhookVersion(webhookId, version, AbortSignal.any([signal, late]));
      return true;
    } catch (error) {
      if (late.aborted && !signal.aborted) return false;
      throw error;
    }
  }
}
