import type { ContactId, RecordId, WorkspaceId } from "@hooklane/core";
import { type Producer, toOutgoingRecord } from "@hooklane/kafka";
import { type ContactEvents, type EventLog, toContactEventRecord } from "@hooklane/store";

export interface ImportLineOptions {
  readonly contactEvents: Pick<ContactEvents, "listPending" | "markDone">;
  readonly eventLog: Pick<EventLog, "find">;
  readonly producer: Pick<Producer, "sendAll">;
  /** `events.v1` with its prefix. */
  readonly eventsTopic: string;
  readonly now: () => Date;
}

/** Parts put in line whose last event the router has not come to: more are not put in line before it has. */
const PARTS_AHEAD_MAX = 2;

/** What the router has not come to so long after it was acknowledged may be lost with the log: it is not waited for, milliseconds. */
const LOST_AFTER_MS = 60_000;

interface Part {
  readonly last: RecordId;
  readonly at: number;
}

/** The events of one import in line: all of a part before the next, and never many more than the router has come to. */
export class ImportLine {
  readonly #options: ImportLineOptions;
  readonly #workspaceId: WorkspaceId;
  /** Oldest first. */
  #parts: readonly Part[] = [];

  constructor(options: ImportLineOptions, workspaceId: WorkspaceId) {
    this.#options = options;
    this.#workspaceId = workspaceId;
  }

  /** Puts in line what tells of these contacts' changes. While Kafka is away it waits for it, without limit. */
  async put(contactIds: readonly ContactId[]): Promise<void> {
    const { contactEvents, producer, eventsTopic, now } = this.#options;
    const pending = await contactEvents.listPending(contactIds);
    const last = pending.at(-1);
    if (!last) return;
    await producer.sendAll(
      pending.map((event) => toOutgoingRecord(toContactEventRecord(eventsTopic, event))),
    );
    // What a crash before this leaves is put in line once more, and the router drops it.
    await contactEvents.markDone(pending.map(({ _id }) => _id));
    this.#parts = [...this.#parts, { last: last._id, at: now().getTime() }];
  }

  /** Whether the router has to come further before more is put in line. */
  async isFull(): Promise<boolean> {
    const { eventLog, now } = this.#options;
    for (
      let [oldest] = this.#parts;
      oldest && this.#parts.length >= PARTS_AHEAD_MAX;
      [oldest] = this.#parts
    ) {
      const isLost = now().getTime() - oldest.at > LOST_AFTER_MS;
      if (!isLost && !(await eventLog.find(this.#workspaceId, oldest.last))) return true;
      this.#parts = this.#parts.slice(1);
    }
    return false;
  }
}
