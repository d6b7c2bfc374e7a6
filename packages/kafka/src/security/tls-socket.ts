import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { connect, type ConnectionOptions } from "node:tls";
import type { ISocketFactory } from "kafkajs";
import type { KafkaLog } from "../log.js";
import type { KafkaTls } from "./kafka-security.js";

/** As kafkajs has it for its own sockets. */
const KEEP_ALIVE_DELAY_MS = 60_000;

/**
 * Makes the sockets of a client that speaks TLS. Certificates are renewed while services run, so each new connection uses
 * the files as they are then; with one that cannot be read, what was read before.
 *
 * @throws when the files cannot be read the first time
 */
export function createTlsSockets(tls: KafkaTls, logger: KafkaLog): ISocketFactory {
  let read: ConnectionOptions | undefined;
  const readAgain = (): ConnectionOptions => {
    try {
      return (read = readFiles(tls));
    } catch (err) {
      if (read === undefined) throw err;
      logger.warn({ err }, "kafka.certificates_not_read");
      return read;
    }
  };
  return ({ host, port, onConnect }) => {
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ ...readAgain(), ...name, host, port }, onConnect);
    socket.setKeepAlive(true, KEEP_ALIVE_DELAY_MS);
    return socket;
  };
}

function readFiles({ caFile, certFile, keyFile }: KafkaTls): ConnectionOptions {
  return {
    ...(caFile !== undefined && { ca: readFileSync(caFile) }),
    ...(certFile !== undefined && { cert: readFileSync(certFile) }),
    ...(keyFile !== undefined && { key: readFileSync(keyFile) }),
  };
}
