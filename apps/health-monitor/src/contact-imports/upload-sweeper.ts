import type { Logger } from "@hooklane/service";
import type { ContactUploads } from "@hooklane/store";
import type { ImportMetrics } from "./import-metrics.js";

export interface UploadSweeperOptions {
  readonly uploads: Pick<ContactUploads, "listStale" | "discard">;
  readonly metrics: Pick<ImportMetrics, "discarded">;
  readonly logger: Pick<Logger, "info">;
  readonly now: () => Date;
}

/** A request has five minutes (Node's `requestTimeout`), so nobody is uploading it any more. */
const STALE_MS = 15 * 60_000;

const UPLOADS_MAX = 100;

/** Clears away uploads that broke off together with the process that took them. */
export class UploadSweeper {
  readonly #options: UploadSweeperOptions;

  constructor(options: UploadSweeperOptions) {
    this.#options = options;
  }

  async sweep(signal: AbortSignal): Promise<void> {
    const { uploads, metrics, logger, now } = this.#options;
    for (const id of await uploads.listStale(new Date(now().getTime() - STALE_MS), UPLOADS_MAX)) {
      if (signal.aborted) return;
      await uploads.discard(id);
      metrics.discarded.inc();
      logger.info({ job: id }, "contact_upload.discarded");
    }
  }
}
