import { z } from "zod";
import { splitList } from "./destination-allow.js";
import type { Contradiction, GivenVariables } from "./contradictions.js";
import { isOn, onOff } from "./on-off.js";
import { pairFault, pemFile } from "./pem-file.js";

const brokers = z
  .string()
  .transform((text, context): readonly string[] => {
    const list = splitList(text);
    if (list.length === 0) context.addIssue({ code: "custom", message: "names no broker" });
    for (const broker of list) {
      if (!/^(\[[0-9a-fA-F:]+\]|[^\s:/@]+):([0-9]{1,5})$/.test(broker)) {
        context.addIssue({ code: "custom", message: `${JSON.stringify(broker)} is not host:port` });
      }
    }
    return list;
  })
  .meta({ description: "host:port of one or more Kafka brokers, separated by commas" });

const SASL_MECHANISMS = ["plain", "scram-sha-256", "scram-sha-512"] as const;

/** Variables of whatever speaks to Kafka: where it is, and how connections to it are protected. */
export const kafkaConfig = {
  KAFKA_BROKERS: brokers,
  KAFKA_TLS: onOff(false, "true or false: whether the brokers' listeners speak TLS"),
  KAFKA_TLS_CA_FILE: pemFile(
    "certificate",
    "the authority of the brokers' certificates; default: Node's own",
  ),
  KAFKA_TLS_CERT_FILE: pemFile("certificate", "the certificate this service shows to the brokers"),
  KAFKA_TLS_KEY_FILE: pemFile("key", "the key of KAFKA_TLS_CERT_FILE, without a passphrase"),
  KAFKA_SASL_MECHANISM: z
    .enum(SASL_MECHANISMS)
    .optional()
    .meta({ description: `one of ${SASL_MECHANISMS.join(", ")}; without it, no login` }),
  KAFKA_SASL_USERNAME: z.string().optional().meta({ description: "the user of KAFKA_SASL_MECHANISM" }),
  KAFKA_SASL_PASSWORD: z
    .string()
    .optional()
    .meta({ description: "the password of KAFKA_SASL_USERNAME", secret: true }),
} as const;

type KafkaVariables = {
  readonly [Name in keyof typeof kafkaConfig]?: z.output<(typeof kafkaConfig)[Name]> | undefined;
};

/** How connections to Kafka are protected, as the adapter takes it. */
export interface KafkaSecurityVariables {
  readonly tls?: {
    readonly caFile: string | undefined;
    readonly certFile: string | undefined;
    readonly keyFile: string | undefined;
  };
  readonly sasl?: {
    readonly mechanism: (typeof SASL_MECHANISMS)[number];
    readonly username: string;
    readonly password: string;
  };
}

/** Where Kafka is and how to get in: spread into `createKafka({ ...kafkaAccess(config), clientId, logger })`. */
export function kafkaAccess(config: KafkaVariables & { readonly KAFKA_BROKERS: readonly string[] }): {
  readonly brokers: readonly string[];
  readonly security: KafkaSecurityVariables;
} {
  return { brokers: config.KAFKA_BROKERS, security: kafkaSecurity(config) };
}

/** The part of {@link kafkaAccess} beside the brokers. */
export function kafkaSecurity(config: KafkaVariables): KafkaSecurityVariables {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username } = config;
  const password = config.KAFKA_SASL_PASSWORD;
  return {
    ...(config.KAFKA_TLS === true && {
      tls: {
        caFile: config.KAFKA_TLS_CA_FILE,
        certFile: config.KAFKA_TLS_CERT_FILE,
        keyFile: config.KAFKA_TLS_KEY_FILE,
      },
    }),
    ...(mechanism !== undefined &&
      username !== undefined &&
      password !== undefined && { sasl: { mechanism, username, password } }),
  };
}

const TLS_FILES = ["KAFKA_TLS_CA_FILE", "KAFKA_TLS_CERT_FILE", "KAFKA_TLS_KEY_FILE"] as const;
const LOGIN = ["KAFKA_SASL_MECHANISM", "KAFKA_SASL_USERNAME", "KAFKA_SASL_PASSWORD"] as const;

/**
 * Half a protection is a mistake nobody would notice: connections would go on without it. Looks at what was given, not at
 * what was read, so that it is told together with the faults of single variables; what a schema does not have is not
 * among the given.
 */
export function findKafkaContradictions(given: GivenVariables): readonly Contradiction[] {
  const { KAFKA_TLS_CERT_FILE: certificate, KAFKA_TLS_KEY_FILE: key } = given;
  const found: Contradiction[] = [];
  const say = (variable: string, message: string) => void found.push({ variable, message });
  if (!isOn(given.KAFKA_TLS)) {
    for (const name of TLS_FILES) {
      if (given[name] !== undefined)
        say(name, "is set, but KAFKA_TLS is not true: connections would be in the clear");
    }
  }
  if (certificate !== undefined && key === undefined)
    say("KAFKA_TLS_KEY_FILE", "is not set, but KAFKA_TLS_CERT_FILE is");
  if (certificate === undefined && key !== undefined)
    say("KAFKA_TLS_CERT_FILE", "is not set, but KAFKA_TLS_KEY_FILE is");
  const fault = certificate !== undefined && key !== undefined ? pairFault(certificate, key) : undefined;
  if (fault !== undefined) say("KAFKA_TLS_KEY_FILE", `${fault} in KAFKA_TLS_CERT_FILE`);
  const set = LOGIN.filter((name) => given[name] !== undefined);
  if (set.length > 0) {
    for (const name of LOGIN)
      if (given[name] === undefined)
        say(name, `is not set, but ${set.join(" and ")} ${set.length > 1 ? "are" : "is"}`);
  }
  return found;
}
