import { createRequire } from "node:module";
import type { Kafka } from "kafkajs";

/** One request of the protocol and its answer, as kafkajs has them. */
interface Protocol<T> {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    readonly encode: () => Promise<Encoder>;
  };
  readonly response: {
    readonly decode: (raw: Buffer) => Promise<T>;
    readonly parse: (decoded: T) => Promise<T>;
  };
}

interface Encoder {
  writeArray(values: readonly string[]): Encoder;
  writeBoolean(value: boolean): Encoder;
}

interface Decoder {
  readInt16(): number;
  readInt32(): number;
  readString(): string | null;
  readBoolean(): boolean;
  readBytes(): Buffer | null;
  readArray<T>(read: (decoder: Decoder) => T): T[];
}

/** What is used of kafkajs's broker. */
export interface InnerBroker {
  readonly versions: Readonly<
    Record<number, { readonly minVersion: number; readonly maxVersion: number }>
  > | null;
  readonly connectionPool: { send<T>(protocol: Protocol<T>): Promise<T> };
  findGroupCoordinator(ask: {
    groupId: string;
    coordinatorType: 0;
  }): Promise<{ coordinator: { nodeId: number } }>;
  describeConfigs(ask: {
    resources: readonly { type: number; name: string; configNames: readonly string[] }[];
    includeSynonyms: false;
  }): Promise<{
    resources: readonly {
      resourceName: string;
      configEntries: readonly { configName: string; configValue: string | null }[];
    }[];
  }>;
}

/** What is used of kafkajs's cluster, which its clients share their connections by. */
export interface InnerCluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  refreshMetadata(): Promise<void>;
  readonly brokerPool: {
    readonly seedBroker: InnerBroker;
    findBroker(ask: { nodeId: number }): Promise<InnerBroker>;
  };
}

// kafkajs exports none of its inner parts, and its admin asks in versions that know nothing of rights.
const require = createRequire(import.meta.url);
const EncoderClass = require("kafkajs/src/protocol/encoder") as new () => Encoder;
const DecoderClass = require("kafkajs/src/protocol/decoder") as new (raw: Buffer) => Decoder;

/** A cluster of its own, with the settings of the client; not connected. */
export function createInnerCluster(kafka: Kafka): InnerCluster {
  const key = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === "private:Kafka:createCluster",
  );
  const create = key && (kafka as unknown as Record<symbol, (options: object) => InnerCluster>)[key];
  if (create === undefined) throw new Error("This is not the kafkajs the start check was written for");
  return create({ metadataMaxAge: 60_000, allowAutoTopicCreation: false });
}

/** What the cluster says of a topic, by name. */
export interface TopicState {
  readonly name: string;
  /** Kafka's error code; 0: none. */
  readonly errorCode: number;
  readonly replicas: number;
  /** A bit for each operation allowed. */
  readonly allowed: number;
}

/** `Metadata`, version 8: the first to tell what is allowed. */
export function askTopics(broker: InnerBroker, names: readonly string[]): Promise<readonly TopicState[]> {
  return ask(broker, {
    apiKey: 3,
    apiVersion: 8,
    apiName: "Metadata",
    encode: (encoder) => encoder.writeArray(names).writeBoolean(false).writeBoolean(false).writeBoolean(true),
    decode: readTopics,
  });
}

function readTopics(decoder: Decoder): readonly TopicState[] {
  decoder.readInt32(); // throttle time
  decoder.readArray((broker) => [
    broker.readInt32(),
    broker.readString(),
    broker.readInt32(),
    broker.readString(),
  ]);
  decoder.readString(); // cluster id
  decoder.readInt32(); // controller
  return decoder.readArray((topic) => {
    const errorCode = topic.readInt16();
    const name = topic.readString() ?? "";
    topic.readBoolean(); // is internal
    const replicas = topic.readArray(readReplicas);
    return { name, errorCode, replicas: Math.max(0, ...replicas), allowed: topic.readInt32() };
  });
}

function readReplicas(partition: Decoder): number {
  partition.readInt16(); // error
  partition.readInt32(); // partition
  partition.readInt32(); // leader
  partition.readInt32(); // leader's epoch
  const replicas = partition.readArray((each) => each.readInt32());
  partition.readArray((each) => each.readInt32()); // in sync
  partition.readArray((each) => each.readInt32()); // offline
  return replicas.length;
}

/** What the coordinator of a group says of it. */
export interface GroupState {
  /** Kafka's error code; 0: none, as for a group nobody joined yet. */
  readonly errorCode: number;
  readonly allowed: number;
}

/** `DescribeGroups`, version 3: the first to tell what is allowed. */
export async function askGroup(coordinator: InnerBroker, groupId: string): Promise<GroupState> {
  const groups = await ask(coordinator, {
    apiKey: 15,
    apiVersion: 3,
    apiName: "DescribeGroups",
    encode: (encoder) => encoder.writeArray([groupId]).writeBoolean(true),
    decode: readGroups,
  });
  const [group] = groups;
  if (group === undefined) throw new Error("The coordinator says nothing of the group");
  return group;
}

function readGroups(decoder: Decoder): readonly GroupState[] {
  decoder.readInt32(); // throttle time
  return decoder.readArray((group) => {
    const errorCode = group.readInt16();
    // id, state, type of protocol, protocol
    for (let i = 0; i < 4; i++) group.readString();
    group.readArray((member) => {
      // id, id of the client, host
      for (let i = 0; i < 3; i++) member.readString();
      // metadata, assignment
      for (let i = 0; i < 2; i++) member.readBytes();
    });
    return { errorCode, allowed: group.readInt32() };
  });
}

function ask<T>(
  broker: InnerBroker,
  call: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    readonly encode: (encoder: Encoder) => Encoder;
    readonly decode: (decoder: Decoder) => T;
  },
): Promise<T> {
  const { encode, decode, ...request } = call;
  return broker.connectionPool.send({
    request: { ...request, encode: () => Promise.resolve(encode(new EncoderClass())) },
    response: {
      decode: (raw) => Promise.resolve(decode(new DecoderClass(raw))),
      parse: (decoded) => Promise.resolve(decoded),
    },
  });
}
