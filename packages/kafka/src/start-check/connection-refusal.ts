import type { KafkaClient } from "../connection.js";
import { KafkaRefusal } from "./kafka-refusal.js";

interface Fault {
  readonly name?: string;
  readonly type?: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly message?: string;
}

type Where = Pick<KafkaClient, "brokers" | "security">;
type Explain = (where: Where, fault: Fault) => KafkaRefusal;

/**
 * Why the brokers do not let us in, when waiting does not mend it: a login or a certificate. By name, protocol type and
 * code, never by text.
 *
 * @returns undefined for everything else
 */
export function toConnectionRefusal(error: unknown, where: Where): KafkaRefusal | undefined {
  if (error instanceof KafkaRefusal) return error;
  let fault = error as Fault | undefined | null;
  for (let depth = 0; fault !== null && typeof fault === "object" && depth < 10; depth++) {
    const explain = findExplanation(fault);
    if (explain !== undefined) return explain(where, fault);
    fault = fault.cause as Fault | undefined | null;
  }
  return undefined;
}

function findExplanation({ name, type, code }: Fault): Explain | undefined {
  const known = BY_TYPE[type ?? ""] ?? BY_TYPE[name ?? ""];
  if (known !== undefined || typeof code !== "string") return known;
  if (AUTHORITY_UNKNOWN.has(code)) return authorityUnknown;
  // The broker's alerts about what we showed it, such as ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED.
  if (/^ERR_SSL_.*_ALERT_(?:.*CERTIFICATE.*|UNKNOWN_CA|DECRYPT_ERROR|ACCESS_DENIED)$/.test(code))
    return certificateRefused;
  return BY_CODE[code];
}

const AUTHORITY_UNKNOWN: ReadonlySet<string> = new Set([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_SIGNATURE_FAILURE",
]);

const at = ({ brokers }: Where) => brokers.join(",");

const loginRefused: Explain = ({ brokers, security }, fault) =>
  new KafkaRefusal(
    `Kafka (${brokers.join(",")}) refuses the login of the user ${security.sasl?.username ?? "?"} by ${security.sasl?.mechanism ?? "?"}: ${fault.message ?? ""}`,
    "set KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD and KAFKA_SASL_MECHANISM as the brokers have them, then restart",
    { cause: fault },
  );

const authorityUnknown: Explain = (where, fault) =>
  new KafkaRefusal(
    `The certificate of Kafka (${at(where)}) is of an authority this service does not know (${String(fault.code)})`,
    where.security.tls?.caFile === undefined
      ? "set KAFKA_TLS_CA_FILE to a file with the certificate of the brokers' authority"
      : `put the certificate of the brokers' authority into ${where.security.tls.caFile} (KAFKA_TLS_CA_FILE)`,
    { cause: fault },
  );

const certificateRefused: Explain = (where, fault) =>
  new KafkaRefusal(
    `Kafka (${at(where)}) refuses this service's certificate (${String(fault.code)})`,
    where.security.tls?.certFile === undefined
      ? "set KAFKA_TLS_CERT_FILE and KAFKA_TLS_KEY_FILE: this listener asks for a certificate"
      : `renew ${where.security.tls.certFile} (KAFKA_TLS_CERT_FILE), or have the brokers trust its authority`,
    { cause: fault },
  );

const BY_TYPE: Readonly<Record<string, Explain>> = {
  SASL_AUTHENTICATION_FAILED: loginRefused,
  KafkaJSSASLAuthenticationError: loginRefused,
  UNSUPPORTED_SASL_MECHANISM: loginRefused,
  ILLEGAL_SASL_STATE: (where, fault) =>
    new KafkaRefusal(
      `The listener of Kafka at ${at(where)} takes no login`,
      "unset KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD, or name the port of the listener with SASL in KAFKA_BROKERS",
      { cause: fault },
    ),
};

const BY_CODE: Readonly<Record<string, Explain>> = {
  CERT_HAS_EXPIRED: (where, fault) =>
    new KafkaRefusal(`The certificate of Kafka (${at(where)}) has expired`, "renew it on the brokers", {
      cause: fault,
    }),
  CERT_NOT_YET_VALID: (where, fault) =>
    new KafkaRefusal(
      `The certificate of Kafka (${at(where)}) is not valid yet`,
      "compare the clocks of this machine and of whoever issued it",
      { cause: fault },
    ),
  ERR_TLS_CERT_ALTNAME_INVALID: (_where, fault) =>
    new KafkaRefusal(
      `The certificate of Kafka is not for the name it is reached by: ${fault.message ?? ""}`,
      "name the brokers in KAFKA_BROKERS and in their advertised.listeners as their certificates do, or have the certificates name them (subjectAltName)",
      { cause: fault },
    ),
  ERR_SSL_WRONG_VERSION_NUMBER: (where, fault) =>
    new KafkaRefusal(
      `The listener of Kafka at ${at(where)} does not speak TLS`,
      "set KAFKA_TLS=false, or name the port of the listener with TLS in KAFKA_BROKERS",
      { cause: fault },
    ),
};
