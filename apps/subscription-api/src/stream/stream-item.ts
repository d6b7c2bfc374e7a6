import type { StreamEvent } from "@hooklane/contracts";
import { DEFAULT_ERROR_RULE, type DeliveryId, type WorkspaceId } from "@hooklane/core";
import type { EventReader, LiveChange, LiveWebhook } from "@hooklane/store";
import { toDeliveryAnswer, toPendingAnswer } from "../deliveries/delivery-answer.js";
import { encodeEvent } from "./server-sent-event.js";
import { formatPosition, type StreamPosition } from "./stream-position.js";

type TellingEvent = Extract<StreamEvent, { event: "delivery" | "webhook" | "quota" }>;

/** An event of a workspace's stream, made once for all who listen. */
export class StreamItem {
  readonly event: TellingEvent;
  readonly position: StreamPosition;
  /** Compares in the order of the database's changes. */
  readonly token: string;
  #frame: Buffer | undefined;

  constructor(change: LiveChange, key: string, event: TellingEvent["event"], data: TellingEvent["data"]) {
    this.position = { time: change.time, key };
    this.token = change.token;
    this.event = { event, id: formatPosition(this.position), data } as TellingEvent;
  }

  /** As it is sent. */
  get frame(): Buffer {
    return (this.#frame ??= Buffer.from(encodeEvent(this.event)));
  }
}

/** Makes the events of changes, with what lists show of deliveries. */
export class StreamItems {
  readonly #events: Pick<EventReader, "findResendsOf">;

  constructor(events: Pick<EventReader, "findResendsOf">) {
    this.#events = events;
  }

  /** In the order of the changes. @throws the database's error, as the origin of resends is looked up */
  async of(changes: readonly LiveChange[]): Promise<ReadonlyMap<WorkspaceId, readonly StreamItem[]>> {
    const made = [...groupByWorkspace(changes)].map(async ([workspaceId, own]) => {
      const ids = own.flatMap((change) => (change.kind === "delivery" ? [change.delivery.id] : []));
      const resends = await this.#events.findResendsOf(workspaceId, ids);
      return [workspaceId, own.flatMap((change) => toItems(change, resends))] as const;
    });
    return new Map(await Promise.all(made));
  }
}

function groupByWorkspace(changes: readonly LiveChange[]): ReadonlyMap<WorkspaceId, readonly LiveChange[]> {
  const groups = new Map<WorkspaceId, LiveChange[]>();
  for (const change of changes) {
    const group = groups.get(change.workspaceId);
    if (group) group.push(change);
    else groups.set(change.workspaceId, [change]);
  }
  return groups;
}

function toItems(change: LiveChange, resends: ReadonlyMap<DeliveryId, DeliveryId>): readonly StreamItem[] {
  switch (change.kind) {
    case "delivery": {
      const { delivery } = change;
      const answer = toDeliveryAnswer(delivery, resends.get(delivery.id));
      return [new StreamItem(change, delivery.id, "delivery", answer)];
    }
    case "decided": {
      const { event } = change;
      return event.decision.matched.map(
        (decided) => new StreamItem(change, decided.deliveryId, "delivery", toPendingAnswer(event, decided)),
      );
    }
    case "webhook":
      return [new StreamItem(change, change.webhook._id, "webhook", toStreamedWebhook(change.webhook))];
    case "errors": {
      const { errorsMax, windowMs } = DEFAULT_ERROR_RULE;
      const quota = { used: change.errors.length, limit: errorsMax, windowMinutes: windowMs / 60_000 };
      return [new StreamItem(change, "quota", "quota", quota)];
    }
  }
}

const toStreamedWebhook = ({ _id, status, disabled, generation, version, deletedAt }: LiveWebhook) => ({
  id: _id,
  status,
  ...(disabled && { statusReason: disabled.reason }),
  generation,
  version,
  ...(deletedAt && { deletedAt: deletedAt.toISOString() }),
});
