import { encodeEvent, encodeRejected, type OutgoingRecord, type RejectCode } from "@hooklane/contracts";
import { TIMESTAMP_AHEAD_MAX_MS, toInboundEventId } from "@hooklane/core";
import { type ConsumedRecord, type PartitionBatch, recordBytes, topicMessageBytesMax } from "@hooklane/kafka";
import { type Logger, retryForever } from "@hooklane/service";
import type { WorkspaceDocument } from "@hooklane/store";
import type { SchemaChecks } from "../catalogue/schema-checks.js";
import type { Directory } from "../directory/directory.js";
import { acceptEvent, describe, type Formed, formEvent, type Refusal } from "../event/accept-event.js";
import { type IngestTraces, type TracedIngest, withTrace } from "../event/ingest-traces.js";
import type { HeldPartitions } from "./held-partitions.js";
import { type DecodeWire, type InboundEvent, readInbound, type ReadInbound } from "./read-inbound.js";

export interface InboundHandlerDeps {
  readonly directory: Directory;
  readonly schemas: SchemaChecks;
  /** Undefined without a schema registry. */
  readonly decodeWire: DecodeWire | undefined;
  readonly held: HeldPartitions;
  /** Kafka's id of the cluster that is there now: part of the id of an event that comes without one. */
  readonly readClusterId: () => Promise<string>;
  readonly topics: { readonly events: string; readonly rejected: string };
  /** Resolves once the broker has all of them, in their order. Waits for room without limit. */
  readonly send: (records: readonly OutgoingRecord[]) => Promise<void>;
  readonly onOutcome: (outcome: "accepted" | "suppressed" | RejectCode) => void;
  /** Undefined where nothing is traced. */
  readonly traces?: IngestTraces | undefined;
  readonly logger: Logger;
}

type Read = Exclude<ReadInbound, { kind: "unavailable" }>;

interface ReadRecord {
  readonly record: ConsumedRecord;
  readonly read: Read;
  /** Of the cluster it is read from. */
  readonly clusterId: string;
  readonly trace?: TracedIngest | undefined;
}

/** Room for the headers a refusal adds, so that its record still fits the topic. */
const REFUSAL_BYTES = 16 * 1024;

/**
 * Takes the records of one partition of `inbound.v1` in (api.md §3): each becomes a record of `events.v1` or of
 * `rejected.v1`, in order; it resolves, and the offsets are committed, once the broker has all of them. Repeats after a
 * crash have the same ids, so the router drops them.
 */
export class InboundHandler {
  readonly #deps: InboundHandlerDeps;
  /** Of each partition, as long as it is owned: on another cluster all of them are assigned anew. */
  readonly #clusters = new WeakMap<AbortSignal, string>();

  constructor(deps: InboundHandlerDeps) {
    this.#deps = deps;
  }

  /** @param signal the same one for all batches of a partition, as long as it is owned */
  readonly handle = async ({ partition, records }: PartitionBatch, signal: AbortSignal): Promise<void> => {
    const clusterId = await this.#clusterOf(signal);
    let ready: ReadRecord[] = [];
    for (const record of records) {
      let read = readInbound(record, this.#deps.decodeWire);
      if (read instanceof Promise) {
        // What stands before it does not wait for the registry.
        await this.#pass(ready);
        ready = [];
        read = await read;
      }
      if (read.kind === "unavailable") {
        await this.#pass(ready);
        ready = [];
        read = await this.#readWhenPossible(record, partition, read.detail, signal);
      }
      ready.push({ record, read, clusterId, trace: this.#deps.traces?.ofRecord(record) });
    }
    signal.throwIfAborted();
    await this.#pass(ready);
  };

  async #clusterOf(signal: AbortSignal): Promise<string> {
    const clusterId = this.#clusters.get(signal) ?? (await this.#deps.readClusterId());
    this.#clusters.set(signal, clusterId);
    return clusterId;
  }

  async #readWhenPossible(
    record: ConsumedRecord,
    partition: number,
    detail: string,
    signal: AbortSignal,
  ): Promise<Read> {
    const { held, decodeWire, logger } = this.#deps;
    held.hold(partition, detail);
    logger.warn({ partition, offset: record.offset, detail }, "inbound.partition_held");
    try {
      return await retryForever(
        async () => {
          const read = await readInbound(record, decodeWire);
          if (read.kind === "unavailable") throw new Error(read.detail);
          return read;
        },
        { signal },
      );
    } finally {
      held.release(partition);
      logger.info({ partition, offset: record.offset }, "inbound.partition_released");
    }
  }

  async #pass(ready: readonly ReadRecord[]): Promise<void> {
    if (ready.length === 0) return;
    try {
      await this.#passAll(ready);
    } catch (error) {
      // They come again, and are traced again.
      for (const { trace } of ready) trace?.refused("repeated");
      throw error;
    } finally {
      for (const { trace } of ready) trace?.end();
    }
  }

  async #passAll(ready: readonly ReadRecord[]): Promise<void> {
    const nowMs = Date.now();
    const formed = ready.map(({ record, read }) => {
      if (read.kind !== "event") return undefined;
      const { value, text } = read.event;
      return formEvent(value, text, nowMs, toPlausible(record.timestampMs, nowMs));
    });
    await this.#prepare(ready, formed);
    await this.#deps.send(ready.map((one, index) => this.#toRecord(one, formed[index], nowMs)));
  }

  /** @throws when the database is away and the copy does not know a name: the batch comes again */
  async #prepare(ready: readonly ReadRecord[], formed: readonly (Formed | undefined)[]): Promise<void> {
    const { directory } = this.#deps;
    const events = ready.flatMap(({ read }, index) => {
      const form = formed[index];
      return read.kind === "event" && form?.ok
        ? [{ workspaceId: read.event.workspaceId, type: form.formed.event.type }]
        : [];
    });
    await directory.prepareWorkspaces(new Set(events.map(({ workspaceId }) => workspaceId)));
    await directory.prepareEventTypes(events.filter(({ workspaceId }) => directory.workspace(workspaceId)));
  }

  #toRecord(one: ReadRecord, formed: Formed | undefined, nowMs: number): OutgoingRecord {
    const { read } = one;
    if (read.kind === "refused") return this.#refuse(one, read.code, read.detail);
    const workspace = this.#deps.directory.workspace(read.event.workspaceId);
    if (!workspace) return this.#refuse(one, "unknown_workspace", "There is no such workspace");
    if (!formed?.ok) return this.#refuseBy(one, formed?.refusal);
    try {
      return this.#accept(one, read.event, workspace, formed, nowMs);
    } catch (error) {
      // Values JSON cannot hold, such as a bigint out of Avro.
      return this.#refuse(one, "undecodable_value", error instanceof Error ? error.message : String(error));
    }
  }

  #accept(
    one: ReadRecord,
    { workspaceId }: InboundEvent,
    workspace: WorkspaceDocument,
    { formed }: Extract<Formed, { ok: true }>,
    nowMs: number,
  ): OutgoingRecord {
    const { record, clusterId, trace } = one;
    const { directory, schemas, topics, onOutcome } = this.#deps;
    const outcome = acceptEvent(formed, {
      workspaceId,
      eventType: directory.eventType(workspaceId, formed.event.type),
      schemas,
      defaultId: () => toInboundEventId(clusterId, record.partition, record.offset),
      defaultTimestampMs: toPlausible(record.timestampMs, nowMs),
      nowMs,
    });
    if (!outcome.ok) return this.#refuseBy(one, outcome.refusal);
    const { meta, body } = outcome.accepted;
    onOutcome(meta.suppressed ? "suppressed" : "accepted");
    trace?.taken(meta);
    return encodeEvent(topics.events, workspace.eventsPartition, withTrace(meta, trace), body);
  }

  #refuseBy(one: ReadRecord, refusal: Refusal | undefined): OutgoingRecord {
    return this.#refuse(one, refusal?.code ?? "invalid_event", describe(refusal?.errors ?? []));
  }

  #refuse({ record, trace }: ReadRecord, code: RejectCode, detail: string): OutgoingRecord {
    this.#deps.onOutcome(code);
    trace?.refused(code);
    const isKept = recordBytes(record) + REFUSAL_BYTES <= topicMessageBytesMax;
    return encodeRejected(
      this.#deps.topics.rejected,
      // What fills the topic's limit by itself does not fit it with a reason; it is still where it came from.
      { topic: record.topic, record: isKept ? record : { ...record, value: null, headers: {} } },
      { code, detail: isKept ? detail : `too large to be repeated here: ${detail}` },
    );
  }
}

/** The time the record was made, where its producer's clock can be believed: reading it again gives the same. */
function toPlausible(timestampMs: number, nowMs: number): number {
  return timestampMs > 0 && timestampMs <= nowMs + TIMESTAMP_AHEAD_MAX_MS ? timestampMs : nowMs;
}
