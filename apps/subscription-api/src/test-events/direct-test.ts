import { type AttemptResult, type DeliveryAnswer, encodeResults, encodeTest } from "@hooklane/contracts";
import { type AttemptEnd, nextStepOfTest, redactEnd } from "@hooklane/core";
import { toOutgoingRecord, type TopicNames } from "@hooklane/kafka";
import type { WebhookSender } from "@hooklane/outbound";
import { toBatchId } from "@hooklane/request";
import type { Logger } from "@hooklane/service";
import type {
  EndpointDocument,
  EndpointRepository,
  WebhookDocument,
  WebhookRepository,
  WorkspaceDocument,
  WorkspaceRepository,
} from "@hooklane/store";
import { type Answer, notFound, refusal } from "../http/answer.js";
import { sendInTime, type SendInTimeOptions } from "../http/send-in-time.js";
import { deliveryIdOf, recordIdOf, type TestOrder } from "./test-order.js";

export interface DirectTestOptions extends SendInTimeOptions {
  readonly webhooks: Pick<WebhookRepository, "find">;
  readonly endpoints: Pick<EndpointRepository, "find">;
  readonly workspaces: Pick<WorkspaceRepository, "find">;
  readonly requests: Pick<WebhookSender, "send">;
  readonly topics: Pick<TopicNames, "events" | "attempts">;
  readonly logger: Logger;
}

/** Leases of dispatchers count from 1: whatever else were told of this delivery would come after. */
const NO_LEASE = 0;

const NOT_SENT: AttemptEnd = {
  outcome: { kind: "own_fault", fault: "aborted" },
  startedAt: 0,
  durationMs: 0,
};

/**
 * Sends a test to a webhook that is not sent to: from here, as its line moves for nobody. The request is the one a
 * dispatcher would make, by the same code, with guarded addresses (product.md O6); what came of it goes the way of all
 * results. It is logged after it was sent: a process that dies in between has sent what no log tells of.
 */
export class DirectTest {
  readonly #options: DirectTestOptions;

  constructor(options: DirectTestOptions) {
    this.#options = options;
  }

  /** @returns the delivery; or the answer when there was no attempt */
  async send(
    order: TestOrder,
  ): Promise<{ readonly delivery: DeliveryAnswer } | { readonly refused: Answer }> {
    const { webhooks, endpoints, workspaces } = this.#options;
    const webhook = await webhooks.find(order.webhookId);
    const endpoint = webhook && (await endpoints.find(webhook.endpointId));
    const workspace = await workspaces.find(order.workspaceId);
    if (!webhook || webhook.deletedAt || !endpoint || !workspace) return { refused: notFound("webhook") };
    const { data } = JSON.parse(order.eventJson) as { readonly data?: unknown };
    const end = redactEnd(await this.#attempt(order, webhook, endpoint), [data], workspace.redact);
    const result = toResult(order, webhook, end);
    if (result === undefined) {
      const detail = "A fault on our side kept the test from being sent; try again.";
      return { refused: refusal("unavailable", detail, { headers: { "retry-after": "5" } }) };
    }
    await this.#log(order, workspace, result);
    return { delivery: toAnswer(order, result) };
  }

  #attempt(order: TestOrder, webhook: WebhookDocument, endpoint: EndpointDocument): Promise<AttemptEnd> {
    const request = { ...toSubject(order, webhook), attempt: 1, pool: "live" } as const;
    return new Promise((resolve) => {
      this.#options.requests.send(request, webhook, endpoint, {
        mayStart: () => true,
        onRefused: () => resolve(NOT_SENT),
        onEnd: resolve,
      });
    });
  }

  /** The result first: a delivery without an event is found by its id, an event without a result waited for in vain. */
  async #log(
    order: TestOrder,
    { eventsPartition }: Pick<WorkspaceDocument, "eventsPartition">,
    result: AttemptResult,
  ): Promise<void> {
    const { topics, logger } = this.#options;
    const { workspaceId, webhookId, eventJson, eventId, type, source, acceptedAt } = order;
    const isLogged =
      (await sendInTime(this.#options, [
        toOutgoingRecord(encodeResults(topics.attempts, workspaceId, [result])),
      ])) &&
      (await sendInTime(this.#options, [
        toOutgoingRecord(
          encodeTest(
            topics.events,
            eventsPartition,
            {
              workspaceId,
              recordId: recordIdOf(order),
              eventId,
              type,
              source,
              acceptedAt,
              webhookId,
              isSent: true,
            },
            Buffer.from(eventJson),
          ),
        ),
      ]));
    if (!isLogged) logger.warn({ webhookId, eventId }, "test.not_logged");
  }
}

function toSubject(order: TestOrder, { batching, endpointId }: WebhookDocument) {
  const facts = { deliveryId: deliveryIdOf(order), endpointId };
  return {
    records: [{ facts, body: Buffer.from(order.eventJson) }],
    batched: batching !== undefined,
  };
}

/** @returns undefined after a fault of our own: there was no attempt */
function toResult(
  order: TestOrder,
  webhook: WebhookDocument,
  { outcome, startedAt, durationMs, responseHead }: AttemptEnd,
): AttemptResult | undefined {
  const { eventId, type, acceptedAt, webhookId } = order;
  if (outcome.kind === "own_fault") return undefined;
  const next = nextStepOfTest(outcome, 1);
  const { records, batched } = toSubject(order, webhook);
  const batchId = toBatchId(records, batched);
  return {
    kind: "attempt",
    webhookId,
    generation: webhook.generation,
    endpointId: webhook.endpointId,
    deliveries: [{ id: deliveryIdOf(order), eventId, type, acceptedAt }],
    ...(batchId !== undefined && { batchId }),
    number: 1,
    trigger: "test",
    epoch: NO_LEASE,
    startedAt,
    durationMs: Math.round(durationMs * 10) / 10,
    ...(outcome.statusCode !== undefined && { statusCode: outcome.statusCode }),
    ...(outcome.kind === "failed" && { error: outcome.error }),
    ...(outcome.kind === "failed" && outcome.detail !== undefined && { errorDetail: outcome.detail }),
    ...(responseHead !== undefined && responseHead !== "" && { responseHead }),
    next: next.kind === "dead_letter" ? next : { kind: "delivered" },
  };
}

/** As the delivery log will have it. */
function toAnswer(order: TestOrder, result: AttemptResult): DeliveryAnswer {
  const { statusCode, error, errorDetail, responseHead, next, startedAt, durationMs, batchId } = result;
  return {
    id: deliveryIdOf(order),
    eventId: order.eventId,
    eventType: order.type,
    webhookId: result.webhookId,
    endpointId: result.endpointId,
    ...(batchId !== undefined && { batchId }),
    status: next.kind,
    ...(next.kind === "dead_letter" && { reason: next.reason }),
    acceptedAt: new Date(order.acceptedAt).toISOString(),
    settledAt: new Date(startedAt + durationMs).toISOString(),
    attempts: [
      {
        number: 1,
        trigger: "test",
        startedAt: new Date(startedAt).toISOString(),
        durationMs,
        ...(statusCode !== undefined && { statusCode }),
        ...(error !== undefined && { error }),
        ...(errorDetail !== undefined && { errorDetail }),
        ...(responseHead !== undefined && { responseHead }),
      },
    ],
  };
}
