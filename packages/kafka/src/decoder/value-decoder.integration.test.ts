import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { createConnection, createServer as createTcpServer, type AddressInfo, type Socket } from "node:net";
import { afterAll, describe, expect, jest, test } from "@jest/globals";
import avro from "avsc";
import protobuf from "protobufjs";
import { silent } from "../testing/test-kafka.js";
import { ValueDecoder } from "./value-decoder.js";

jest.setTimeout(60_000);

const registryUrl = process.env.SCHEMA_REGISTRY_URL ?? "";
const decoders: ValueDecoder[] = [];
afterAll(() => decoders.forEach((decoder) => decoder.close()));

function open(url = registryUrl): ValueDecoder {
  // The real registry is slow on its first answers; the limit itself is tested with 500 ms below.
  const decoder = new ValueDecoder({ registryUrl: url, registryTimeLimitMs: 5_000, logger: silent });
  decoders.push(decoder);
  return decoder;
}

interface Registration {
  readonly schema: string;
  readonly schemaType?: "JSON" | "PROTOBUF";
  readonly references?: readonly { name: string; subject: string; version: number }[];
}

async function register(registration: Registration): Promise<{ id: number; subject: string }> {
  const subject = `t-${randomBytes(6).toString("hex")}`;
  const response = await fetch(`${registryUrl}/subjects/${subject}/versions`, {
    method: "POST",
    headers: { "content-type": "application/vnd.schemaregistry.v1+json" },
    body: JSON.stringify(registration),
  });
  const body = (await response.json()) as { id: number };
  if (!response.ok) throw new Error(`The registry refused the schema: ${JSON.stringify(body)}`);
  return { id: body.id, subject };
}

/** As Confluent's serializers frame a value. */
function frame(id: number, ...parts: (Buffer | Uint8Array | number[])[]): Buffer {
  const head = Buffer.alloc(5);
  head.writeInt32BE(id, 1);
  return Buffer.concat([head, ...parts.map((part) => Buffer.from(part))]);
}

const describeWithRegistry = registryUrl === "" ? describe.skip : describe;

describeWithRegistry("values in Confluent wire format, with a real registry", () => {
  test("Avro: longs beyond 2^53, decimals, times, bytes and unions become plain JSON", async () => {
    const schema = {
      type: "record",
      name: "Opened",
      namespace: `ns${randomBytes(4).toString("hex")}`,
      fields: [
        { name: "id", type: "string" },
        { name: "small", type: "long" },
        { name: "large", type: ["null", "long"] },
        { name: "at", type: ["null", { type: "long", logicalType: "timestamp-millis" }] },
        { name: "day", type: { type: "int", logicalType: "date" } },
        { name: "price", type: { type: "bytes", logicalType: "decimal", precision: 10, scale: 2 } },
        { name: "raw", type: "bytes" },
        { name: "kind", type: { type: "enum", name: "Kind", symbols: ["A", "B"] } },
        { name: "tags", type: { type: "map", values: "string" } },
        {
          name: "nested",
          type: ["null", { type: "record", name: "Nested", fields: [{ name: "n", type: "int" }] }],
        },
      ],
    } as const;
    const { id } = await register({ schema: JSON.stringify(schema) });
    const writer = avro.Type.forSchema(schema as never, {
      typeHook: (type: unknown) => (type === "long" ? bigLong : undefined),
    });
    const bytes = writer.toBuffer({
      id: "evt_1",
      small: 42n,
      large: 9_007_199_254_740_993n,
      at: 1_700_000_000_123,
      day: 19_675,
      price: Buffer.from([0xfb, 0x1e]),
      raw: Buffer.from("hi"),
      kind: "B",
      tags: { a: "b" },
      nested: { n: 7 },
    });
    await expect(open().decode(frame(id, bytes))).resolves.toEqual({
      kind: "json",
      value: {
        id: "evt_1",
        small: 42,
        large: "9007199254740993",
        at: "2023-11-14T22:13:20.123Z",
        day: "2023-11-14",
        price: "-12.50",
        raw: "aGk=",
        kind: "B",
        tags: { a: "b" },
        nested: { n: 7 },
      },
    });
  });

  test("JSON Schema: the value is checked, and two versions with one $id live side by side", async () => {
    const schema = (type: string) =>
      JSON.stringify({
        $schema: "https://json-schema.org/draft/2020-12/schema",
        $id: "https://example.com/opened.json",
        type: "object",
        properties: { n: { type } },
        required: ["n"],
      });
    const first = await register({ schemaType: "JSON", schema: schema("integer") });
    const second = await register({ schemaType: "JSON", schema: schema("string") });
    const decoder = open();
    const body = Buffer.from('{"n":1}');
    await expect(decoder.decode(frame(first.id, body))).resolves.toEqual({ kind: "json", value: { n: 1 } });
    await expect(decoder.decode(frame(second.id, body))).resolves.toMatchObject({
      kind: "invalid",
      code: "schema_mismatch",
    });
  });

  test("JSON Schema of draft 7 is read as draft 7", async () => {
    const { id } = await register({
      schemaType: "JSON",
      schema: JSON.stringify({
        $schema: "http://json-schema.org/draft-07/schema#",
        type: "array",
        items: [{ type: "string" }],
      }),
    });
    await expect(open().decode(frame(id, Buffer.from('["a"]')))).resolves.toEqual({
      kind: "json",
      value: ["a"],
    });
  });

  test("Protobuf: message indexes choose the type, imports and Google's own types are found", async () => {
    const imported = 'syntax = "proto3"; package shared; message Money { int64 cents = 1; }';
    const { subject } = await register({ schemaType: "PROTOBUF", schema: imported });
    const text = `syntax = "proto3"; package a.b;
      import "shared.proto"; import "google/protobuf/timestamp.proto";
      enum Kind { NONE = 0; SOME = 1; }
      message First { string id = 1; int32 opens = 2; message Inner { int64 n = 1; } }
      message Second { shared.Money money = 1; google.protobuf.Timestamp at = 2; Kind kind = 3; bytes raw = 4; First first = 5; }`;
    const { id } = await register({
      schemaType: "PROTOBUF",
      schema: text,
      references: [{ name: "shared.proto", subject, version: 1 }],
    });
    const root = new protobuf.Root();
    root.addJSON(protobuf.common.get("google/protobuf/timestamp.proto")!.nested!);
    protobuf.parse(imported, root);
    protobuf.parse(text, root);
    const encode = (name: string, value: object) => root.lookupType(name).encode(value).finish();
    const decoder = open();
    await expect(decoder.decode(frame(id, [0], encode("a.b.First", { id: "x" })))).resolves.toEqual({
      kind: "json",
      value: { id: "x", opens: 0 },
    });
    const second = encode("a.b.Second", {
      money: { cents: 1_250 },
      at: { seconds: 1_700_000_000, nanos: 123_000_000 },
      kind: 1,
      raw: Buffer.from("hi"),
    });
    // Known by now: no promise.
    expect(decoder.decode(frame(id, [2, 2], second))).toEqual({
      kind: "json",
      value: { money: { cents: 1_250 }, at: "2023-11-14T22:13:20.123Z", kind: "SOME", raw: "aGk=" },
    });
    expect(decoder.decode(frame(id, [4, 0, 0], encode("a.b.First.Inner", { n: 5 })))).toEqual({
      kind: "json",
      value: { n: 5 },
    });
    // As a client without indexes writes it.
    expect(decoder.decode(frame(id, encode("a.b.First", { id: "plain", opens: 3 })))).toEqual({
      kind: "json",
      value: { id: "plain", opens: 3 },
    });
    expect(decoder.decode(frame(id, [0], [0xff, 0xff, 0xff]))).toMatchObject({ code: "schema_mismatch" });
  });

  test("an unknown id is refused for good", async () => {
    await expect(open().decode(frame(2_000_000_000, [1]))).resolves.toMatchObject({
      kind: "invalid",
      code: "unknown_schema",
    });
  });

  test("is available", async () => {
    await expect(open().registryState()).resolves.toBe("available");
  });

  test("while the registry is away known schemas are decoded, and an unknown one is unavailable, then decoded", async () => {
    const first = await register({ schema: '"string"' });
    const second = await register({ schema: '["null","string"]' });
    const text = avro.Type.forSchema("string").toBuffer("hello");
    const proxy = await startProxy(new URL(registryUrl));
    const decoder = open(registryUrl.replace(new URL(registryUrl).host, `127.0.0.1:${proxy.port}`));
    await expect(decoder.decode(frame(first.id, text))).resolves.toEqual({ kind: "json", value: "hello" });
    await proxy.stop();
    expect(decoder.decode(frame(first.id, text))).toEqual({ kind: "json", value: "hello" });
    const cold = frame(second.id, [2], text);
    await expect(decoder.decode(cold)).resolves.toEqual({ kind: "unavailable", schemaId: second.id });
    await expect(decoder.registryState()).resolves.toBe("unavailable");
    await proxy.start();
    const deadline = performance.now() + 30_000;
    let outcome = await decoder.decode(cold);
    while (outcome.kind === "unavailable" && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      outcome = await decoder.decode(cold);
    }
    expect(outcome).toEqual({ kind: "json", value: "hello" });
    await proxy.stop();
  });
});

describe("a registry that misbehaves", () => {
  const answering = async (handler: Parameters<typeof createServer>[1]) => {
    const server: Server = createServer(handler as never);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };
  const stop = (server: Server) => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };

  test("that hangs costs half a second a question, and after a few nothing", async () => {
    const { server, url } = await answering(() => undefined);
    const decoder = new ValueDecoder({ registryUrl: url, logger: silent });
    const start = performance.now();
    for (let id = 1; id <= 4; id++) {
      await expect(decoder.decode(frame(id, [0]))).resolves.toEqual({ kind: "unavailable", schemaId: id });
    }
    expect(performance.now() - start).toBeLessThan(4 * 700);
    const cold = performance.now();
    await expect(decoder.decode(frame(9, [0]))).resolves.toMatchObject({ kind: "unavailable" });
    expect(performance.now() - cold).toBeLessThan(250);
    decoder.close();
    await stop(server);
  });

  test("that answers 404 to everything is a wrong address, and refuses no record", async () => {
    const { server, url } = await answering((_request, response) => response.writeHead(404).end("not here"));
    const decoder = new ValueDecoder({ registryUrl: url, logger: silent });
    await expect(decoder.decode(frame(1, [0]))).resolves.toEqual({ kind: "unavailable", schemaId: 1 });
    decoder.close();
    await stop(server);
  });

  test("that fails inside is unavailable", async () => {
    const { server, url } = await answering((_request, response) => response.writeHead(500).end("{}"));
    const decoder = new ValueDecoder({ registryUrl: url, logger: silent });
    await expect(decoder.decode(frame(1, [0]))).resolves.toEqual({ kind: "unavailable", schemaId: 1 });
    decoder.close();
    await stop(server);
  });
});

const bigLong = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === "bigint",
  compare: (a: bigint, b: bigint) => Number(a - b),
});

/** A wire to the registry that can be cut. */
async function startProxy(target: URL) {
  const sockets = new Set<Socket>();
  let port = 0;
  let server = newServer();
  function newServer() {
    return createTcpServer((socket) => {
      const upstream = createConnection(Number(target.port), target.hostname);
      for (const one of [socket, upstream]) {
        sockets.add(one);
        one.on("error", () => undefined);
        one.on("close", () => sockets.delete(one));
      }
      socket.pipe(upstream).pipe(socket);
    });
  }
  const start = async () => {
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  };
  await start();
  return {
    port,
    start,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      server = newServer();
    },
  };
}
