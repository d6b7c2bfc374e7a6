import { connect as connectTls } from "node:tls";
import { mongo } from "mongoose";
import { assertReplicaSet, StoreRefusal, toStoreRefusal } from "./store-refusal.js";

/** Time for a look at a server, milliseconds. */
const LOOK_LIMIT_MS = 2_000;

/**
 * Why no primary was found, when waiting does not mend it. Some faults the driver only shows as time that has passed: a
 * server that is no replica set, TLS spoken to one without it or the other way round. Then the first host is looked at.
 *
 * @returns undefined for everything else
 */
export async function toConnectionRefusal(error: unknown, uri: string): Promise<StoreRefusal | undefined> {
  const known = toStoreRefusal(error);
  if (known !== undefined) return known;
  // The driver's words about a URI it cannot read hold pieces of it, passwords too.
  if (isParseError(error)) {
    return new StoreRefusal(
      "MONGODB_URI cannot be read",
      "compare it with MongoDB's connection string format",
    );
  }
  const { hosts, tls, replicaSet } = new mongo.MongoClient(uri).options;
  const [address] = hosts;
  if (address?.host === undefined || address.port === undefined) return undefined;
  const place = { host: address.host, port: address.port };
  const plain = await sayHello(place, uri, false);
  if (tls && plain !== undefined) {
    return new StoreRefusal(
      `MongoDB at ${address.toString()} does not speak TLS`,
      "take tls=true out of MONGODB_URI, or have the servers speak TLS (net.tls.mode)",
      { cause: error },
    );
  }
  if (!tls && plain === undefined && (await speaksTls(place))) {
    return new StoreRefusal(
      `MongoDB at ${address.toString()} speaks TLS only`,
      "put tls=true into MONGODB_URI, and &tlsCAFile=/path/ca.crt where its authority is your own",
      { cause: error },
    );
  }
  const hello = tls ? await sayHello(place, uri, true) : plain;
  return hello && toHelloRefusal(hello, replicaSet);
}

function isParseError(error: unknown): boolean {
  return error instanceof mongo.MongoParseError || error instanceof mongo.MongoInvalidArgumentError;
}

function toHelloRefusal(hello: mongo.Document, replicaSet: string | undefined): StoreRefusal | undefined {
  // Started as a member, and not initiated: it may be under way.
  if (hello.isreplicaset === true) return undefined;
  try {
    assertReplicaSet(hello);
  } catch (refusal) {
    return toStoreRefusal(refusal);
  }
  if (replicaSet === undefined || hello.setName === undefined || hello.setName === replicaSet)
    return undefined;
  return new StoreRefusal(
    `The replica set is called ${String(hello.setName)}, and not ${replicaSet}`,
    `put replicaSet=${String(hello.setName)} into MONGODB_URI`,
  );
}

interface Place {
  readonly host: string;
  readonly port: number;
}

/** Asks one server who it is, which needs no login. @returns undefined when it does not answer */
async function sayHello(
  { host, port }: Place,
  uri: string,
  tls: boolean,
): Promise<mongo.Document | undefined> {
  const { tlsCAFile, tlsCertificateKeyFile } = new mongo.MongoClient(uri).options;
  const name = host.includes(":") ? `[${host}]` : host;
  const client = new mongo.MongoClient(`mongodb://${name}:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: LOOK_LIMIT_MS,
    ...(tls && { tls }),
    ...(tls && tlsCAFile !== undefined && { tlsCAFile }),
    ...(tls && tlsCertificateKeyFile !== undefined && { tlsCertificateKeyFile }),
  });
  try {
    return await client.db("admin").command({ hello: 1 });
  } catch {
    return undefined;
  } finally {
    await client.close();
  }
}

/** Only whether it speaks TLS: nothing is sent, so it need not be who it says. */
function speaksTls(place: Place): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTls({ ...place, rejectUnauthorized: false, timeout: LOOK_LIMIT_MS }, () =>
      end(true),
    );
    const end = (isTls: boolean) => {
      socket.destroy();
      resolve(isTls);
    };
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
    socket.once("close", () => end(false));
  });
}
