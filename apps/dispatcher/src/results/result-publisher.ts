import { setTimeout as sleep } from "node:timers/promises";
import { encodeResults, type DeliveryResult } from "@hooklane/contracts";
import type { WorkspaceId } from "@hooklane/core";
import { KafkaError, type OutgoingRecord, type Producer, toOutgoingRecord } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";

/** One record of `attempts.v1` is not larger, by {@link bytesOf}; the topic takes 2 MiB. */
const RECORD_BYTES_MAX = 512 * 1024;
/**
 * So long results wait for others, milliseconds. Nobody waits for a single one: a record each costs Kafka, the
 * health-monitor and MongoDB as much as a record of a hundred.
 */
const LINGER_MS = 20;
/** So many wait for no others. */
const LINGER_RESULTS_MAX = 100;
/** Pause after a refusal that is not a matter of time, milliseconds. */
const REFUSED_PAUSE_MS = 1_000;

interface Waiting {
  readonly results: DeliveryResult[];
  readonly acknowledged: (() => void)[];
}

/**
 * Writes results to `attempts.v1`, many in a record, grouped by workspace. One send at a time: what comes meanwhile is
 * the next (lanes.md §2.1), so a busy dispatcher makes larger records; an idle one waits a little for more.
 */
export class ResultPublisher {
  readonly #producer: Pick<Producer, "sendAll">;
  readonly #topic: string;
  readonly #logger: Logger;
  #waiting = new Map<WorkspaceId, Waiting>();
  #pending = 0;
  #waitingCount = 0;
  #isSending = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(producer: Pick<Producer, "sendAll">, topic: string, logger: Logger) {
    this.#producer = producer;
    this.#topic = topic;
    this.#logger = logger;
  }

  /** Results not yet acknowledged. */
  get pending(): number {
    return this.#pending;
  }

  /** @param acknowledged called once all in-sync replicas have it; never when the process ends before */
  publish(workspaceId: WorkspaceId, result: DeliveryResult, acknowledged: () => void): void {
    let waiting = this.#waiting.get(workspaceId);
    if (waiting === undefined) {
      waiting = { results: [], acknowledged: [] };
      this.#waiting.set(workspaceId, waiting);
    }
    waiting.results.push(result);
    waiting.acknowledged.push(acknowledged);
    this.#pending++;
    this.#waitingCount++;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isSending) return;
    this.#timer ??= setTimeout(() => void this.#send(), LINGER_MS);
    if (this.#waitingCount < LINGER_RESULTS_MAX) return;
    clearTimeout(this.#timer);
    this.#isSending = true;
    // After this turn of the loop: the answers that came in with it travel together.
    setImmediate(() => void this.#send());
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = new Map();
    this.#waitingCount = 0;
    const records = [...waiting].flatMap(([workspaceId, { results }]) =>
      inChunks(results).map((chunk) => toOutgoingRecord(encodeResults(this.#topic, workspaceId, chunk))),
    );
    if (!(await this.#sendSurely(records))) return;
    for (const { acknowledged } of waiting.values()) {
      this.#pending -= acknowledged.length;
      for (const call of acknowledged) call();
    }
    this.#isSending = false;
    if (this.#waitingCount > 0) this.#schedule();
  }

  /** The producer repeats what may pass; a refusal for good is repeated here, as results must not be lost. */
  async #sendSurely(records: OutgoingRecord[]): Promise<boolean> {
    for (;;) {
      try {
        await this.#producer.sendAll(records);
        return true;
      } catch (err) {
        if (err instanceof KafkaError && err.code === "closed") return false;
        this.#logger.error({ err, records: records.length }, "results.refused");
        await sleep(REFUSED_PAUSE_MS);
      }
    }
  }
}

function inChunks(results: readonly DeliveryResult[]): readonly (readonly DeliveryResult[])[] {
  const chunks: DeliveryResult[][] = [];
  let room = 0;
  for (const result of results) {
    const bytes = bytesOf(result);
    if (bytes > room) {
      chunks.push([]);
      room = RECORD_BYTES_MAX;
    }
    chunks.at(-1)?.push(result);
    room -= bytes;
  }
  return chunks;
}

/** About what a result takes as JSON, rather more; a head of a body may consist of escapes. */
function bytesOf(result: DeliveryResult): number {
  const head = result.kind === "attempt" ? (result.responseHead?.length ?? 0) : 0;
  return 600 + result.deliveries.length * 300 + head * 6;
}
