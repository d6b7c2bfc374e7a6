import { setTimeout as sleep } from "node:timers/promises";
import { type Producer, toOutgoingRecord } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import {
  type ClaimedImport,
  type ContactImport,
  type ContactImportEnd,
  type ContactImportRepository,
  type ImportLines,
  type ImportWriter,
  isStoreUnavailable,
  type WrittenChunk,
} from "@hooklane/store";
import { ImportLine, type ImportLineOptions } from "./import-line.js";
import { type ImportEndOptions, makeImportEnd } from "./import-end.js";
import type { ImportMetrics } from "./import-metrics.js";

export interface ContactImportsOptions extends ImportLineOptions, ImportEndOptions {
  readonly imports: Pick<ContactImportRepository, "listNext" | "claim" | "release" | "decide" | "finish">;
  readonly writer: Pick<ImportWriter, "writeNext" | "listLastWritten">;
  readonly lines: Pick<ImportLines, "clear">;
  readonly producer: Pick<Producer, "sendAll">;
  /** Of this process, unlike any other's and any earlier one's. */
  readonly owner: string;
  readonly metrics: ImportMetrics;
  readonly logger: Logger;
}

/** Longer than a chunk takes; so long an import stands still when its owner dies. */
const LEASE_MS = 15_000;

/** Then others have their turn. */
const TURN_MS = 3_000;

/** Worked on at the same time, and found at once. */
const AT_ONCE = 4;
const FOUND_MAX = 1_000;

/** How often it is looked whether the router has come further. */
const LOOK_MS = 20;

/** A chunk that cannot be written so many times, with the database there: about as many sweeps. */
const FAILURES_MAX = 60;
const OWN_FAULT = "Something broke on our side; what is not done was not written.";

/**
 * Writes uploaded contacts (architecture.md §3, jobs): chunk by chunk, and behind each the events that tell of it. One
 * process has an import, by lease; it may lose it and go on for a moment: a chunk is written by whoever is first, what is
 * put in line twice the router takes once, and the end is told behind everything else.
 */
export class ContactImports {
  readonly #options: ContactImportsOptions;
  /** Of imports in hand, whose chunks' events are all in line. Lost with the process: then the last chunk's are put there again. */
  readonly #inHand = new Map<string, ImportLine>();
  /** Of imports in hand, how often their next chunk could not be written. */
  readonly #failures = new Map<string, number>();

  constructor(options: ContactImportsOptions) {
    this.#options = options;
  }

  /** Gives each import that is to be worked on a turn. */
  async sweep(signal: AbortSignal): Promise<void> {
    const waiting = [...(await this.#options.imports.listNext(FOUND_MAX))];
    for (const known of [this.#inHand, this.#failures]) {
      for (const id of known.keys()) if (!waiting.includes(id)) known.delete(id);
    }
    const work = async () => {
      for (let id = waiting.shift(); id !== undefined && !signal.aborted; id = waiting.shift()) {
        await this.#turnSafely(id, signal);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (signal.aborted) await this.#letGo();
  }

  /** So that another process goes on at once when this one stops. */
  async #letGo(): Promise<void> {
    const { imports, owner } = this.#options;
    for (const id of this.#inHand.keys()) await imports.release(id, owner);
    this.#inHand.clear();
  }

  async #turnSafely(id: string, signal: AbortSignal): Promise<void> {
    const { metrics, logger } = this.#options;
    try {
      await this.#turn(id, signal);
    } catch (err) {
      this.#inHand.delete(id);
      if (signal.aborted) return;
      metrics.failures.inc();
      logger.error({ err, job: id }, "contact_import.turn_failed");
    }
  }

  async #turn(id: string, signal: AbortSignal): Promise<void> {
    const { imports, owner, now } = this.#options;
    const claimed = await imports.claim(id, owner, LEASE_MS);
    if (!claimed) return;
    const line = await this.#takeUp(claimed);
    if (claimed.job.phase === "ending") return this.#tellEnd(claimed.job);
    const end = now().getTime() + TURN_MS;
    while (!signal.aborted && now().getTime() < end) {
      if (!(await this.#hasRoom(line, end, signal))) return;
      const done = await this.#writeNext(claimed.job, line);
      if (done) return;
    }
  }

  /** Whoever had it before may have died before the events of the last chunk were in line. */
  async #takeUp({ job, isHeld }: ClaimedImport): Promise<ImportLine> {
    const held = isHeld ? this.#inHand.get(job.id) : undefined;
    if (held) return held;
    const line = new ImportLine(this.#options, job.workspaceId);
    await line.put(await this.#options.writer.listLastWritten(job));
    this.#inHand.set(job.id, line);
    return line;
  }

  async #hasRoom(line: ImportLine, until: number, signal: AbortSignal): Promise<boolean> {
    while (await line.isFull()) {
      if (signal.aborted) return false;
      if (this.#options.now().getTime() >= until) {
        this.#options.metrics.heldBack.inc();
        return false;
      }
      await sleep(LOOK_MS);
    }
    return true;
  }

  /** @returns whether there is nothing more to write */
  async #writeNext({ id }: ContactImport, line: ImportLine): Promise<boolean> {
    const written = await this.#writeSafely(id);
    switch (written.kind) {
      case "written":
        await line.put(written.contactIds);
        this.#count(written);
        return false;
      case "all_written":
        await this.#end(id, { status: "completed" });
        return true;
      case "audience_deleted":
        await this.#end(id, { status: "failed", error: "The audience was deleted." });
        return true;
      case "lost":
        // Cancelled: the next turn tells so.
        return true;
    }
  }

  /** Nobody else of the workspace can import while one that cannot be written stands in the way, so it is given up. */
  async #writeSafely(id: string): Promise<WrittenChunk> {
    const { writer, imports, owner, now } = this.#options;
    try {
      const written = await writer.writeNext(id, { owner, ms: LEASE_MS }, now());
      this.#failures.delete(id);
      return written;
    } catch (error) {
      if (isStoreUnavailable(error)) throw error;
      const failures = (this.#failures.get(id) ?? 0) + 1;
      this.#failures.set(id, failures);
      if (failures >= FAILURES_MAX) await imports.decide(id, owner, { status: "failed", error: OWN_FAULT });
      throw error;
    }
  }

  #count({ tally }: Extract<WrittenChunk, { kind: "written" }>): void {
    const { added, updated, unchanged, rejected } = tally;
    const outcomes = { added, updated, unchanged, rejected };
    for (const [outcome, count] of Object.entries(outcomes))
      this.#options.metrics.lines.inc({ outcome }, count);
  }

  async #end(id: string, end: ContactImportEnd): Promise<void> {
    const job = await this.#options.imports.decide(id, this.#options.owner, end);
    if (job) await this.#tellEnd(job);
  }

  /** Done by two, it is told once. */
  async #tellEnd(job: ContactImport): Promise<void> {
    const { imports, lines, producer, metrics, logger } = this.#options;
    const record = await makeImportEnd(this.#options, job);
    if (record) await producer.sendAll([toOutgoingRecord(record)]);
    await lines.clear(job.id);
    const finished = await imports.finish(job.id);
    if (!finished) return;
    const { id, workspaceId, status, total, added, updated, rejected } = finished;
    metrics.ended.inc({ status });
    logger.info({ workspaceId, job: id, status, total, added, updated, rejected }, "contact_import.ended");
  }
}
