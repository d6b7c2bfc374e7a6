import { type AddressInfo, createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createKafka } from "../connection.js";
import type { KafkaLog } from "../log.js";
import { checkKafka } from "./check-kafka.js";

const ignore = () => undefined;
const logger: KafkaLog = { debug: ignore, info: ignore, warn: ignore, error: ignore };
const warned: string[] = [];

/** What `ApiVersions` tells of a Kafka 2.8: `ListOffsets` to version 6. By API key. */
const OLD: readonly (readonly [number, number])[] = [
  [0, 9],
  [1, 12],
  [2, 6],
  [3, 9],
  [18, 3],
];

/** A broker of which is used only that it tells its versions. */
let broker: Server;

beforeAll(async () => {
  broker = createServer((socket) => {
    socket.on("error", ignore);
    socket.on("data", (request) => socket.write(toAnswer(request)));
  });
  await new Promise<void>((resolve) => broker.listen(0, "127.0.0.1", resolve));
});
afterAll(() => new Promise<void>((resolve) => void broker.close(() => resolve())));

/** The request's correlation id, no error, the versions, and from version 1 on the throttle time. */
function toAnswer(request: Buffer): Buffer {
  const versions = OLD.map(([key, max]) => {
    const entry = Buffer.alloc(6);
    entry.writeInt16BE(key, 0);
    entry.writeInt16BE(max, 4);
    return entry;
  });
  const head = Buffer.alloc(10);
  request.copy(head, 0, 8, 12);
  head.writeInt32BE(versions.length, 6);
  const throttle = Buffer.alloc(request.readInt16BE(6) >= 1 ? 4 : 0);
  const body = Buffer.concat([head, ...versions, throttle]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.byteLength);
  return Buffer.concat([length, body]);
}

describe("the look at Kafka before the start", () => {
  test("refuses one that is too old, with the remedy", async () => {
    const { port } = broker.address() as AddressInfo;
    const kafka = createKafka({ brokers: [`127.0.0.1:${port}`], clientId: "test", logger });
    await expect(checkKafka(kafka, { topics: [], groups: [] })).rejects.toMatchObject({
      name: "KafkaRefusal",
      message: "This Kafka is older than 3.0",
      remedy: expect.stringContaining("upgrade the brokers"),
    });
  });

  test("a password that would travel in the clear is warned of, by name", () => {
    const warn = (fields: object, event: string) => void warned.push(`${event} ${JSON.stringify(fields)}`);
    const sasl = { mechanism: "plain", username: "router", password: "hush" } as const;
    createKafka({ brokers: ["a:1"], clientId: "test", logger: { ...logger, warn }, security: { sasl } });
    createKafka({
      brokers: ["a:1"],
      clientId: "test",
      logger: { ...logger, warn },
      security: { sasl, tls: {} },
    });
    expect(warned).toEqual([expect.stringMatching(/^kafka\.password_in_the_clear .*"username":"router"/)]);
    expect(warned.join()).not.toContain("hush");
  });
});
