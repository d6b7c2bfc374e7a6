import { describe, expect, test } from "@jest/globals";
import type { Message } from "kafkajs";
import { createKafka } from "../connection.js";
import { KafkaError } from "../errors.js";
import { silent } from "../testing/test-kafka.js";
import { PARTITION_SHARE_BYTES_MAX, SEND_BYTES_MAX } from "./pending-queue.js";
import type { ProducerClient, ShareReceipt } from "./producer-client.js";
import { Producer, type ProducerOptions } from "./producer.js";

type TopicMessages = readonly { topic: string; messages: Message[] }[];

/** Stands in for a broker: keeps logs by partition, and fails as told. */
class FakeBroker {
  readonly logs = new Map<string, string[]>();
  readonly sends: { client: number; values: string[]; bytes: number; shares: number[] }[] = [];
  outstanding = 0;
  outstandingMax = 0;
  clients = 0;
  /** Called before each send; throws or hangs in its place. */
  before: (values: string[], send: number) => Promise<void> | void = () => undefined;
  withhold: (send: number) => boolean = () => false;

  readonly createClient = (): ProducerClient => {
    const client = ++this.clients;
    return {
      connect: () => Promise.resolve(),
      disconnect: () => Promise.resolve(),
      sendBatch: async (topicMessages) => {
        this.outstandingMax = Math.max(this.outstandingMax, ++this.outstanding);
        try {
          return await this.#send(client, topicMessages);
        } finally {
          this.outstanding--;
        }
      },
    };
  };

  async #send(client: number, topicMessages: TopicMessages): Promise<ShareReceipt[]> {
    const messages = topicMessages.flatMap(({ messages: own }) => own);
    const values = messages.map(({ value }) => String(value).slice(0, 40));
    const shares = new Map<string, number>();
    for (const { topic, messages: own } of topicMessages) {
      for (const { partition, value } of own) {
        const line = `${topic}/${partition}`;
        shares.set(line, (shares.get(line) ?? 0) + value!.length);
      }
    }
    const bytes = [...shares.values()].reduce((sum, share) => sum + share, 0);
    this.sends.push({ client, values, bytes, shares: [...shares.values()] });
    const number = this.sends.length;
    await new Promise((resolve) => setImmediate(resolve));
    await this.before(values, number);
    if (this.withhold(number)) return [];
    const receipts = new Map<string, ShareReceipt>();
    for (const { topic, messages: own } of topicMessages) {
      for (const { partition = 0, value } of own) {
        const line = `${topic}/${partition}`;
        const log = this.logs.get(line) ?? [];
        this.logs.set(line, log);
        if (!receipts.has(line)) receipts.set(line, { topic, partition, baseOffset: log.length });
        log.push(String(value).slice(0, 40));
      }
    }
    return [...receipts.values()];
  }
}

const connection = createKafka({ brokers: ["127.0.0.1:1"], clientId: "test", logger: silent });

function open(options: ProducerOptions = {}) {
  const broker = new FakeBroker();
  return { broker, producer: new Producer(connection, { createClient: broker.createClient, ...options }) };
}

const record = (value: string | Buffer, partition = 0) => ({ topic: "t", partition, key: "k", value });
const passing = () => new KafkaError("not_ready", "The leader moved");

describe("a producer", () => {
  test("has exactly one send outstanding, whatever arrives and fails meanwhile", async () => {
    const { broker, producer } = open();
    broker.before = (_values, send) => {
      if (send % 3 === 0) throw passing();
    };
    const sending: Promise<unknown>[] = [];
    for (let n = 0; n < 60; n++) {
      sending.push(producer.send(record(String(n), n % 4)));
      if (n % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(sending);
    expect(broker.outstandingMax).toBe(1);
    for (let partition = 0; partition < 4; partition++) {
      const expected = Array.from({ length: 15 }, (_, i) => String(i * 4 + partition));
      expect(broker.logs.get(`t/${partition}`)).toEqual(expected);
    }
    await producer.close();
  });

  test("sends at once when idle, and what arrives meanwhile together", async () => {
    const { broker, producer } = open();
    const first = producer.sendAll([record("a"), record("b")]);
    await new Promise((resolve) => setImmediate(resolve));
    const rest = ["c", "d", "e"].map((value) => producer.send(record(value)));
    await Promise.all([first, ...rest]);
    expect(broker.sends.map(({ values }) => values)).toEqual([
      ["a", "b"],
      ["c", "d", "e"],
    ]);
    await expect(Promise.all(rest)).resolves.toEqual([2, 3, 4].map((offset) => ({ partition: 0, offset })));
    await producer.close();
  });

  test("repeats the identical batch with the same client when the failure may pass; later records wait", async () => {
    const { broker, producer } = open();
    broker.before = (_values, send) => {
      if (send < 3) throw passing();
    };
    const first = producer.sendAll([record("a", 0), record("b", 1)]);
    await new Promise((resolve) => setImmediate(resolve));
    const later = producer.send(record("c", 0));
    await Promise.all([first, later]);
    expect(broker.sends.map(({ values }) => values)).toEqual([["a", "b"], ["a", "b"], ["a", "b"], ["c"]]);
    expect(new Set(broker.sends.map(({ client }) => client)).size).toBe(1);
    await producer.close();
  });

  test("a record refused for good is refused alone, with a new client, and the others arrive in order", async () => {
    const { broker, producer } = open();
    broker.before = (values) => {
      if (values.includes("bad")) throw new KafkaError("too_large", "Refused");
    };
    const outcomes = await Promise.allSettled(
      ["a", "b", "bad", "c", "d"].map((value) => producer.send(record(value))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    expect([...new Set(broker.logs.get("t/0"))]).toEqual(["a", "b", "c", "d"]);
    const clients = broker.sends.filter(({ values }) => values.includes("bad")).map(({ client }) => client);
    expect(new Set(clients).size).toBe(clients.length);
    await producer.close();
  });

  test("a client whose sequence the broker lost, or that never answers, is replaced", async () => {
    const { broker, producer } = open({ sendLimitMs: 30 });
    broker.before = async (_values, send) => {
      if (send === 1) throw new KafkaError("sequence_lost", "Out of order");
      if (send === 2) await new Promise(() => undefined);
    };
    await expect(producer.send(record("a"))).resolves.toEqual({ partition: 0, offset: 0 });
    expect(broker.sends.map(({ client }) => client)).toEqual([1, 2, 3]);
    await producer.close();
  });

  test("an answer without a receipt for a share is no acknowledgement", async () => {
    const { broker, producer } = open();
    broker.withhold = (send) => send === 1;
    await expect(producer.send(record("a"))).resolves.toEqual({ partition: 0, offset: 0 });
    expect(broker.sends).toHaveLength(2);
    await producer.close();
  });

  test("keeps a partition's share and a send below what the broker takes", async () => {
    const { broker, producer } = open();
    const large = (partition: number) => record(Buffer.alloc(250 * 1024, "x"), partition);
    await producer.sendAll(Array.from({ length: 100 }, (_, n) => large(n % 2 === 0 ? 0 : n)));
    for (const { bytes, shares } of broker.sends) {
      expect(bytes).toBeLessThanOrEqual(SEND_BYTES_MAX);
      for (const share of shares) expect(share).toBeLessThanOrEqual(PARTITION_SHARE_BYTES_MAX);
    }
    expect([...broker.logs.values()].flat()).toHaveLength(100);
    await producer.close();
  });

  test("is bounded: refuses when full, and says when there is room again", async () => {
    const { broker, producer } = open({ pendingBytesMax: 10_000 });
    let letGo: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    broker.before = () => held;
    const first = producer.send(record(Buffer.alloc(6_000)));
    await expect(producer.send(record(Buffer.alloc(6_000)))).rejects.toMatchObject({ code: "queue_full" });
    let hasRoom = false;
    const room = producer.whenBelow(5_000).then(() => (hasRoom = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(hasRoom).toBe(false);
    letGo?.();
    await Promise.all([first, room]);
    await expect(producer.send(record(Buffer.alloc(6_000)))).resolves.toMatchObject({ partition: 0 });
    await producer.close();
  });

  test("closing rejects what the broker never took, in time", async () => {
    const { broker, producer } = open();
    broker.before = () => {
      throw passing();
    };
    const sending = [producer.send(record("a")), producer.send(record("b"))];
    const outcomes = Promise.allSettled(sending);
    await producer.close(20);
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { code: "closed" } });
  });
});
