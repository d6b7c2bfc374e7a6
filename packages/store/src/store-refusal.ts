import { mongo } from "mongoose";

/**
 * Something about the database, or our way into it, that no waiting mends. `message` says what, `remedy` what to do.
 * Neither holds a password, nor anything else of the URI but hosts.
 */
export class StoreRefusal extends Error {
  override readonly name = "StoreRefusal";
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.remedy = remedy;
  }
}

const AUTHENTICATION_FAILED = 18;
const UNAUTHORIZED = 13;

/**
 * Why the database does not let us in or does not do what it has to, when waiting does not mend it.
 *
 * @returns undefined for everything else
 */
export function toStoreRefusal(error: unknown): StoreRefusal | undefined {
  if (error instanceof StoreRefusal) return error;
  for (const fault of causesOf(error)) {
    const refusal = explain(fault);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** The error, what it wraps, and what the driver last saw of each server. */
function causesOf(error: unknown, depth = 0): readonly unknown[] {
  if (typeof error !== "object" || error === null || depth > 6) return [];
  const { cause, reason, errors } = error as {
    readonly cause?: unknown;
    readonly reason?: unknown;
    readonly errors?: unknown;
  };
  const servers = (reason as { readonly servers?: unknown } | undefined)?.servers;
  const seen =
    servers instanceof Map ? [...(servers as Map<string, { readonly error?: unknown }>).values()] : [];
  return [
    error,
    ...causesOf(cause, depth + 1),
    ...(reason instanceof Error ? causesOf(reason, depth + 1) : []),
    ...(Array.isArray(errors) ? errors.flatMap((each) => causesOf(each, depth + 1)) : []),
    ...seen.flatMap((server) => causesOf(server.error, depth + 1)),
  ];
}

function explain(fault: unknown): StoreRefusal | undefined {
  const { code } = fault as { readonly code?: unknown };
  if (fault instanceof mongo.MongoServerError) return explainAnswer(fault);
  if (fault instanceof mongo.MongoCompatibilityError) {
    return new StoreRefusal(`This MongoDB is too old: ${fault.message}`, "upgrade it to 6.0 or later", {
      cause: fault,
    });
  }
  if (typeof code !== "string") return undefined;
  if (AUTHORITY_UNKNOWN.has(code)) {
    return new StoreRefusal(
      `The certificate of MongoDB is of an authority this service does not know (${code})`,
      "name a file with the certificate of its authority in MONGODB_URI: &tlsCAFile=/path/ca.crt",
      { cause: fault },
    );
  }
  if (/^ERR_SSL_.*_ALERT_(?:.*CERTIFICATE.*|UNKNOWN_CA|DECRYPT_ERROR|ACCESS_DENIED)$/.test(code)) {
    return new StoreRefusal(
      `MongoDB refuses this service's certificate (${code})`,
      "name a file with the certificate and its key in MONGODB_URI: &tlsCertificateKeyFile=/path/service.pem; renew it if it has expired",
      { cause: fault },
    );
  }
  const known = BY_CODE[code];
  return known && new StoreRefusal(known.message, known.remedy, { cause: fault });
}

function explainAnswer(fault: mongo.MongoServerError): StoreRefusal | undefined {
  if (fault.code === AUTHENTICATION_FAILED) {
    return new StoreRefusal(
      "MongoDB refuses the user or the password of MONGODB_URI",
      "set both as the database has them, special characters percent-encoded, and &authSource= to the database the user was made in (often admin)",
      { cause: fault },
    );
  }
  if (fault.code === UNAUTHORIZED) {
    return new StoreRefusal(
      // The command itself follows in the server's text, with what it was to write.
      `MongoDB does not allow it: ${fault.message.slice(0, 120)}`,
      "give the user of MONGODB_URI the role in docs/operations-security.md; without a user in it, name one",
      { cause: fault },
    );
  }
  return undefined;
}

const AUTHORITY_UNKNOWN: ReadonlySet<string> = new Set([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_SIGNATURE_FAILURE",
]);

const BY_CODE: Readonly<Record<string, { readonly message: string; readonly remedy: string }>> = {
  CERT_HAS_EXPIRED: { message: "The certificate of MongoDB has expired", remedy: "renew it on the servers" },
  CERT_NOT_YET_VALID: {
    message: "The certificate of MongoDB is not valid yet",
    remedy: "compare the clocks of this machine and of whoever issued it",
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    message: "The certificate of MongoDB is not for the name it is reached by",
    remedy:
      "name the hosts in MONGODB_URI and in the replica set's configuration as the certificates do, or have the certificates name them (subjectAltName)",
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    message: "MongoDB does not speak TLS at the port of MONGODB_URI",
    remedy: "take tls=true out of it, or have the servers speak TLS (net.tls.mode)",
  },
};

/** Of MongoDB 6.0. */
const WIRE_VERSION_MIN = 17;

/**
 * Change streams and transactions need a replica set; a sharded cluster is reached by a router that says so.
 *
 * @param hello what the server says of itself
 * @throws StoreRefusal
 */
export function assertReplicaSet(hello: {
  readonly setName?: unknown;
  readonly msg?: unknown;
  readonly maxWireVersion?: unknown;
}): void {
  if (Number(hello.maxWireVersion) < WIRE_VERSION_MIN) {
    throw new StoreRefusal("This MongoDB is older than 6.0", "upgrade it, one major version after the other");
  }
  if (hello.setName !== undefined || hello.msg === "isdbgrid") return;
  throw new StoreRefusal(
    "MongoDB is no replica set: change streams and transactions need one, of one member at least",
    "start mongod with --replSet rs0, run rs.initiate() once, and put replicaSet=rs0 into MONGODB_URI",
  );
}
