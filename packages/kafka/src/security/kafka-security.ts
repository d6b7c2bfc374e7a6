import type { SASLOptions } from "kafkajs";

/** TLS to the brokers. The files are PEM; they are read again for every new connection. */
export interface KafkaTls {
  /** Authority of the brokers' certificates; without it, Node's own. */
  readonly caFile?: string | undefined;
  /** What this client shows, with {@link keyFile}; without it, nothing. */
  readonly certFile?: string | undefined;
  /** Without a passphrase. */
  readonly keyFile?: string | undefined;
}

/** A login. */
export interface KafkaSasl {
  readonly mechanism: "plain" | "scram-sha-256" | "scram-sha-512";
  readonly username: string;
  readonly password: string;
}

/** How connections to the brokers are protected; without either, not at all. */
export interface KafkaSecurity {
  readonly tls?: KafkaTls | undefined;
  readonly sasl?: KafkaSasl | undefined;
}

/** A copy for each client, as kafkajs writes into it. */
export function toSaslOptions({ mechanism, username, password }: KafkaSasl): SASLOptions {
  return { mechanism, username, password };
}
