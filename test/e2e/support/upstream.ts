import { type EventInput, type RunningServices, testKafka } from "@hooklane/testing";
import type { Message, Producer } from "kafkajs";

/** An upstream application: puts records on the inbound topic with a plain Kafka client. */
export class Upstream {
  readonly #producer: Producer;
  readonly #topic: string;

  private constructor(producer: Producer, topic: string) {
    this.#producer = producer;
    this.#topic = topic;
  }

  static async connect(services: RunningServices): Promise<Upstream> {
    const producer = testKafka(services.stack.brokers, "upstream").producer({ idempotent: true });
    await producer.connect();
    return new Upstream(producer, services.topic("inbound.v1"));
  }

  /** Events as JSON, keyed by workspace, in order; resolves when the broker has them. */
  async send(workspaceId: string, events: readonly EventInput[]): Promise<void> {
    await this.sendRaw(events.map((event) => ({ key: workspaceId, value: JSON.stringify(event) })));
  }

  /** Records as they are. @returns the offset of the first, by Kafka's answer */
  async sendRaw(messages: Message[]): Promise<string> {
    const [receipt] = await this.#producer.send({ topic: this.#topic, messages, acks: -1 });
    return receipt?.baseOffset ?? "";
  }

  close(): Promise<void> {
    return this.#producer.disconnect();
  }
}
