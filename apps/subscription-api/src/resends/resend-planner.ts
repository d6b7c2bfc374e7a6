import type { ResendAcceptedAnswer } from "@hooklane/contracts";
import {
  type DeliveryId,
  type EventId,
  toResendRecordId,
  type WebhookId,
  type WebhookStatus,
  type WorkspaceId,
} from "@hooklane/core";
import {
  type DeliveryLog,
  type EndpointQueueReader,
  type EventLog,
  type EventReader,
  isSendable,
  type LoggedEvent,
  type RequestedResend,
  type ResendOrder,
  toDeliveryId,
  toResendOrder,
  type WebhookDocument,
  type WebhookRepository,
} from "@hooklane/store";
import { toWaitsBehind } from "./waits-behind.js";

export interface ResendPlannerOptions {
  readonly eventLog: Pick<EventLog, "findEvent">;
  readonly eventReader: Pick<EventReader, "findByDelivery" | "readResend">;
  readonly deliveryLog: Pick<DeliveryLog, "find">;
  readonly webhooks: Pick<WebhookRepository, "find">;
  readonly queues: Pick<EndpointQueueReader, "read">;
  /** An id nobody had before: two resends of one delivery are two deliveries. */
  readonly newJob: () => string;
  readonly now: () => Date;
}

export type ResendPlan =
  | {
      readonly kind: "planned";
      readonly answer: ResendAcceptedAnswer;
      readonly orders: readonly ResendOrder[];
      /** The deliveries they come to. */
      readonly resends: readonly RequestedResend[];
    }
  | { readonly kind: "not_found" }
  | { readonly kind: "expired" }
  /** A test event is sent by its own call only. */
  | { readonly kind: "is_test" }
  /** It waits for its `deliverAt`. */
  | { readonly kind: "scheduled"; readonly until: Date }
  /** There is no delivery of the event to resend. */
  | { readonly kind: "not_matched" }
  /** None of the webhooks is sent to. */
  | { readonly kind: "not_active"; readonly statuses: readonly (WebhookStatus | "deleted")[] };

/** One delivery to send once more. */
interface Target {
  readonly deliveryId: DeliveryId;
  readonly webhookId: WebhookId;
}

/** Works out what a resend comes to: which records, and where they will stand. Writes nothing. */
export class ResendPlanner {
  readonly #options: ResendPlannerOptions;

  constructor(options: ResendPlannerOptions) {
    this.#options = options;
  }

  async ofDelivery(workspaceId: WorkspaceId, deliveryId: DeliveryId): Promise<ResendPlan> {
    const { deliveryLog, eventReader, eventLog } = this.#options;
    const logged = await deliveryLog.find(workspaceId, deliveryId);
    const found = logged ?? (await eventReader.findByDelivery(workspaceId, deliveryId));
    if (!found) return { kind: "not_found" };
    // A resend has the bytes, too, and longer than what it resent.
    const event =
      (await eventLog.findEvent(workspaceId, found.eventId)) ??
      (await eventReader.readResend(workspaceId, deliveryId));
    if (!event) return { kind: "expired" };
    if (event.isTest) return { kind: "is_test" };
    const webhookId = "webhookId" in found ? found.webhookId : webhookOf(found, deliveryId);
    return webhookId === undefined ? { kind: "not_found" } : this.#plan(event, [{ deliveryId, webhookId }]);
  }

  /** @param webhookId to this one alone; default: to every one the event matched */
  async ofEvent(workspaceId: WorkspaceId, eventId: EventId, webhookId?: WebhookId): Promise<ResendPlan> {
    const event = await this.#options.eventLog.findEvent(workspaceId, eventId);
    if (!event) return { kind: "not_found" };
    if (event.isTest) return { kind: "is_test" };
    if (event.status === "scheduled" && event.deliverAt) return { kind: "scheduled", until: event.deliverAt };
    const targets = event.decision.matched.filter(
      (delivery) => webhookId === undefined || delivery.webhookId === webhookId,
    );
    return targets.length === 0 ? { kind: "not_matched" } : this.#plan(event, targets);
  }

  async #plan(event: LoggedEvent, targets: readonly Target[]): Promise<ResendPlan> {
    const { webhooks, queues, newJob, now } = this.#options;
    const { workspaceId } = event;
    const found = await Promise.all(
      targets.map(async (target) => ({ ...target, webhook: await webhooks.find(target.webhookId) })),
    );
    const sendable = found.flatMap(({ deliveryId, webhook }) =>
      webhook && statusOf(webhook) !== "deleted" && isSendable(webhook.status)
        ? [{ deliveryId, webhook }]
        : [],
    );
    const skipped = found.flatMap(({ deliveryId, webhookId, webhook }) => {
      const status = statusOf(webhook);
      return status !== "deleted" && isSendable(status) ? [] : [{ deliveryId, webhookId, status }];
    });
    if (sendable.length === 0) return { kind: "not_active", statuses: skipped.map(({ status }) => status) };
    const endpointIds = sendable.map(({ webhook }) => webhook.endpointId);
    const ahead = await queues.read(workspaceId, endpointIds);
    const job = newJob();
    const acceptedAt = now().getTime();
    const orders = sendable.map(({ deliveryId, webhook }) =>
      toResendOrder(event, { deliveryId, webhookId: webhook._id }, { job, acceptedAt }),
    );
    const resends = sendable.map(({ deliveryId, webhook: { _id: webhookId, endpointId } }, index) => ({
      deliveryId: toDeliveryId(
        { workspaceId, recordId: toResendRecordId(job, deliveryId), acceptedAt },
        webhookId,
      ),
      resendOf: deliveryId,
      eventId: event.eventId,
      webhookId,
      endpointId,
      // The resends of this very call that go first stand in front of it.
      waitsBehind: toWaitsBehind(
        ahead.get(endpointId),
        endpointIds.slice(0, index).filter((id) => id === endpointId).length,
      ),
    }));
    const requested = resends.map(({ deliveryId, resendOf, webhookId }) => ({
      deliveryId,
      resendOf,
      webhookId,
    }));
    return {
      kind: "planned",
      orders,
      resends: requested,
      answer: { count: resends.length, resends, skipped },
    };
  }
}

function webhookOf(
  { decision }: Pick<LoggedEvent, "decision">,
  deliveryId: DeliveryId,
): WebhookId | undefined {
  return decision.matched.find((delivery) => delivery.deliveryId === deliveryId)?.webhookId;
}

const statusOf = (webhook: WebhookDocument | undefined): WebhookStatus | "deleted" =>
  !webhook || webhook.deletedAt ? "deleted" : webhook.status;
