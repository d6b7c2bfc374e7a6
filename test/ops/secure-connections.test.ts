import {
  anEvent,
  eventually,
  readEvents,
  type Receiver,
  SERVICE_NAMES,
  type ServiceName,
  type Services,
  startReceiver,
  startServices,
  testKafka,
} from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import kafkajs, { type Admin } from "kafkajs";
import { mongo } from "mongoose";
import { grantKafkaRights, readKafkaRights, readMongodbRights } from "./secure/rights.js";
import { PREFIX, type SecureStack, startSecureStack } from "./secure/secure-stack.js";
import { type Ended, runNode } from "./secure/run-node.js";
import { startStandaloneMongod } from "./secure/standalone-mongod.js";

/** Kafka and MongoDB with TLS, logins and least rights; the services get in, and say why when they do not. */
let stack: SecureStack;
let services: Services;
let receiver: Receiver;
let admin: Admin;

/** A start that neither works nor ends within this is ended, milliseconds. */
const START_LIMIT_MS = 80_000;

const TRIED_AT_ONCE = 4;

type Variables = Readonly<Record<string, string>>;

const loginAs = (user: string): Variables => ({
  KAFKA_BROKERS: stack.brokers.login,
  KAFKA_TLS: "true",
  KAFKA_TLS_CA_FILE: stack.ca,
  KAFKA_SASL_MECHANISM: "scram-sha-512",
  KAFKA_SASL_USERNAME: user,
  KAFKA_SASL_PASSWORD: stack.passwordOf(user),
});

const databaseAs = (user: string, more = `&tls=true&tlsCAFile=${stack.ca}`): Variables => ({
  MONGODB_URI: `mongodb://${user}:${stack.passwordOf(user)}@127.0.0.1:${stack.mongodbPort}/?replicaSet=rs0&authSource=${PREFIX}${more}`,
});

beforeAll(async () => {
  stack = await startSecureStack();
  receiver = await startReceiver();
  admin = testKafka([stack.brokers.open]).admin();
  await admin.connect();
  await grantKafkaRights(admin);
}, 120_000);

afterAll(async () => {
  await services.stop();
  await admin.disconnect();
  await receiver.close();
  await stack.stop();
}, 60_000);

test("whoever makes the topics needs the rights of its line, and no more", async () => {
  const { code, output } = await runNode(["infra/docker/create-topics.mjs", "local"], {
    ...loginAs("create-topics"),
    HOOKLANE_TOPIC_PREFIX: PREFIX,
  });
  expect(output).toContain(`topics: created ${PREFIX}.inbound.v1`);
  expect(code).toBe(0);
});

describe("the five services", () => {
  test("deliver over TLS with logins, having the rights of the tables and no more", async () => {
    const serviceEnv = Object.fromEntries(
      SERVICE_NAMES.map((name) => [name, { ...loginAs(name), ...databaseAs(name) }]),
    );
    services = await startServices({
      stack: { brokers: [stack.brokers.open], mongodbUri: stack.adminUri, schemaRegistryUrl: undefined },
      env: { HOOKLANE_TOPIC_PREFIX: PREFIX, MONGODB_DATABASE: PREFIX },
      serviceEnv,
    });
    await deliver("/login");
  }, 90_000);

  test("are given more partitions by somebody with the rights of that line, and no more", async () => {
    const { code, output } = await runCommand("add-partitions", "--deliveries", "9", "--events", "5");
    expect(output).toContain(`endpoints that are new are placed on 9 partitions`);
    expect(output).toContain(`workspaces that are new are placed on 5 partitions`);
    expect(code).toBe(0);
  }, 60_000);

  test("and show no password, in no log line and no answer", async () => {
    const answers = SERVICE_NAMES.map(async (name) => {
      const { url } = services.service(name);
      const paths = ["/readyz", "/healthz", "/metrics"].map((path) => fetch(`${url}${path}`));
      return (await Promise.all((await Promise.all(paths)).map((answer) => answer.text()))).join("\n");
    });
    const shown = [services.tail(4_000), ...(await Promise.all(answers))].join("\n");
    expect(shown).toContain('"KAFKA_SASL_PASSWORDConfigured":true');
    for (const name of SERVICE_NAMES) expect(shown).not.toContain(stack.passwordOf(name));
  });

  test("use no collection that the table does not name", async () => {
    const client = new mongo.MongoClient(stack.adminUri);
    const found = await client.db(PREFIX).listCollections({}, { nameOnly: true }).toArray();
    await client.close();
    const named = new Set(readMongodbRights().flatMap(({ collections }) => collections));
    expect(
      found.map(({ name }) => name).filter((name) => !named.has(name) && !name.startsWith("system.")),
    ).toEqual([]);
    expect(found.length).toBeGreaterThan(30);
  });

  test("are set back, once stopped, by somebody with the rights of that line, and no more", async () => {
    const taken = ["--taken", new Date(Date.now() - 1_000).toISOString()];
    const running = await runCommand("after-restore", ...taken);
    expect(running.output).toContain("stop all services first");
    await Promise.all(SERVICE_NAMES.map((name) => services.service(name).stop()));
    const { code, output } = await runCommand("after-restore", ...taken);
    expect(output).toMatch(/hooklane\.router: [1-9]\d* records of hooklane\.events\.v1 are read once more/);
    expect(output).toMatch(/hooklane\.health-monitor: [1-9]\d* records of hooklane\.attempts\.v1/);
    expect(code).toBe(0);
  }, 60_000);

  test("deliver with certificates instead of logins", async () => {
    for (const name of SERVICE_NAMES) {
      const { cert, key } = stack.clientFiles(name);
      services.service(name).configure({
        ...withoutLogin(),
        KAFKA_BROKERS: stack.brokers.certificate,
        KAFKA_TLS_CERT_FILE: cert,
        KAFKA_TLS_KEY_FILE: key,
      });
    }
    await services.start(SERVICE_NAMES);
    await deliver("/certificate");
    // Groups are left and removed in the stop before; with a right missing it would say so.
    expect(services.tail(4_000)).not.toContain("consumer.group_not_deleted");
  }, 90_000);

  test("without any right, ask for exactly theirs, all at once", async () => {
    const ended = await Promise.all(
      SERVICE_NAMES.map(async (name) => [name, await tryStart(name, loginAs("nobody"))] as const),
    );
    for (const [name, { code, output }] of ended) {
      expect(output).toContain(`${name} cannot start: Kafka is not set up for this service`);
      const asked = [
        ...output.matchAll(
          /no right to (.*) on (topic|group)s? (\S+): kafka-acls\.sh .*--allow-principal "User:nobody"/g,
        ),
      ];
      const lines = readKafkaRights().filter(({ service }) => service === name);
      expect(
        asked.map(([, operations, resource, resourceName]) => [resource, resourceName, operations]),
      ).toEqual(lines.map((line) => [line.resource, line.name, line.operations.join(", ")]));
      expect(code).toBe(1);
    }
  }, 120_000);
});

describe("a service that cannot get in ends, and says what to do:", () => {
  const cases: readonly (readonly [string, () => Variables, RegExp])[] = [
    [
      "a wrong password of Kafka",
      () => ({ KAFKA_SASL_PASSWORD: "not-the-password" }),
      /refuses the login of the user router by scram-sha-512.*\n +set KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD/,
    ],
    [
      "a mechanism Kafka does not have",
      () => ({ KAFKA_SASL_MECHANISM: "plain" }),
      /refuses the login of the user router by plain/,
    ],
    [
      "no login where Kafka wants one",
      () => withoutLogin(),
      /closes the connection on everything without a login\n +set KAFKA_SASL_MECHANISM/,
    ],
    [
      "a login where Kafka takes none",
      () => ({ KAFKA_BROKERS: stack.brokers.open, KAFKA_TLS: "false", KAFKA_TLS_CA_FILE: "" }),
      /takes no login\n +unset KAFKA_SASL_MECHANISM/,
    ],
    [
      "no TLS where Kafka speaks it",
      () => ({ KAFKA_TLS: "false", KAFKA_TLS_CA_FILE: "" }),
      /speaks TLS\n +set KAFKA_TLS=true/,
    ],
    [
      "TLS where Kafka does not speak it",
      () => ({ KAFKA_BROKERS: stack.brokers.open }),
      /does not speak TLS\n +set KAFKA_TLS=false/,
    ],
    [
      "another authority than Kafka's",
      () => ({ KAFKA_TLS_CA_FILE: stack.foreignCa }),
      /is of an authority this service does not know.*\n +put the certificate .* into .*foreign\.crt \(KAFKA_TLS_CA_FILE\)/,
    ],
    [
      "no certificate where Kafka wants one",
      () => ({ ...withoutLogin(), KAFKA_BROKERS: stack.brokers.certificate }),
      /refuses this service's certificate.*\n +set KAFKA_TLS_CERT_FILE and KAFKA_TLS_KEY_FILE/,
    ],
    [
      "a wrong password of MongoDB",
      () => ({
        MONGODB_URI: databaseAs("router").MONGODB_URI!.replace(
          stack.passwordOf("router"),
          "not-the-password",
        ),
      }),
      /MongoDB refuses the user or the password of MONGODB_URI\n +set both/,
    ],
    [
      "another authority than MongoDB's",
      () => databaseAs("router", `&tls=true&tlsCAFile=${stack.foreignCa}`),
      /certificate of MongoDB is of an authority this service does not know.*\n +name a file .*tlsCAFile/,
    ],
    [
      "no TLS where MongoDB speaks it",
      () => databaseAs("router", ""),
      /speaks TLS only\n +put tls=true into MONGODB_URI/,
    ],
    [
      "no login where MongoDB wants one",
      () => ({ MONGODB_URI: databaseAs("router").MONGODB_URI!.replace(/\/\/[^@]*@/, "//") }),
      /MongoDB does not allow it: .*\n +give the user of MONGODB_URI the role/,
    ],
    [
      "a user of MongoDB without rights",
      () => databaseAs("nobody"),
      /MongoDB does not allow it: not authorized on hooklane/,
    ],
    [
      "everything contradictory at once",
      () => ({
        KAFKA_SASL_PASSWORD: "",
        KAFKA_TLS_CA_FILE: "/nowhere/ca.crt",
        KAFKA_TLS_CERT_FILE: stack.ca,
      }),
      /3 bad configuration variables\n +KAFKA_TLS_CA_FILE .*there is no such file.*\n +KAFKA_TLS_KEY_FILE is not set, .*\n +KAFKA_SASL_PASSWORD is not set/,
    ],
  ];

  const outcomes = new Map<string, Promise<Ended>>();

  // Some at a time: most of it is waiting for what does not answer.
  beforeAll(() => {
    const lanes = Array.from({ length: TRIED_AT_ONCE }, () => Promise.resolve<unknown>(undefined));
    cases.forEach(([name, variables], index) => {
      const lane = index % lanes.length;
      const outcome = (lanes[lane] ?? Promise.resolve()).then(() => tryStart("router", variables()));
      lanes[lane] = outcome.catch(() => undefined);
      outcomes.set(name, outcome);
    });
  });

  test.each(cases)(
    "%s",
    async (name, _, message) => {
      const { code, output } = await outcomes.get(name)!;
      expect(output).toMatch(message);
      expect(code).toBe(1);
      for (const secret of [stack.passwordOf("router"), stack.passwordOf("nobody"), "not-the-password"]) {
        expect(output).not.toContain(secret);
      }
    },
    120_000,
  );

  test("a topic under whose settings records disappear", async () => {
    const topic = `${PREFIX}.attempts.v1`;
    await setCleanupPolicy(topic, "compact");
    const { code, output } = await tryStart("dispatcher", {});
    await setCleanupPolicy(topic, "delete");
    expect(output).toMatch(
      /hooklane\.attempts\.v1 has cleanup\.policy=compact, .*: kafka-configs\.sh .*--alter --topic hooklane\.attempts\.v1 --add-config cleanup\.policy=delete/,
    );
    expect(code).toBe(1);
  }, 120_000);

  test("a MongoDB that is no replica set", async () => {
    const mongod = await startStandaloneMongod(stack.mongodbPid);
    try {
      for (const options of ["", "?replicaSet=rs0"]) {
        const { code, output } = await tryStart("router", {
          MONGODB_URI: `mongodb://127.0.0.1:${mongod.port}/${options}`,
        });
        expect(output).toMatch(/MongoDB is no replica set: .*\n +start mongod with --replSet/);
        expect(code).toBe(1);
      }
    } finally {
      await mongod.stop();
    }
  }, 200_000);
});

/** Empty values unset. */
const withoutLogin = (): Variables => ({
  KAFKA_SASL_MECHANISM: "",
  KAFKA_SASL_USERNAME: "",
  KAFKA_SASL_PASSWORD: "",
});

async function deliver(path: string): Promise<void> {
  const workspace = await services.createWorkspace();
  await workspace.createWebhook({ url: receiver.url(path) });
  const event = anEvent();
  await workspace.send(event);
  const [request] = await receiver.waitFor((requests) => requests.length === 1, { path });
  expect(readEvents(request!)).toEqual([event]);
  await eventually(
    async () => {
      const log = await workspace.api.ask<{ data: readonly { status: string }[] }>("GET", "/v1/deliveries");
      return log.data.some(({ status }) => status === "delivered");
    },
    { deadlineMs: 30_000, what: "the delivery in the log" },
  );
}

/** Starts one more process of a service, as itself but for these variables, and awaits its end. */
async function tryStart(name: ServiceName, variables: Variables): Promise<Ended> {
  const own = { ...loginAs(name), ...databaseAs(name), KAFKA_TLS_CERT_FILE: "", KAFKA_TLS_KEY_FILE: "" };
  const process = await services.another(name, { ...own, ...variables });
  process.spawn();
  const late = setTimeout(() => void process.kill9(), START_LIMIT_MS);
  const code = await process.exited;
  clearTimeout(late);
  return { code, output: process.lines.join("\n") };
}

/** A command of operators, as the user of its name, with a service's way into the database. */
const runCommand = (name: "add-partitions" | "after-restore", ...args: readonly string[]): Promise<Ended> =>
  runNode([`infra/docker/${name}.mjs`, ...args], {
    ...loginAs(name),
    ...databaseAs("health-monitor"),
    HOOKLANE_TOPIC_PREFIX: PREFIX,
    MONGODB_DATABASE: PREFIX,
  });

async function setCleanupPolicy(topic: string, value: string): Promise<void> {
  const type = kafkajs.ConfigResourceTypes.TOPIC;
  const configEntries = [
    { name: "cleanup.policy", value },
    { name: "max.message.bytes", value: String(2 * 1024 * 1024) },
  ];
  await admin.alterConfigs({ validateOnly: false, resources: [{ type, name: topic, configEntries }] });
}
