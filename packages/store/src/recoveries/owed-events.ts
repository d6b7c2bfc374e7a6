import {
  asRecordId,
  type DeliveryId,
  type DeliveryStatus,
  type EventId,
  type LinePlace,
  type RecoveryTask,
  standingOf,
  type WorkspaceId,
} from "@hooklane/core";
import type { mongo } from "mongoose";
import { DELIVERIES, type DeliveryDocument } from "../delivery-log/delivery-document.js";
import { toDeliveryId } from "../event-log/delivery-id.js";
import { EVENTS } from "../event-log/event-log.js";
import { type EventDocument, isFirstRecord } from "../event-log/logged-event.js";
import { PartitionRepository } from "../partitions/partition-repository.js";
import type { Store } from "../store.js";
import type { CollectCursor, OwedRecord } from "./recovery.js";

type Task = RecoveryTask & { readonly workspaceId: WorkspaceId };

/** A part of the look at what was decided for a webhook before its recovery. */
export interface CollectedPart {
  /** Deliveries in it that have no end yet: it is to be looked at again. */
  readonly open: number;
  /** Behind it the next part begins; undefined: that was all. */
  readonly upTo: CollectCursor | undefined;
}

/** What of an event is owed to whom is kept in its entry of the event log, so that an index has it in order. */
export class OwedEvents {
  readonly #store: Store;
  readonly #partitions: PartitionRepository;

  constructor(store: Store) {
    this.#store = store;
    this.#partitions = new PartitionRepository(store);
  }

  /**
   * Looks at deliveries of older generations and notes those that were skipped as owed. Idempotent.
   *
   * @param range `knownSince`: what was accepted before it has left the delivery log, so its end is not known any more;
   *   `now`: what a log had when it was lost is given up on {@link LOST_AFTER_MS} later
   * @param limit deliveries looked at
   */
  async collect(
    task: Task,
    range: {
      readonly knownSince: Date;
      readonly after: CollectCursor | undefined;
      readonly now: Date;
    },
    limit: number,
  ): Promise<CollectedPart> {
    const decided = await this.#listDecided(task, range, limit);
    const [statuses, losses] = await Promise.all([
      this.#readStatuses(decided.flatMap(({ deliveryIds }) => deliveryIds)),
      this.#partitions.listLogLosses([...new Set(decided.map(({ partition }) => partition))]),
    ]);
    const owed: typeof decided = [];
    let open = 0;
    for (const delivery of decided) {
      const [deliveryId] = delivery.deliveryIds;
      const status = deliveryId && statuses.get(deliveryId);
      const isOpen = standingOf(task, { ...delivery, status }) === "open";
      // It may have been lost with the log, and then it never gets an end; sent it is in no case any more.
      const isLost = isOpen && isBefore(delivery.acceptedAt, losses.get(delivery.partition), range.now);
      const standing = standingOf(task, { ...delivery, status: isLost ? "skipped" : status });
      if (standing === "owed") owed.push(delivery);
      if (standing === "open") open++;
    }
    await this.#note(task, owed);
    const last = decided.length < limit ? undefined : decided.at(-1);
    return { open, upTo: last && { acceptedAt: last.acceptedAt, id: last.id } };
  }

  /** What is owed to the webhook within a part of the line, in its order; some of it was delivered since. */
  async list(
    task: Task,
    range: { readonly after: LinePlace | undefined; readonly before: LinePlace },
    limit: number,
  ): Promise<readonly OwedRecord[]> {
    const { workspaceId, webhookId } = task;
    const documents: OwedDocument[] = [];
    for (let epoch = range.after?.epoch ?? 0; epoch <= range.before.epoch; epoch++) {
      const offset = {
        ...(range.after?.epoch === epoch && { $gt: range.after.offset }),
        ...(range.before.epoch === epoch && { $lt: range.before.offset }),
      };
      const found = this.#events()
        .find(
          {
            workspaceId,
            "owed.webhookId": webhookId,
            "position.epoch": epoch,
            ...(Object.keys(offset).length > 0 && { "position.offset": offset }),
          },
          { hint: OWED_INDEX, readConcern: { level: "majority" }, readPreference: "primary" },
        )
        .sort({ "position.offset": 1 })
        .limit(limit - documents.length)
        .project<OwedDocument>(OWED_FIELDS);
      documents.push(...(await found.toArray()));
      if (documents.length === limit) break;
    }
    return this.#toOwedRecords(task, documents);
  }

  /** How much is owed behind a place since the last plain activation, delivered since or not; at most `limit`. */
  async count(
    { workspaceId, webhookId, owedSince }: Task,
    after: LinePlace | undefined,
    limit: number,
  ): Promise<number> {
    return this.#events().countDocuments(
      {
        workspaceId,
        "owed.webhookId": webhookId,
        owed: { $elemMatch: { webhookId, generation: { $gte: owedSince } } },
        ...(after && {
          $or: [
            { "position.epoch": { $gt: after.epoch } },
            { "position.epoch": after.epoch, "position.offset": { $gt: after.offset } },
          ],
        }),
      },
      { limit, hint: OWED_INDEX },
    );
  }

  async #listDecided(
    { workspaceId, webhookId, generation, owedSince }: Task,
    { knownSince, after }: Parameters<OwedEvents["collect"]>[1],
    limit: number,
  ) {
    const found = this.#events()
      .find(
        {
          workspaceId,
          "decision.matched.webhookId": webhookId,
          "decision.matched": {
            $elemMatch: { webhookId, generation: { $gte: owedSince, $lt: generation } },
          },
          acceptedAt: { $gte: after?.acceptedAt ?? knownSince },
          ...(after && {
            $or: [
              { acceptedAt: { $gt: after.acceptedAt } },
              { acceptedAt: after.acceptedAt, _id: { $gt: after.id } },
            ],
          }),
        },
        { hint: "newest_of_webhook", readConcern: { level: "majority" }, readPreference: "primary" },
      )
      .sort({ acceptedAt: 1, _id: 1 })
      .limit(limit)
      .project<DecidedDocument>(DECIDED_FIELDS);
    const documents = await found.toArray();
    return documents.flatMap((document) => {
      const matches = document.decision.matched.filter((match) => match.webhookId === webhookId);
      return matches.map((match) => ({
        id: document._id,
        acceptedAt: document.acceptedAt,
        generation: match.generation,
        partition: match.partition,
        deliveryIds: [match.deliveryId],
        isFirst: isFirstRecord(document),
      }));
    });
  }

  async #note(
    { webhookId }: Task,
    owed: readonly { readonly id: string; readonly generation: number }[],
  ): Promise<void> {
    if (owed.length === 0) return;
    await this.#events().bulkWrite(
      owed.map(({ id, generation }): mongo.AnyBulkWriteOperation<EventDocument> => ({
        updateOne: { filter: { _id: id }, update: { $addToSet: { owed: { webhookId, generation } } } },
      })),
      { ordered: false },
    );
  }

  async #toOwedRecords(
    { workspaceId, webhookId, generation }: Task,
    documents: readonly OwedDocument[],
  ): Promise<readonly OwedRecord[]> {
    const resends = await this.#listResends({ workspaceId, webhookId }, documents);
    const records = documents.flatMap((document) => {
      const owed = document.owed.find((entry) => entry.webhookId === webhookId);
      if (!owed) return [];
      const { _id, eventId, type, source, contactId, position, acceptedAt, decision } = document;
      const recordId = asRecordId(_id.slice(workspaceId.length + 1));
      const deliveryId = toDeliveryId({ workspaceId, recordId, acceptedAt: acceptedAt.getTime() }, webhookId);
      const { epoch, offset } = position;
      const isFirst = !decision.matched.some((match) => match.webhookId === webhookId);
      const about = contactId === undefined ? {} : { contactId };
      const record = { recordId, eventId, type, source, ...about, deliveryId, isFirst };
      return [{ ...record, place: { epoch, offset }, generation: owed.generation }];
    });
    const resendsOf = ({ eventId }: Pick<OwedRecord, "eventId">) => resends.get(eventId) ?? [];
    const statuses = await this.#readStatuses(
      records.flatMap((record) => [record.deliveryId, ...resendsOf(record).map(({ id }) => id)]),
    );
    // Nothing of an older generation is open any more: one without a status had its end, and left the delivery log,
    // which may keep less than the event log does.
    const statusOf = (resend: Resend): DeliveryStatus | undefined =>
      statuses.get(resend.id) ?? (resend.generation < generation ? "delivered" : undefined);
    return records.map((record) => ({
      ...record,
      statuses: [
        statuses.get(record.deliveryId) ?? [],
        resendsOf(record).flatMap((resend) => statusOf(resend) ?? []),
      ].flat(),
    }));
  }

  /** The deliveries by which events were sent to the webhook once more. */
  async #listResends(
    { workspaceId, webhookId }: Pick<Task, "workspaceId" | "webhookId">,
    documents: readonly Pick<OwedDocument, "eventId">[],
  ): Promise<ReadonlyMap<EventId, readonly Resend[]>> {
    const resends = new Map<EventId, Resend[]>();
    if (documents.length === 0) return resends;
    const found = this.#events()
      .find(
        {
          workspaceId,
          eventId: { $in: [...new Set(documents.map(({ eventId }) => eventId))] },
          resendOf: { $exists: true },
        },
        { hint: "resends_of_event" },
      )
      .project<Pick<EventDocument, "eventId" | "decision">>({ eventId: 1, "decision.matched": 1 });
    for await (const { eventId, decision } of found) {
      const own = decision.matched.filter((match) => match.webhookId === webhookId);
      const known = resends.get(eventId) ?? [];
      resends.set(eventId, [
        ...known,
        ...own.map(({ deliveryId, generation }) => ({ id: deliveryId, generation })),
      ]);
    }
    return resends;
  }

  async #readStatuses(ids: readonly DeliveryId[]): Promise<ReadonlyMap<DeliveryId, DeliveryStatus>> {
    if (ids.length === 0) return new Map();
    const found = await this.#store.db
      .collection<DeliveryDocument>(DELIVERIES)
      .find({ _id: { $in: [...ids] } }, { readConcern: { level: "majority" }, readPreference: "primary" })
      .project<Pick<DeliveryDocument, "_id" | "status">>({ status: 1 })
      .toArray();
    return new Map(found.map(({ _id, status }) => [_id, status]));
  }

  #events() {
    return this.#store.db.collection<EventDocument>(EVENTS);
  }
}

/** So long after a log was lost, whatever was on its way then has its end in the delivery log, milliseconds. */
const LOST_AFTER_MS = 20_000;

const isBefore = (acceptedAt: Date, lostAt: Date | undefined, now: Date): boolean =>
  lostAt !== undefined && acceptedAt < lostAt && now.getTime() - lostAt.getTime() > LOST_AFTER_MS;

/** A delivery by which an event was sent to the webhook once more. */
interface Resend {
  readonly id: DeliveryId;
  readonly generation: number;
}

/** Name of the index of the event log that has what is owed to a webhook in order. */
const OWED_INDEX = "owed_to_webhook";

const OWED_FIELDS = {
  eventId: 1,
  type: 1,
  source: 1,
  contactId: 1,
  position: 1,
  acceptedAt: 1,
  owed: 1,
  "decision.matched.webhookId": 1,
} as const;
type OwedDocument = Pick<
  EventDocument,
  "_id" | "eventId" | "type" | "source" | "contactId" | "position" | "acceptedAt" | "decision"
> &
  Required<Pick<EventDocument, "owed">>;

const DECIDED_FIELDS = { acceptedAt: 1, resendOf: 1, isTest: 1, "decision.matched": 1 } as const;
type DecidedDocument = Pick<EventDocument, "_id" | "acceptedAt" | "resendOf" | "isTest" | "decision">;
