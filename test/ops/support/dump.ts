import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mongo } from "mongoose";

/** Written at once when a collection is put back. */
const INSERTED_AT_ONCE = 500;

interface Metadata {
  readonly indexes: readonly mongo.IndexDescriptionInfo[];
}

/**
 * What `mongodump` writes, in its files: `<collection>.bson` with the documents one after the other, and
 * `<collection>.metadata.json` with the indexes. All of it is of one moment, as `--oplog` makes it there, here by reading
 * in one snapshot.
 *
 * @returns documents written
 */
export async function dumpDatabase(uri: string, database: string, dir: string): Promise<number> {
  mkdirSync(dir, { recursive: true });
  const client = new mongo.MongoClient(uri);
  try {
    const db = client.db(database);
    const found = await db.listCollections({ type: "collection" }, { nameOnly: true }).toArray();
    const names = found.map(({ name }) => name).filter((name) => !name.startsWith("system."));
    let documents = 0;
    await client.withSession({ snapshot: true }, async (session) => {
      for (const name of names) {
        const file = join(dir, `${name}.bson`);
        writeFileSync(file, "");
        const cursor = db.collection(name).find({}, { raw: true, session });
        for await (const bytes of cursor) {
          appendFileSync(file, bytes as unknown as Buffer);
          documents++;
        }
      }
    });
    for (const name of names) {
      const indexes = await db.collection(name).indexes();
      const text = mongo.BSON.EJSON.stringify({ indexes });
      writeFileSync(join(dir, `${name}.metadata.json`), text);
    }
    return documents;
  } finally {
    await client.close();
  }
}

/** As `mongorestore --drop` does: what is there now goes, and everything of the dump comes, byte for byte. */
export async function restoreDatabase(uri: string, database: string, dir: string): Promise<void> {
  const client = new mongo.MongoClient(uri);
  try {
    const db = client.db(database);
    await db.dropDatabase();
    const files = readdirSync(dir).filter((name) => name.endsWith(".bson"));
    await Promise.all(files.map((file) => restoreCollection(db, dir, file.slice(0, -".bson".length))));
  } finally {
    await client.close();
  }
}

async function restoreCollection(db: mongo.Db, dir: string, name: string): Promise<void> {
  const collection = await db.createCollection(name);
  const text = readFileSync(join(dir, `${name}.metadata.json`), "utf8");
  const { indexes } = mongo.BSON.EJSON.parse(text) as Metadata;
  const own = indexes.filter((index) => index.name !== "_id_");
  if (own.length > 0) await collection.createIndexes([...own]);
  const documents = [...readDocuments(readFileSync(join(dir, `${name}.bson`)))];
  for (let from = 0; from < documents.length; from += INSERTED_AT_ONCE) {
    await collection.insertMany(documents.slice(from, from + INSERTED_AT_ONCE), {
      writeConcern: { w: "majority", journal: true },
    });
  }
}

/** Every document begins with its length. */
function* readDocuments(bytes: Buffer): Generator<mongo.Document> {
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readInt32LE(at);
    // Numbers stay what they are: a long stays a long, a double a double.
    yield mongo.BSON.deserialize(bytes.subarray(at, at + length), {
      promoteValues: false,
      promoteLongs: false,
      bsonRegExp: true,
    });
    at += length;
  }
}
