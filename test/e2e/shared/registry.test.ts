import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { SchemaRegistry, SchemaType } from "@kafkajs/confluent-schema-registry";
import { readEvents, readSequence, type TestWorkspace } from "@hooklane/testing";
import { RejectedReader } from "../support/rejected.js";
import { useSharedServices } from "../support/suite.js";
import { Upstream } from "../support/upstream.js";

const registryUrl = process.env.SCHEMA_REGISTRY_URL ?? "";
const suite = useSharedServices();
const { check } = suite;
let upstream: Upstream;
let rejected: RejectedReader;
let registry: SchemaRegistry;

beforeAll(async () => {
  upstream = await Upstream.connect(suite.services);
  rejected = await RejectedReader.open(suite.services);
  registry = new SchemaRegistry({ host: registryUrl });
});

afterAll(async () => {
  await upstream.close();
  await rejected.close();
});

const CONTACT_AVRO = {
  type: "record",
  name: "Contact",
  fields: [
    { name: "id", type: "string" },
    { name: "email", type: "string" },
  ],
};

const AVRO = {
  type: "record",
  name: "ContactSubscribed",
  namespace: "shop",
  fields: [
    { name: "id", type: ["null", "string"], default: null },
    { name: "type", type: "string" },
    {
      name: "data",
      type: {
        type: "record",
        name: "Data",
        fields: [
          { name: "seq", type: "int" },
          { name: "contact", type: CONTACT_AVRO },
        ],
      },
    },
  ],
};

const JSON_SCHEMA = {
  $schema: "http://json-schema.org/draft-07/schema#",
  type: "object",
  required: ["type", "data"],
  properties: { type: { type: "string" }, data: { type: "object" } },
};

const PROTOBUF = `
syntax = "proto3";
package shop;
message ContactSubscribed {
  string type = 1;
  Data data = 2;
  message Data {
    int32 seq = 1;
    Contact contact = 2;
  }
  message Contact {
    string id = 1;
    string email = 2;
  }
}
`;

const event = (seq: number) => ({
  type: "contact.subscribed",
  data: { seq, contact: { id: `c_${seq}`, email: "lea@example.org" } },
});

/** Registers a schema under a subject nobody else uses; gives its id. */
async function register(schema: { readonly type: SchemaType; readonly schema: string }): Promise<number> {
  const subject = `${suite.services.prefix}-${randomUUID()}`;
  return (await registry.register(schema as never, { subject })).id;
}

async function subscribe(path: string): Promise<TestWorkspace> {
  const workspace = await suite.services.createWorkspace();
  await workspace.createWebhook({ url: suite.receiver.url(path), eventTypes: ["contact.subscribed"] });
  return workspace;
}

describe("records in Confluent wire format, with the real registry", () => {
  check("Avro is decoded and delivered as JSON, in order", async () => {
    const workspace = await subscribe("/avro");
    const id = await register({ type: SchemaType.AVRO, schema: JSON.stringify(AVRO) });
    const events = [1, 2, 3].map(event);
    const values = await Promise.all(events.map((one) => registry.encode(id, { id: null, ...one })));
    await upstream.sendRaw(values.map((value) => ({ key: workspace.id, value })));
    const requests = await suite.receiver.waitFor((seen) => seen.length === 3, { path: "/avro" });
    expect(requests.flatMap(readEvents)).toMatchObject(events);
  });

  check("JSON Schema is decoded and delivered, in order", async () => {
    const workspace = await subscribe("/json");
    const id = await register({ type: SchemaType.JSON, schema: JSON.stringify(JSON_SCHEMA) });
    const events = [1, 2, 3].map(event);
    const values = await Promise.all(events.map((one) => registry.encode(id, one)));
    await upstream.sendRaw(values.map((value) => ({ key: workspace.id, value })));
    const requests = await suite.receiver.waitFor((seen) => seen.length === 3, { path: "/json" });
    expect(requests.flatMap(readEvents)).toMatchObject(events);
  });

  check("Protobuf is decoded with the message indexes Confluent's serializers write", async () => {
    const workspace = await subscribe("/protobuf");
    const id = await register({ type: SchemaType.PROTOBUF, schema: PROTOBUF });
    const unframed = await registry.encode(id, event(1));
    // The client library leaves the indexes out; one byte 0 stands for the first message of the schema.
    const value = Buffer.concat([unframed.subarray(0, 5), Buffer.from([0]), unframed.subarray(5)]);
    await upstream.sendRaw([{ key: workspace.id, value }]);
    const [request] = await suite.receiver.waitFor((seen) => seen.length === 1, { path: "/protobuf" });
    expect(readEvents(request!)[0]).toMatchObject(event(1));
  });

  check("JSON is accepted beside it, and order is kept across formats", async () => {
    const workspace = await subscribe("/mixed");
    const id = await register({ type: SchemaType.AVRO, schema: JSON.stringify(AVRO) });
    const wire = (seq: number) => registry.encode(id, { id: null, ...event(seq) });
    const plain = (seq: number) => JSON.stringify(event(seq));
    const values = [plain(1), await wire(2), plain(3), await wire(4)];
    await upstream.sendRaw(values.map((value) => ({ key: workspace.id, value })));
    const requests = await suite.receiver.waitFor((seen) => seen.length === 4, { path: "/mixed" });
    expect(readSequence(requests)).toEqual([1, 2, 3, 4]);
  });

  check(
    "a schema the registry does not know is refused with its code, and the consumer goes on",
    async () => {
      const workspace = await subscribe("/unknown");
      const value = Buffer.from([0, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3]);
      await upstream.sendRaw([{ key: workspace.id, value }]);
      const record = await rejected.awaitValue(value);
      expect(record.headers.code).toBe("unknown_schema");
      await upstream.send(workspace.id, [event(1)]);
      await suite.receiver.waitFor((seen) => seen.length === 1, { path: "/unknown" });
    },
  );
});
