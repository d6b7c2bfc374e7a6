import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { KafkaClient } from "../connection.js";
import { toKafkaError } from "../errors.js";
import { KafkaRefusal } from "./kafka-refusal.js";

/** Time for a look at a listener, milliseconds. */
const LOOK_LIMIT_MS = 2_000;

/** `ApiVersions`, version 0, correlation id 1, no client id: what every listener answers. Its length stands first. */
const API_VERSIONS = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff]);

/**
 * TLS spoken to a listener without it, or the other way round, looks like a broken connection. Whoever gets none is told
 * which it is: by a look at the first broker, without a login.
 *
 * @returns undefined when it is something else
 */
export async function findWrongProtocol(
  connection: KafkaClient,
  error: unknown,
): Promise<KafkaRefusal | undefined> {
  const { code } = toKafkaError(error);
  const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(connection.brokers[0] ?? "") ?? [];
  if ((code !== "unreachable" && code !== "timed_out") || host === undefined) return undefined;
  const place = { host, port: Number(port) };
  const where = `The listener of Kafka at ${connection.brokers[0] ?? ""}`;
  if (connection.security.tls === undefined) {
    // Only whether it speaks TLS: nothing is sent, so nobody needs to be who they say.
    const isTls = await look((done) => connectTls({ ...place, rejectUnauthorized: false }, done));
    if (!isTls) return undefined;
    return new KafkaRefusal(
      `${where} speaks TLS`,
      "set KAFKA_TLS=true, and KAFKA_TLS_CA_FILE where its authority is your own",
      {
        cause: error,
      },
    );
  }
  const isPlain = await look((done) => {
    const socket = connectPlain(place, () => socket.write(API_VERSIONS));
    return socket.once("data", (answer) => {
      // The answer to our request, not the alert of a listener with TLS.
      if (answer.byteLength >= 8 && answer.readInt32BE(4) === 1) done();
    });
  });
  if (!isPlain) return undefined;
  return new KafkaRefusal(
    `${where} does not speak TLS`,
    "set KAFKA_TLS=false, or name the port of the listener with TLS in KAFKA_BROKERS",
    { cause: error },
  );
}

/** @returns whether `open` said that it is done, before its socket ended or the time was over */
function look(open: (done: () => void) => Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isDone: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(isDone);
    };
    const timer = setTimeout(() => end(false), LOOK_LIMIT_MS);
    const socket = open(() => end(true));
    socket.once("error", () => end(false));
    socket.once("close", () => end(false));
  });
}
