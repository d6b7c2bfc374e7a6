import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeTestCertificate } from "@hooklane/testing";
import { afterAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { describeConfig } from "./describe-config.js";
import { commonConfig } from "./fragments.js";
import { kafkaAccess } from "./kafka-access.js";
import { loadConfig, type Environment } from "./load-config.js";

const schema = z.object(commonConfig);
const minimal = { KAFKA_BROKERS: "kafka:9092", MONGODB_URI: "mongodb://mongodb/?replicaSet=rs0" };

const dir = mkdtempSync(join(tmpdir(), "hooklane-config-"));
afterAll(() => rmSync(dir, { recursive: true }));
const write = (name: string, text: string) => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};
const [one, other] = [
  makeTestCertificate({ commonName: "one" }),
  makeTestCertificate({ commonName: "other" }),
];
const cert = write("one.crt", one.certificate);
const key = write("one.key", one.privateKey);
const otherKey = write("other.key", other.privateKey);
const notPem = write("text", "-----BEGIN PRIVATE KEY-----\nhush-hush\n-----END PRIVATE KEY-----\n");

function faultsOf(env: Environment): readonly string[] {
  try {
    loadConfig(schema, { ...minimal, ...env });
  } catch (error) {
    return (error as Error).message.split("\n").slice(1);
  }
  return [];
}

describe("the protection of connections to Kafka", () => {
  test("is off unless it is asked for", () => {
    expect(kafkaAccess(loadConfig(schema, minimal))).toEqual({ brokers: ["kafka:9092"], security: {} });
  });

  test("is read from variables every service has, and shows no password", () => {
    const config = loadConfig(schema, {
      ...minimal,
      KAFKA_TLS: "true",
      KAFKA_TLS_CA_FILE: cert,
      KAFKA_TLS_CERT_FILE: cert,
      KAFKA_TLS_KEY_FILE: key,
      KAFKA_SASL_MECHANISM: "scram-sha-512",
      KAFKA_SASL_USERNAME: "router",
      KAFKA_SASL_PASSWORD: "hush-hush",
    });
    expect(kafkaAccess(config).security).toEqual({
      tls: { caFile: cert, certFile: cert, keyFile: key },
      sasl: { mechanism: "scram-sha-512", username: "router", password: "hush-hush" },
    });
    const shown = describeConfig(schema, config);
    expect(shown).toMatchObject({ KAFKA_SASL_PASSWORDConfigured: true, KAFKA_SASL_USERNAME: "router" });
    expect(JSON.stringify(shown)).not.toContain("hush-hush");
  });

  test("contradictions are told all at once, beside the faults of single variables", () => {
    expect(
      faultsOf({
        KAFKA_BROKERS: "nowhere",
        KAFKA_TLS_CA_FILE: join(dir, "missing"),
        KAFKA_TLS_KEY_FILE: notPem,
        KAFKA_SASL_MECHANISM: "oauth",
        KAFKA_SASL_PASSWORD: "hush-hush",
      }),
    ).toEqual([
      expect.stringContaining('  KAFKA_BROKERS ("nowhere")'),
      expect.stringMatching(
        /^ {2}KAFKA_TLS_CA_FILE \(.*\): cannot be read: there is no such file; expected the path/,
      ),
      expect.stringMatching(
        /^ {2}KAFKA_TLS_KEY_FILE \(.*\): holds no private key that can be read without a passphrase;/,
      ),
      expect.stringMatching(/^ {2}KAFKA_SASL_MECHANISM \("oauth"\)/),
      "  KAFKA_TLS_CA_FILE is set, but KAFKA_TLS is not true: connections would be in the clear",
      "  KAFKA_TLS_KEY_FILE is set, but KAFKA_TLS is not true: connections would be in the clear",
      "  KAFKA_TLS_CERT_FILE is not set, but KAFKA_TLS_KEY_FILE is",
      "  KAFKA_SASL_USERNAME is not set, but KAFKA_SASL_MECHANISM and KAFKA_SASL_PASSWORD are",
    ]);
  });

  test.each<[string, Environment, string]>([
    [
      "a certificate without a key",
      { KAFKA_TLS_CERT_FILE: cert },
      "KAFKA_TLS_KEY_FILE is not set, but KAFKA_TLS_CERT_FILE is",
    ],
    [
      "another one's key",
      { KAFKA_TLS_CERT_FILE: cert, KAFKA_TLS_KEY_FILE: otherKey },
      "KAFKA_TLS_KEY_FILE is not the key of the certificate in KAFKA_TLS_CERT_FILE",
    ],
  ])("%s is refused", (_, env, message) => {
    expect(faultsOf({ KAFKA_TLS: "true", ...env })).toEqual([`  ${message}`]);
  });

  test("a user without a mechanism is refused, and a password appears in no message", () => {
    const faults = faultsOf({ KAFKA_SASL_USERNAME: "router", KAFKA_SASL_PASSWORD: "hush-hush" });
    expect(faults).toEqual([
      "  KAFKA_SASL_MECHANISM is not set, but KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are",
    ]);
    expect(faultsOf({ KAFKA_TLS: "true", KAFKA_TLS_KEY_FILE: notPem }).join()).not.toContain("hush-hush");
  });
});

describe("MONGODB_URI", () => {
  test.each([
    "mongodb://127.0.0.1:27017/?replicaSet=rs0&directConnection=true",
    "mongodb://u:p%40%3A%2F@a:1,b:2,c:3/admin?replicaSet=rs0",
    "mongodb+srv://u:p@cluster.example.org/?retryWrites=true",
    "mongodb://u@h",
    `mongodb://u:p@h/?tls=true&tlsCAFile=${cert}`,
    `mongodb+srv://u:p@h/?tlsCAFile=${cert}`,
  ])("%s is taken", (uri) => {
    expect(faultsOf({ MONGODB_URI: uri })).toEqual([]);
  });

  test.each<[string, RegExp]>([
    ["http://h/", /is not a MongoDB URI/],
    ["mongodb://u:hush@hush@h/", /percent-encoded/],
    ["mongodb://u:hush/hush@h/", /percent-encoded/],
    ["mongodb://u:hush:hush@h/", /percent-encoded/],
    ["mongodb://u:hush%hush@h/", /percent-encoded/],
    [
      "mongodb://u:hush@h/?tls=true&tlsCAFile=/nowhere/ca",
      /the tlsCAFile \/nowhere\/ca cannot be read: there is no such file/,
    ],
    [
      `mongodb://u:hush@h/?tlsCAFile=${cert}`,
      /has tlsCAFile, but not tls=true: connections would be in the clear/,
    ],
    [`mongodb://u:hush@h/?tls=true&tlsCertificateKeyFile=${key}`, /holds no certificate/],
  ])("%s is refused, without the password in the message", (uri, message) => {
    const faults = faultsOf({ MONGODB_URI: uri }).join();
    expect(faults).toMatch(message);
    expect(faults).not.toContain("hush");
  });
});
