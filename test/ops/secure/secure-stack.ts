import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePorts, findFreeStackPorts, startStack, type StackPorts } from "@hooklane/local-stack";
import { makeTestCertificate, SERVICE_NAMES, type TestCertificate } from "@hooklane/testing";
import { mongo } from "mongoose";
import { makeMongodbUsers } from "./rights.js";

/** The name of everything's first part, and of the database: the table of rights is written for it. */
export const PREFIX = "hooklane";

/** Who logs in: the services, the commands of operators, and somebody without rights. */
const USERS = [...SERVICE_NAMES, "create-topics", "add-partitions", "after-restore", "nobody"] as const;

/** A real Kafka and MongoDB that let in only who they know, with certificates of an authority of their own. */
export interface SecureStack {
  /** Of Kafka's listeners, `127.0.0.1:<port>`. `open` is for who runs the stack, and may everything. */
  readonly brokers: { readonly open: string; readonly login: string; readonly certificate: string };
  readonly ca: string;
  /** The authority of somebody else. */
  readonly foreignCa: string;
  readonly mongodbPort: number;
  readonly mongodbPid: string;
  passwordOf(user: string): string;
  /** The certificate and key a client shows. */
  clientFiles(name: string): { readonly cert: string; readonly key: string };
  /** As somebody who may everything. */
  readonly adminUri: string;
  stop(): Promise<void>;
}

/** Starts it; about ten seconds. Programs of this machine only. */
export async function startSecureStack(): Promise<SecureStack> {
  const dir = mkdtempSync(join(tmpdir(), "hooklane-secure-"));
  const passwords = new Map<string, string>();
  const passwordOf = (user: string): string => {
    const password = passwords.get(user) ?? randomBytes(12).toString("hex");
    passwords.set(user, password);
    return password;
  };
  const write = (name: string, text: string, mode = 0o600): string => {
    writeFileSync(join(dir, name), text, { mode });
    return join(dir, name);
  };
  const authority = makeTestCertificate({ commonName: "authority" });
  const server = makeTestCertificate({ commonName: "server", issuer: authority, hosts: ["127.0.0.1"] });
  const ca = write("ca.crt", authority.certificate);
  const [login = 0, certificate = 0] = await findFreePorts(2);
  const ports = await findFreeStackPorts();
  const adminUri = `mongodb://admin:${passwordOf("admin")}@127.0.0.1:${ports.mongodb}/?replicaSet=rs0&directConnection=true&authSource=admin&tls=true&tlsCAFile=${ca}`;
  try {
    await initiateMongodb(dir, ports, passwordOf);
    const stack = await startStack({
      dir,
      ports,
      security: {
        kafkaSettings: toKafkaSettings(ports, { login, certificate }, { authority, server }),
        kafkaFormatArguments: USERS.flatMap((user) => [
          "--add-scram",
          `SCRAM-SHA-512=[name=${user},password=${passwordOf(user)}]`,
        ]),
        mongodArguments: [
          ...["--tlsMode", "requireTLS", "--tlsAllowConnectionsWithoutCertificates", "--tlsCAFile", ca],
          ...["--tlsCertificateKeyFile", write("server.pem", server.privateKey + server.certificate)],
          ...["--auth", "--keyFile", write("keyfile", randomBytes(96).toString("base64"))],
        ],
        mongodbUri: adminUri,
      },
    });
    return {
      brokers: {
        open: stack.kafkaBrokers,
        login: `127.0.0.1:${login}`,
        certificate: `127.0.0.1:${certificate}`,
      },
      ca,
      foreignCa: write("foreign.crt", makeTestCertificate({ commonName: "somebody else" }).certificate),
      mongodbPort: ports.mongodb,
      mongodbPid: join(dir, "mongodb", "pid.json"),
      passwordOf,
      clientFiles: (name) => {
        const client = makeTestCertificate({ commonName: name, issuer: authority });
        return {
          cert: write(`${name}.crt`, client.certificate),
          key: write(`${name}.key`, client.privateKey),
        };
      },
      adminUri,
      stop: async () => {
        await stack.stop();
        rmSync(dir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
}

/** The replica set and the users, while the database is open: with logins on, nobody is there who could make the first. */
async function initiateMongodb(
  dir: string,
  ports: StackPorts,
  passwordOf: (user: string) => string,
): Promise<void> {
  const open = await startStack({ dir, ports, given: { kafkaBrokers: "none" } });
  const client = new mongo.MongoClient(open.mongodbUri);
  try {
    await client.db("admin").command({ createUser: "admin", pwd: passwordOf("admin"), roles: ["root"] });
    await makeMongodbUsers(client.db(PREFIX), passwordOf);
  } finally {
    await client.close();
    await open.stop();
  }
}

/** Listeners with a login over TLS and with certificates, beside the open one; rights are looked at on all of them. */
function toKafkaSettings(
  { kafka, kafkaController }: StackPorts,
  { login, certificate }: { readonly login: number; readonly certificate: number },
  { authority, server }: { readonly authority: TestCertificate; readonly server: TestCertificate },
): Readonly<Record<string, string>> {
  const clients = `PLAINTEXT://127.0.0.1:${kafka},LOGIN://127.0.0.1:${login},CERTIFICATE://127.0.0.1:${certificate}`;
  return {
    listeners: `${clients},CONTROLLER://127.0.0.1:${kafkaController}`,
    "advertised.listeners": clients,
    "listener.security.protocol.map":
      "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,LOGIN:SASL_SSL,CERTIFICATE:SSL",
    "sasl.enabled.mechanisms": "SCRAM-SHA-512",
    "listener.name.login.scram-sha-512.sasl.jaas.config":
      "org.apache.kafka.common.security.scram.ScramLoginModule required;",
    "ssl.keystore.type": "PEM",
    "ssl.keystore.certificate.chain": onOneLine(server.certificate),
    "ssl.keystore.key": onOneLine(server.privateKey),
    "ssl.truststore.type": "PEM",
    "ssl.truststore.certificates": onOneLine(authority.certificate),
    "listener.name.certificate.ssl.client.auth": "required",
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": "User:ANONYMOUS",
  };
}

const onOneLine = (pem: string) => pem.trim().replaceAll("\n", " ");
