import type { DeliveryId, WebhookId } from "@hooklane/core";
import {
  type DeliveryLog,
  type DeliverySelection,
  type DeliveryWalk,
  type EventReader,
  type LocatedDelivery,
  type LoggedDelivery,
  type ResendJob,
  type ResendTally,
  toSelection,
  type WalkedDelivery,
} from "@hooklane/store";

/** A delivery to send once more, and the record that has its bytes. */
export interface ResendTarget {
  readonly deliveryId: DeliveryId;
  readonly webhookId: WebhookId;
  readonly event: LocatedDelivery["event"];
}

/** A part of a job: what of it to resend, in order, and what was left out. */
export interface ResendStep {
  readonly targets: readonly ResendTarget[];
  readonly tally: ResendTally;
  /** Everything accepted up to then is in this step or was before; undefined: the job is at its end. */
  readonly upTo: Date | undefined;
}

export interface ResendStepDeps {
  readonly walk: Pick<DeliveryWalk, "next">;
  readonly eventReader: Pick<EventReader, "locate">;
  readonly deliveryLog: Pick<DeliveryLog, "findMany">;
}

/**
 * The deliveries a job has next: by when their events were accepted, and within a millisecond as they stood in line, so
 * that they are sent in the order they had.
 *
 * @param limit of deliveries, about: those of one millisecond are not parted
 */
export async function readStep(
  deps: ResendStepDeps,
  job: ResendJob,
  after: Date | undefined,
  limit: number,
): Promise<ResendStep> {
  const selection = toSelection(job);
  const { deliveries, upTo } = await deps.walk.next(job.workspaceId, selection, { after, limit });
  const located = await deps.eventReader.locate(job.workspaceId, deliveries);
  const repeated = await findRepeated(deps, job, selection, [...located]);
  const found = deliveries.flatMap((delivery) => {
    const place = located.get(delivery._id);
    return place ? [{ delivery, place }] : [];
  });
  const unlike = found.filter(({ delivery }) => !repeated.has(delivery._id));
  const targets = unlike
    .filter(({ place }) => !place.isTest)
    .sort(byLine)
    .map(({ delivery, place }) => ({
      deliveryId: delivery._id,
      webhookId: delivery.webhookId,
      event: place.event,
    }));
  const skipped = {
    webhook_not_active: 0,
    event_expired: deliveries.length - found.length,
    repeated: found.length - unlike.length,
    test: unlike.length - targets.length,
  };
  return { targets, tally: { resent: 0, skipped }, upTo };
}

interface Found {
  readonly delivery: WalkedDelivery;
  readonly place: LocatedDelivery;
}

function byLine({ delivery: one, place: a }: Found, { delivery: other, place: b }: Found): number {
  return (
    one.acceptedAt.getTime() - other.acceptedAt.getTime() ||
    a.event.position.epoch - b.event.position.epoch ||
    a.event.position.offset - b.event.position.offset ||
    a.ordinal - b.ordinal
  );
}

/** Resends of what the filter has as well: that one is sent, and the event goes once. */
async function findRepeated(
  { deliveryLog }: ResendStepDeps,
  { workspaceId }: ResendJob,
  selection: DeliverySelection,
  located: readonly (readonly [DeliveryId, LocatedDelivery])[],
): Promise<ReadonlySet<DeliveryId>> {
  const origins = located.flatMap(([, { resendOf }]) => resendOf ?? []);
  const logged = await deliveryLog.findMany(workspaceId, [...new Set(origins)]);
  const repeated = located.flatMap(([id, { resendOf }]) => {
    const origin = resendOf && logged.get(resendOf);
    return origin && isSelected(selection, origin) ? [id] : [];
  });
  return new Set(repeated);
}

function isSelected(
  { webhookId, statuses, eventType, from, to }: DeliverySelection,
  delivery: LoggedDelivery,
): boolean {
  return (
    (webhookId === undefined || delivery.webhookId === webhookId) &&
    (statuses as readonly string[]).includes(delivery.status) &&
    (eventType === undefined || delivery.eventType === eventType) &&
    (from === undefined || delivery.acceptedAt >= from) &&
    (to === undefined || delivery.acceptedAt < to)
  );
}
