import { encodeTest, type TestDeliveryAnswer } from "@hooklane/contracts";
import type { DeliveryId } from "@hooklane/core";
import { toOutgoingRecord } from "@hooklane/kafka";
import type {
  DeliveryLog,
  EndpointQueue,
  EndpointQueueReader,
  EventLog,
  LoggedDelivery,
  WorkspaceRepository,
} from "@hooklane/store";
import { toDeliveryAnswer } from "../deliveries/delivery-answer.js";
import { type Answer, notFound, ok, refusal } from "../http/answer.js";
import { sendInTime, type SendInTimeOptions } from "../http/send-in-time.js";
import { toWaitsBehind } from "../resends/waits-behind.js";
import { awaitEnd } from "./await-end.js";
import type { DirectTest } from "./direct-test.js";
import type { TestLimit } from "./test-limit.js";
import { deliveryIdOf, recordIdOf, type TestOrder } from "./test-order.js";

export interface TestRunnerOptions extends SendInTimeOptions {
  readonly direct: Pick<DirectTest, "send">;
  readonly limit: TestLimit;
  readonly eventLog: Pick<EventLog, "find">;
  readonly deliveryLog: Pick<DeliveryLog, "find">;
  readonly workspaces: Pick<WorkspaceRepository, "find">;
  readonly queues: Pick<EndpointQueueReader, "read">;
  /** `events.v1` with its prefix. */
  readonly eventsTopic: string;
  /** How long a caller waits for the end of a test that stands in line, milliseconds. */
  readonly waitMs: number;
  readonly now: () => Date;
  /** Of the process: nobody waits any longer then. */
  readonly signal: AbortSignal;
}

/** The delivery log is written behind, about so long, milliseconds. */
const LOGGED_WITHIN_MS = 2_000;

/**
 * Carries a test out and answers with what became of it. A repeated call finds what the first one sent by the logs, and
 * waits for the same end; before they have it, it is known by this process alone.
 */
export class TestRunner {
  readonly #options: TestRunnerOptions;
  readonly #underWay = new Map<DeliveryId, Promise<Answer>>();

  constructor(options: TestRunnerOptions) {
    this.#options = options;
  }

  /** @throws the database's error */
  async run(order: TestOrder): Promise<Answer> {
    const id = deliveryIdOf(order);
    let running = this.#underWay.get(id);
    if (running === undefined) {
      running = this.#run(order).finally(() => this.#underWay.delete(id));
      this.#underWay.set(id, running);
    }
    return running;
  }

  async #run(order: TestOrder): Promise<Answer> {
    const { eventLog, deliveryLog, limit } = this.#options;
    const logged = await deliveryLog.find(order.workspaceId, deliveryIdOf(order));
    if (logged?.settledAt) return ok(toDeliveryAnswer(logged));
    if (await eventLog.find(order.workspaceId, recordIdOf(order))) return this.#await(order, undefined);
    const refused = await limit.take(order.webhookId);
    if (refused) return refused;
    return order.isDirect ? this.#sendDirectly(order) : this.#enter(order);
  }

  async #sendDirectly(order: TestOrder): Promise<Answer> {
    const sent = await this.#options.direct.send(order);
    if ("refused" in sent) return sent.refused;
    const logged = await this.#find(order, LOGGED_WITHIN_MS);
    return ok(logged ? toDeliveryAnswer(logged) : sent.delivery);
  }

  /** Puts it in line. Directly and awaited, as a resend: until then nothing is promised. */
  async #enter(order: TestOrder): Promise<Answer> {
    const { workspaces, queues, eventsTopic } = this.#options;
    const { workspaceId, endpointId, eventJson, eventId, type, source, acceptedAt, webhookId } = order;
    const [workspace, ahead] = await Promise.all([
      workspaces.find(workspaceId),
      queues.read(workspaceId, [endpointId]),
    ]);
    if (!workspace) return notFound("webhook");
    const record = encodeTest(
      eventsTopic,
      workspace.eventsPartition,
      { workspaceId, recordId: recordIdOf(order), eventId, type, source, acceptedAt, webhookId },
      Buffer.from(eventJson),
    );
    if (!(await sendInTime(this.#options, [toOutgoingRecord(record)])))
      return refusal(
        "unavailable",
        "The broker is away, and it is not known whether the test will be sent. Repeat the call with its Idempotency-Key.",
        { headers: { "retry-after": "5" } },
      );
    return this.#await(order, ahead.get(endpointId));
  }

  /** @param ahead the line it stands in; one that stands still for longer than a caller waits is not waited for */
  async #await(order: TestOrder, ahead: EndpointQueue | undefined): Promise<Answer> {
    const { waitMs, now } = this.#options;
    const stillMs = (ahead?.nextAttemptAt?.getTime() ?? 0) - now().getTime();
    const logged = await this.#find(order, stillMs > waitMs ? 0 : waitMs);
    return ok(logged ? toDeliveryAnswer(logged) : toPending(order, ahead));
  }

  #find(order: TestOrder, timeoutMs: number): Promise<LoggedDelivery | undefined> {
    const { deliveryLog, signal } = this.#options;
    const id = deliveryIdOf(order);
    const find = async () => (await deliveryLog.find(order.workspaceId, id)) ?? undefined;
    return awaitEnd(find, { timeoutMs, signal });
  }
}

const toPending = (order: TestOrder, ahead: EndpointQueue | undefined): TestDeliveryAnswer => ({
  id: deliveryIdOf(order),
  eventId: order.eventId,
  eventType: order.type,
  webhookId: order.webhookId,
  endpointId: order.endpointId,
  status: "pending",
  acceptedAt: new Date(order.acceptedAt).toISOString(),
  attempts: [],
  ...(ahead && { waitsBehind: toWaitsBehind(ahead, 0) }),
});
