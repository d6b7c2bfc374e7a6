import { createHmac } from "node:crypto";
import { Kafka, logLevel, type Message, type Producer } from "kafkajs";
import { Pool } from "undici";
import { answerParent } from "./worker.js";

/**
 * The least a dispatcher in Node can do: read deliveries from Kafka, sign, send in order per endpoint with one request
 * in flight, report results to Kafka in batches. No configuration, retries, rule, checkpoints or metrics. It is what
 * the real dispatcher is measured against.
 */
export interface BarestLoopRequest {
  readonly brokers: readonly string[];
  readonly deliveriesTopic: string;
  readonly attemptsTopic: string;
  /** Origin by endpoint number. */
  readonly origins: readonly string[];
  /** Deliveries on the topic. */
  readonly count: number;
  /** The first so many are not measured: Node compiles while it runs. */
  readonly warmUp: number;
}

export interface BarestLoopAnswer {
  /** CPU of this process for one delivery after the warm-up, until the last result is on Kafka, microseconds. */
  readonly cpuUs: number;
}

interface Delivery {
  readonly endpoint: number;
  readonly offset: string;
  readonly body: Buffer;
}

/** Records in memory at most, so that it does not win by reading everything first. */
const QUEUED_MAX = 2_000;
const SECRET = Buffer.from("barest-loop-secret-of-24b");

class BarestLoop {
  readonly #order: BarestLoopRequest;
  readonly #producer: Producer;
  readonly #pools: readonly Pool[];
  readonly #lanes: { readonly queue: Delivery[]; busy: boolean }[];
  #results: Message[] = [];
  #sending = false;
  #queued = 0;
  #delivered = 0;
  #reported = 0;
  #drained: (() => void) | undefined;
  #finish: (() => void) | undefined;
  #startCpu = process.cpuUsage();

  constructor(order: BarestLoopRequest, producer: Producer) {
    this.#order = order;
    this.#producer = producer;
    this.#pools = order.origins.map((origin) => new Pool(origin, { connections: 1, pipelining: 1 }));
    this.#lanes = order.origins.map(() => ({ queue: [], busy: false }));
  }

  /** Takes one record in; resolves when there is room for more. */
  async take(delivery: Delivery): Promise<void> {
    const lane = this.#lanes[delivery.endpoint];
    if (lane === undefined) throw new Error(`No endpoint ${delivery.endpoint}`);
    lane.queue.push(delivery);
    this.#queued++;
    if (!lane.busy) void this.#run(lane);
    if (this.#queued >= QUEUED_MAX) await new Promise<void>((resolve) => (this.#drained = resolve));
  }

  finished(): Promise<BarestLoopAnswer> {
    return new Promise((resolve) => {
      this.#finish = () => {
        const { user, system } = process.cpuUsage(this.#startCpu);
        resolve({ cpuUs: (user + system) / (this.#order.count - this.#order.warmUp) });
      };
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.close()));
  }

  async #run(lane: { readonly queue: Delivery[]; busy: boolean }): Promise<void> {
    lane.busy = true;
    for (let delivery = lane.queue.shift(); delivery !== undefined; delivery = lane.queue.shift()) {
      await this.#send(delivery);
      this.#queued--;
      this.#delivered++;
      if (this.#delivered === this.#order.warmUp) this.#startCpu = process.cpuUsage();
      if (this.#drained !== undefined && this.#queued < QUEUED_MAX / 2) {
        this.#drained();
        this.#drained = undefined;
      }
    }
    lane.busy = false;
  }

  async #send({ endpoint, offset, body }: Delivery): Promise<void> {
    const id = `msg_${endpoint}_${offset}`;
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const signature = createHmac("sha256", SECRET)
      .update(`${id}.${timestamp}.`)
      .update(body)
      .digest("base64");
    const startedAt = Date.now();
    const answer = await this.#pools[endpoint]?.request({
      method: "POST",
      path: `/e/${endpoint}`,
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": `v1,${signature}`,
        "webhook-attempt": "1",
      },
      body,
    });
    await answer?.body.dump();
    const result = {
      id,
      endpoint,
      number: 1,
      startedAt,
      durationMs: Date.now() - startedAt,
      status: answer?.statusCode,
    };
    this.#results.push({ key: String(endpoint), value: JSON.stringify(result) });
    if (!this.#sending) void this.#report();
  }

  /** One outstanding send; what comes meanwhile is the next batch. */
  async #report(): Promise<void> {
    this.#sending = true;
    while (this.#results.length > 0) {
      const messages = this.#results;
      this.#results = [];
      await this.#producer.send({ topic: this.#order.attemptsTopic, messages, acks: -1 });
      this.#reported += messages.length;
    }
    this.#sending = false;
    if (this.#reported >= this.#order.count) this.#finish?.();
  }
}

async function run(order: BarestLoopRequest): Promise<BarestLoopAnswer> {
  process.env.KAFKAJS_NO_PARTITIONER_WARNING = "1";
  const kafka = new Kafka({
    brokers: [...order.brokers],
    clientId: "barest-loop",
    logLevel: logLevel.NOTHING,
  });
  const producer = kafka.producer({ idempotent: true });
  await producer.connect();
  const loop = new BarestLoop(order, producer);
  const groupId = `${order.deliveriesTopic}.barest`;
  const consumer = kafka.consumer({ groupId, maxBytesPerPartition: 512 * 1024, maxWaitTimeInMs: 500 });
  await consumer.connect();
  await consumer.subscribe({ topic: order.deliveriesTopic, fromBeginning: true });
  const finished = loop.finished();
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      for (const { key, value, offset } of batch.messages) {
        await loop.take({ endpoint: Number(key?.toString()), offset, body: Buffer.from(value ?? "") });
      }
    },
  });
  const answer = await finished;
  await consumer.disconnect();
  await producer.disconnect();
  await loop.close();
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteGroups([groupId]).catch(() => undefined);
  await admin.disconnect();
  return answer;
}

answerParent(run, () => undefined);
