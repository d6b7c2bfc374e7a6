import { readFileSync } from "node:fs";
import kafkajs, { type Admin } from "kafkajs";
import type { mongo } from "mongoose";

/** A line of the table of Kafka rights in docs/operations-security.md. */
export interface KafkaRight {
  readonly service: string;
  readonly resource: string;
  /** Ends in `*` for a prefix. */
  readonly name: string;
  readonly operations: readonly string[];
}

/** A line of its table of MongoDB rights, of every service it is for. */
export interface MongodbRight {
  readonly services: readonly string[];
  readonly collections: readonly string[];
  readonly actions: readonly string[];
}

const DOCUMENT = new URL("../../../docs/operations-security.md", import.meta.url);
const SERVICES = ["subscription-api", "event-ingestor", "router", "dispatcher", "health-monitor"];

/** @throws Error when the document has no such table */
export function readKafkaRights(): readonly KafkaRight[] {
  return readTable("service").map(([service = "", resource = "", name = "", operations = ""]) => ({
    service,
    resource,
    name: unquote(name),
    operations: operations.split(", "),
  }));
}

/** @throws Error when the document has no such table */
export function readMongodbRights(): readonly MongodbRight[] {
  const named: string[] = [];
  return readTable("services").map(([services = "", collections = "", actions = ""]) => {
    if (collections.startsWith("`")) named.push(...collections.split(", ").map(unquote));
    return {
      services: services === "all" ? SERVICES : services.split(", "),
      collections: toCollections(collections, named),
      actions: actions.split(", "),
    };
  });
}

function toCollections(cell: string, named: readonly string[]): readonly string[] {
  // The empty name stands for every collection of the database.
  if (cell === "(database)") return [""];
  return cell === "all of the above" ? [...new Set(named)] : cell.split(", ").map(unquote);
}

/** The rows of the table whose first column is called so. */
function readTable(firstColumn: string): readonly (readonly string[])[] {
  const lines = readFileSync(DOCUMENT, "utf8").split("\n").map(toCells);
  const head = lines.findIndex(([first]) => first === firstColumn);
  if (head === -1) throw new Error(`There is no table of ${firstColumn} in ${DOCUMENT.pathname}`);
  const rest = lines.slice(head + 2);
  return rest.slice(
    0,
    rest.findIndex((cells) => cells.length === 0),
  );
}

const toCells = (line: string): readonly string[] =>
  line.startsWith("|")
    ? line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim())
    : [];

const unquote = (text: string) => text.replaceAll("`", "");

const RESOURCES: Readonly<Record<string, kafkajs.AclResourceTypes>> = {
  topic: kafkajs.AclResourceTypes.TOPIC,
  group: kafkajs.AclResourceTypes.GROUP,
};

const OPERATIONS: Readonly<Record<string, kafkajs.AclOperationTypes>> = {
  Read: kafkajs.AclOperationTypes.READ,
  Write: kafkajs.AclOperationTypes.WRITE,
  Create: kafkajs.AclOperationTypes.CREATE,
  Alter: kafkajs.AclOperationTypes.ALTER,
  Delete: kafkajs.AclOperationTypes.DELETE,
  Describe: kafkajs.AclOperationTypes.DESCRIBE,
  DescribeConfigs: kafkajs.AclOperationTypes.DESCRIBE_CONFIGS,
};

/** Grants every line of the table, to the user and to the certificate of that name, and nothing else. */
export async function grantKafkaRights(admin: Admin): Promise<void> {
  const acl = readKafkaRights().flatMap(({ service, resource, name, operations }) =>
    operations.flatMap((operation) =>
      [`User:${service}`, `User:CN=${service}`].map((principal) => ({
        principal,
        host: "*",
        resourceType: known(RESOURCES, resource),
        resourceName: name.replace(/\*$/, ""),
        resourcePatternType: name.endsWith("*")
          ? kafkajs.ResourcePatternTypes.PREFIXED
          : kafkajs.ResourcePatternTypes.LITERAL,
        operation: known(OPERATIONS, operation),
        permissionType: kafkajs.AclPermissionTypes.ALLOW,
      })),
    ),
  );
  await admin.createAcls({ acl });
}

function known<T>(numbers: Readonly<Record<string, T>>, word: string): T {
  const number = numbers[word];
  if (number === undefined) throw new Error(`${word} is nothing Kafka knows`);
  return number;
}

/** Makes a user and a role for each service, with the rights of the table, and one without any. */
export async function makeMongodbUsers(db: mongo.Db, passwordOf: (user: string) => string): Promise<void> {
  const rights = readMongodbRights();
  for (const service of SERVICES) {
    const privileges = rights
      .filter(({ services }) => services.includes(service))
      .flatMap(({ collections, actions }) =>
        collections.map((collection) => ({ resource: { db: db.databaseName, collection }, actions })),
      );
    await db.command({ createRole: service, privileges, roles: [] });
    await db.command({ createUser: service, pwd: passwordOf(service), roles: [service] });
  }
  await db.command({ createUser: "nobody", pwd: passwordOf("nobody"), roles: [] });
}
