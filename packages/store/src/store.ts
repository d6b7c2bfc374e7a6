import mongoose from "mongoose";
import { toConnectionRefusal } from "./connection-refusal.js";
import { DocumentSecrets } from "./secrets/document-secrets.js";
import type { SecretKey } from "./secrets/secret-key.js";
import { settledOrLate } from "./settled-or-late.js";
import { assertReplicaSet } from "./store-refusal.js";
import { WORKSPACES } from "./workspaces/workspace.js";

/** What the adapter logs through; pino's Logger fits. */
export interface StoreLogger {
  info(fields: object, event: string): void;
  warn(fields: object, event: string): void;
  error(fields: object, event: string): void;
}

/** One connection pool to the database of one installation. Repositories are made on it. */
export interface Store {
  readonly db: mongoose.Connection;
  /** Seals what is stored, opens what is read. */
  readonly secrets: DocumentSecrets;
  /** Asks the primary for an answer. @throws when none comes within the server selection timeout (5 s) */
  ping(): Promise<void>;
  /** Idempotent. Takes 2 s at most, whatever the database does. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** `mongodb://…`; a replica set, as change streams and transactions are used. */
  readonly uri: string;
  readonly database: string;
  readonly logger?: StoreLogger;
  /** What secrets are sealed with: the first one writes, all read. Default: none, see {@link DocumentSecrets}. */
  readonly secretKeys?: readonly SecretKey[];
  /** Sockets at most (default 20). */
  readonly maxPoolSize?: number;
}

const CLOSE_LIMIT_MS = 2_000;

/**
 * Connects. Every write waits for the majority and its journal, so that what was acknowledged survives the loss of a
 * node (architecture.md §1.4).
 *
 * @throws StoreRefusal for what waiting does not mend: a login, a certificate, no replica set
 * @throws when no primary answers within 5 s
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { uri, database, logger, secretKeys = [], maxPoolSize = 20 } = options;
  const db = mongoose.createConnection(uri, {
    dbName: database,
    serverSelectionTimeoutMS: 5_000,
    maxPoolSize,
    w: "majority",
    journal: true,
    readConcernLevel: "majority",
    ignoreUndefined: true,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
  });
  let isClosing = false;
  db.on("disconnected", () => {
    if (!isClosing) logger?.warn({}, "store.disconnected");
  });
  db.on("reconnected", () => logger?.info({}, "store.reconnected"));
  try {
    await db.asPromise();
    await assertUsable(db);
  } catch (error) {
    await db.destroy();
    throw (await toConnectionRefusal(error, uri)) ?? error;
  }
  return {
    db,
    secrets: new DocumentSecrets(secretKeys),
    ping: async () => {
      await db.getClient().db(database).command({ ping: 1 });
    },
    close: () => {
      isClosing = true;
      // The driver says goodbye, and a database that does not answer has it wait.
      return settledOrLate(db.close(), CLOSE_LIMIT_MS);
    },
  };
}

/** A connection stands without a login, and to a server without change streams, too. */
async function assertUsable(db: mongoose.Connection): Promise<void> {
  assertReplicaSet(await db.getClient().db("admin").command({ hello: 1 }));
  // What every service may read.
  await db.collection(WORKSPACES).findOne({}, { projection: { _id: 1 } });
}
