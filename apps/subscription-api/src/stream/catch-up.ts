import type { WorkspaceId } from "@hooklane/core";
import { LiveChangeReader, type Store } from "@hooklane/store";
import type { EventStream } from "./event-stream.js";
import type { Following } from "./live-hub.js";
import { ResumeGate } from "./resume-gate.js";
import type { StreamItem, StreamItems } from "./stream-item.js";
import type { StreamPosition } from "./stream-position.js";

export interface CatchUpOptions {
  readonly store: Store;
  readonly items: StreamItems;
  readonly workspaceId: WorkspaceId;
  readonly following: Following;
  readonly stream: EventStream;
  /** Has the hub tell the stream what follows. */
  readonly join: () => void;
  /** Ends it, beside the end of the stream. */
  readonly limit: AbortSignal;
}

/**
 * Tells a stream what came since a position, at the client's pace and by a reader of its own, until it is where the hub
 * is; there it joins the others. Nothing is left out and nothing told twice in between: where the reader is and where the
 * hub is are compared and the stream joined within one turn, and both read the same order.
 *
 * @throws when what came since is not kept any more (`isPlaceLost`), the database is away, or the limit passed
 */
export async function catchUp(from: StreamPosition, options: CatchUpOptions): Promise<void> {
  const { store, items, workspaceId, following, stream, join, limit } = options;
  const gate = new ResumeGate<StreamItem>(from);
  const reader = await LiveChangeReader.open(store, {
    workspaceIds: [workspaceId],
    from: { time: from.time },
  });
  try {
    for (;;) {
      limit.throwIfAborted();
      const { changes, isAtEnd } = await reader.read();
      const own = (await items.of(changes)).get(workspaceId) ?? [];
      await stream.drained();
      stream.take(gate.pass(own, isAtEnd));
      stream.advance(reader.place.time);
      if (isAtEnd && isBehind(following.place.token, reader.place.token)) {
        join();
        return;
      }
    }
  } finally {
    await reader.close();
  }
}

/** Whether whoever is at `one` has read no more than whoever is at `other`. */
const isBehind = (one: string | undefined, other: string | undefined): boolean =>
  (one ?? "") <= (other ?? "");
