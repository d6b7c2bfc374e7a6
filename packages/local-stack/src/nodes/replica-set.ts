import { mongo } from "mongoose";

const REPLICA_SET = "rs0";

/** The server's own codes for "no configuration yet" and "has one already". */
const NOT_YET_INITIALIZED = 94;
const ALREADY_INITIALIZED = 23;

/** How clients reach a MongoDB node of ours. `directConnection` spares them the search for other members. */
export function toMongodbUri(port: number): string {
  return `mongodb://127.0.0.1:${port}/?replicaSet=${REPLICA_SET}&directConnection=true`;
}

/**
 * One step towards a primary: makes the replica set when there is none, gives its member the present address when the port
 * was another one last time, and tells whether the node is primary by now.
 */
export async function ensureReplicaSet(uri: string, address: string): Promise<boolean> {
  // Without the set's name, because a node without configuration belongs to none.
  const client = new mongo.MongoClient(uri.replace(`replicaSet=${REPLICA_SET}&`, ""), {
    serverSelectionTimeoutMS: 1_000,
    connectTimeoutMS: 1_000,
  });
  try {
    const admin = client.db("admin");
    const config = await readConfig(admin);
    if (config === undefined) await initiate(admin, address);
    else if (config.members[0]?.host !== address) await moveMember(admin, config, address);
    const hello = await admin.command({ hello: 1 });
    return hello.isWritablePrimary === true;
  } finally {
    await client.close();
  }
}

interface ReplicaSetConfig {
  readonly _id: string;
  readonly version: number;
  readonly members: readonly { readonly _id: number; readonly host: string }[];
}

async function readConfig(admin: mongo.Db): Promise<ReplicaSetConfig | undefined> {
  try {
    const reply = await admin.command({ replSetGetConfig: 1 });
    return reply.config as ReplicaSetConfig;
  } catch (error) {
    if (hasCode(error, NOT_YET_INITIALIZED)) return undefined;
    throw error;
  }
}

async function initiate(admin: mongo.Db, address: string): Promise<void> {
  try {
    const config = { _id: REPLICA_SET, members: [{ _id: 0, host: address }] };
    await admin.command({ replSetInitiate: config });
  } catch (error) {
    if (!hasCode(error, ALREADY_INITIALIZED)) throw error;
  }
}

/** Forced, because a node whose address is not in its configuration has no primary that could change it in order. */
async function moveMember(admin: mongo.Db, config: ReplicaSetConfig, address: string): Promise<void> {
  const [member] = config.members;
  const moved = { ...config, version: config.version + 1, members: [{ ...member, _id: 0, host: address }] };
  await admin.command({ replSetReconfig: moved, force: true });
}

function hasCode(error: unknown, code: number): boolean {
  return error instanceof mongo.MongoServerError && error.code === code;
}
