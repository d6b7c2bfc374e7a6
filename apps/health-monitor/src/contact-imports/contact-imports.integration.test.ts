import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { decodeEventsRecord, type RawRecord } from "@hooklane/contracts";
import { asAudienceId, asWorkspaceId, type ContactPatch } from "@hooklane/core";
import type { OutgoingRecord } from "@hooklane/kafka";
import { createLogger, createMetrics } from "@hooklane/service";
import {
  AudienceRepository,
  ContactEvents,
  type ContactImport,
  ContactImportRepository,
  ContactUploads,
  ContactWriter,
  CONTACTS,
  ensureIndexes,
  EVENT_TYPES,
  type EventLog,
  EventTypeRepository,
  IMPORT_ERROR_LINES_MAX,
  ImportErrors,
  type ImportLine,
  ImportLines,
  ImportWriter,
  openStore,
  type Store,
  TagRepository,
  WORKSPACES,
  WorkspaceRepository,
} from "@hooklane/store";
import { eventually } from "@hooklane/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ContactImports } from "./contact-imports.js";
import { createImportMetrics } from "./import-metrics.js";
import { UploadSweeper } from "./upload-sweeper.js";

const LIMIT_MS = 60_000;
const workspaceId = asWorkspaceId("ws_1");
const now = () => new Date();
const never = new AbortController().signal;
const metrics = createImportMetrics(createMetrics("test", { processMetrics: false }));
const logger = createLogger("test", (process.env.TEST_LOG_LEVEL ?? "silent") as "silent");

let store: Store;
let imports: ContactImportRepository;
let uploads: ContactUploads;
let lines: ImportLines;
let errors: ImportErrors;
let audienceId: ReturnType<typeof asAudienceId>;
/** What was put in line, in its order. */
let sent: SentRecord[];

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `imports-${randomUUID().slice(0, 8)}` });
  await ensureIndexes(store);
  imports = new ContactImportRepository(store);
  uploads = new ContactUploads(store);
  lines = new ImportLines(store);
  errors = new ImportErrors(store);
  await raw(WORKSPACES).insertOne({ _id: workspaceId, eventsPartition: 3 });
  await raw(EVENT_TYPES).insertMany(
    ["audience.subscribed", "audience.profile_updated", "contacts.import_finished"].map((type) => ({
      _id: `${workspaceId}:${type}`,
      workspaceId,
      type,
    })),
  );
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

beforeEach(async () => {
  audienceId = asAudienceId(`au_${randomUUID()}`);
  const at = now();
  const audience = {
    _id: audienceId,
    workspaceId,
    name: "Readers",
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  await new AudienceRepository(store).insert(audience);
  await raw("contactEvents").deleteMany({});
  sent = [];
});

const raw = (collection: string) =>
  store.db.collection<{ _id: string; [field: string]: unknown }>(collection);

interface SentRecord {
  readonly id: string;
  readonly type: string;
  readonly event: { readonly data: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
}

function toSent({ value, headers }: OutgoingRecord): SentRecord {
  const meta = Buffer.from(headers?.meta ?? "");
  const decoded = decodeEventsRecord({ value, headers: { meta } } as unknown as RawRecord);
  if (!decoded.ok || decoded.value.meta.kind !== "event") throw new Error("Not an event");
  const body = JSON.parse(Buffer.from(decoded.value.body ?? "").toString()) as SentRecord["event"];
  return { id: decoded.value.meta.recordId, type: decoded.value.meta.type, event: body };
}

/** Routes everything at once, unless it is told otherwise. */
const routed = { find: () => Promise.resolve({}) } as unknown as Pick<EventLog, "find">;

const aWorker = (more: Partial<ConstructorParameters<typeof ContactImports>[0]> = {}) =>
  new ContactImports({
    imports,
    writer: new ImportWriter(store),
    lines,
    contactEvents: new ContactEvents(store),
    eventLog: routed,
    eventTypes: new EventTypeRepository(store),
    audiences: new AudienceRepository(store),
    workspaces: new WorkspaceRepository(store),
    producer: {
      sendAll: (records) => {
        sent.push(...records.map(toSent));
        return Promise.resolve([]);
      },
    },
    eventsTopic: "events.v1",
    owner: randomUUID(),
    metrics,
    logger,
    now,
    ...more,
  });

/** Uploads these chunks and makes an import of them. */
async function anImport(
  chunks: readonly (readonly ImportLine[])[],
  { update = true, tags = [] as readonly string[] } = {},
): Promise<string> {
  const id = `job_${randomUUID()}`;
  await uploads.begin({ id, workspaceId, audienceId, update, tags }, now());
  for (const [number, chunk] of chunks.entries()) await lines.add(id, number, chunk);
  await imports.start(id, { total: chunks.flat().length, chunks: chunks.length }, now());
  return id;
}

const aLine = (line: number, email: string, patch: Pick<ContactPatch, "fields" | "addTags"> = {}) =>
  ({ line, contact: { email, ...patch } }) as ImportLine;

const readJob = async (id: string) => (await imports.find(workspaceId, id))!;

async function untilDone(id: string, ...workers: readonly ContactImports[]): Promise<ContactImport> {
  return eventually(
    async () => {
      await Promise.all(workers.map((worker) => worker.sweep(never)));
      const job = await readJob(id);
      return job.phase === "done" && job;
    },
    { what: "the end of an import", deadlineMs: LIMIT_MS },
  );
}

const contactsOf = () => raw(CONTACTS).find({ audienceId }).sort({ email: 1 }).toArray();
const distinct = () => [...new Map(sent.map((record) => [record.id, record])).values()];

describe("an import", () => {
  test("writes good lines, counts and tells of broken ones, and ends behind every contact's event", async () => {
    await new TagRepository(store).insert({
      workspaceId,
      audienceId,
      name: "vip",
      createdAt: now(),
    });
    const broken: ImportLine = {
      line: 4,
      errors: [{ path: "email", code: "invalid_format", message: "is none" }],
    };
    const id = await anImport(
      [
        [aLine(2, "a@b.c", { fields: { city: "Nice" } }), aLine(3, "b@b.c"), broken],
        [
          aLine(5, "A@b.c", { fields: { city: "Lyon" } }),
          aLine(6, "b@b.c"),
          aLine(7, "c@b.c", { addTags: ["no"] }),
        ],
      ],
      { tags: ["vip"] },
    );
    const job = await untilDone(id, aWorker());
    expect(job).toMatchObject({ status: "completed", added: 2, updated: 1, unchanged: 1, rejected: 2 });
    expect(await contactsOf()).toMatchObject([
      { email: "a@b.c", fields: { city: "Lyon" }, tags: ["vip"] },
      { email: "b@b.c", tags: ["vip"] },
    ]);
    expect((await errors.list(id, { limit: 10 })).map(({ line, path }) => [line, path])).toEqual([
      [4, "email"],
      [7, "tags"],
    ]);
    expect(sent.map(({ type }) => type)).toEqual([
      "audience.subscribed",
      "audience.subscribed",
      "audience.profile_updated",
      "contacts.import_finished",
    ]);
    expect(sent.at(-1)?.event).toMatchObject({
      source: "import",
      data: {
        import: {
          id,
          list: { id: audienceId, name: "Readers" },
          status: "success",
          total: 6,
          added: 2,
          updated: 1,
          rejected: 2,
          error: null,
        },
      },
    });
    expect(await raw("importLines").countDocuments({ importId: id })).toBe(0);
  });

  test("of an address that stands twice in one chunk lets the later line change what the earlier made", async () => {
    const id = await anImport([
      [aLine(2, "a@b.c", { fields: { n: 1 } }), aLine(3, "a@B.c", { fields: { n: 2, m: 1 } })],
    ]);
    expect(await untilDone(id, aWorker())).toMatchObject({ added: 1, updated: 1 });
    expect(await contactsOf()).toMatchObject([{ fields: { n: 2, m: 1 } }]);
  });

  test("that does not update leaves contacts as they are", async () => {
    await new ContactWriter(store).write(
      { _id: audienceId, workspaceId },
      { kind: "add", email: "a@b.c", patch: { fields: { n: 1 } } },
      { source: "api", at: now() },
    );
    const id = await anImport([[aLine(1, "a@b.c", { fields: { n: 2 } }), aLine(2, "b@b.c")]], {
      update: false,
    });
    expect(await untilDone(id, aWorker())).toMatchObject({ added: 1, updated: 0, unchanged: 1, rejected: 0 });
    expect(await contactsOf()).toMatchObject([{ fields: { n: 1 } }, {}]);
  });

  test("keeps why lines were rejected of the first ones only, and counts all", async () => {
    const broken = (line: number): ImportLine => ({
      line,
      errors: [{ path: "email", code: "required", message: "is required" }],
    });
    const id = await anImport([[broken(2), broken(3)], [broken(4)]]);
    const known = IMPORT_ERROR_LINES_MAX - 1;
    await raw("contactImports").updateOne({ _id: id }, { $set: { rejected: known } });
    expect(await untilDone(id, aWorker())).toMatchObject({ rejected: known + 3 });
    expect((await errors.list(id, { limit: 10 })).map(({ line }) => line)).toEqual([2]);
  });

  test("without a line is done at once", async () => {
    const id = await anImport([]);
    expect(await untilDone(id, aWorker())).toMatchObject({ status: "completed", total: 0 });
    expect(distinct()).toHaveLength(1);
  });
});

describe("two workers that take an import from one another", () => {
  const CHUNKS = 30;
  const LINES = 20;
  /** At first; of the order of a chunk's time, so that it is taken away anywhere. */
  const STEAL_MS = 20;

  /** Takes the lease away again and again; more rarely while nothing gets done, as a busy machine takes longer for a chunk. */
  async function steal(id: string, signal: AbortSignal): Promise<void> {
    let pauseMs = STEAL_MS;
    let before = -1;
    while (!signal.aborted) {
      await setTimeout(pauseMs);
      const job = await raw("contactImports").findOneAndUpdate({ _id: id }, { $unset: { lease: "" } });
      const cursor = Number(job?.cursor);
      pauseMs = cursor === before ? pauseMs * 2 : Math.max(STEAL_MS, pauseMs / 2);
      before = cursor;
    }
  }

  test(
    "write each contact once, count it once, and put each event in line once",
    async () => {
      const chunks = Array.from({ length: CHUNKS }, (_, chunk) =>
        Array.from({ length: LINES }, (__, n) => aLine(chunk * LINES + n + 2, `u${chunk}-${n}@b.c`)),
      );
      // Every chunk changes a contact of the first, so that it is seen how often it was written.
      const changing = chunks.map((chunk, number) => [
        ...chunk,
        aLine(1_000_000 + number, "u0-0@b.c", { fields: { [`f${number}`]: 1 } }),
      ]);
      const id = await anImport(changing);
      const end = new AbortController();
      const stolen = steal(id, end.signal);
      const job = await untilDone(id, aWorker(), aWorker()).finally(() => end.abort());
      await stolen;
      expect(job).toMatchObject({
        status: "completed",
        added: CHUNKS * LINES,
        updated: CHUNKS,
        rejected: 0,
        cursor: CHUNKS,
      });
      const contacts = await contactsOf();
      expect(contacts).toHaveLength(CHUNKS * LINES);
      expect(contacts.find(({ email }) => email === "u0-0@b.c")).toMatchObject({ version: CHUNKS + 1 });
      expect(await raw("contactEvents").countDocuments({})).toBe(0);
      const records = distinct();
      expect(records).toHaveLength(CHUNKS * LINES + CHUNKS + 1);
      expect(records.findIndex(({ type }) => type === "contacts.import_finished")).toBe(records.length - 1);
    },
    LIMIT_MS,
  );
});

describe("a worker that dies", () => {
  test("behind a chunk and before its events leaves them to the next, before anything else", async () => {
    const id = await anImport([[aLine(2, "a@b.c")], [aLine(3, "b@b.c")]]);
    const broken = { sendAll: () => Promise.reject(new Error("killed")) };
    await aWorker({ producer: broken }).sweep(never);
    expect(await readJob(id)).toMatchObject({ cursor: 1, added: 1, phase: "writing" });
    expect(sent).toEqual([]);
    await raw("contactImports").updateOne({ _id: id }, { $unset: { lease: "" } });
    await untilDone(id, aWorker());
    expect(sent.map(({ event }) => (event.data.subscriber ?? event.data.import)?.email)).toEqual([
      "a@b.c",
      "b@b.c",
      undefined,
    ]);
  });
});

describe("a worker that is stopped", () => {
  test("lets go of what it has, and another goes on at once", async () => {
    const id = await anImport([[aLine(2, "a@b.c")], [aLine(3, "b@b.c")], [aLine(4, "c@b.c")]]);
    const stop = new AbortController();
    const stopping = {
      sendAll: (records: readonly OutgoingRecord[]) => {
        sent.push(...records.map(toSent));
        stop.abort();
        return Promise.resolve([]);
      },
    };
    await aWorker({ producer: stopping }).sweep(stop.signal);
    expect(await readJob(id)).toMatchObject({ cursor: 1, phase: "writing" });
    await aWorker().sweep(never);
    expect(await readJob(id)).toMatchObject({ added: 3, status: "completed" });
    expect(distinct()).toHaveLength(4);
  });
});

describe("an import whose router is behind", () => {
  test("waits with what it writes, and goes on where it was", async () => {
    let isRouted = false;
    const eventLog = {
      find: () => Promise.resolve(isRouted ? {} : undefined),
    } as unknown as Pick<EventLog, "find">;
    let ms = Date.now();
    // Time goes on with every look at it, so that the turn ends.
    const worker = aWorker({ eventLog, now: () => new Date((ms += 200)) });
    const id = await anImport(Array.from({ length: 5 }, (_, n) => [aLine(n + 2, `u${n}@b.c`)]));
    await worker.sweep(never);
    expect((await readJob(id)).cursor).toBe(2);
    isRouted = true;
    expect(await untilDone(id, worker)).toMatchObject({ added: 5 });
  });
});

describe("an import ends as a failure", () => {
  test("when its audience is deleted meanwhile", async () => {
    const id = await anImport([[aLine(2, "a@b.c")]]);
    const audiences = new AudienceRepository(store);
    await audiences.change(
      workspaceId,
      audienceId,
      undefined,
      (one) => ({ ...one, deletedAt: now() }),
      now(),
    );
    expect(await untilDone(id, aWorker())).toMatchObject({
      status: "failed",
      error: "The audience was deleted.",
      added: 0,
    });
    expect(sent.map(({ event }) => event.data.import)).toMatchObject([
      { status: "failure", error: "The audience was deleted." },
    ]);
    expect(await contactsOf()).toEqual([]);
    expect(await raw("importLines").countDocuments({ importId: id })).toBe(0);
  });

  test("when it is cancelled; what was written stays", async () => {
    const id = await anImport([[aLine(2, "a@b.c")], [aLine(3, "b@b.c")], [aLine(4, "c@b.c")]]);
    const worker = aWorker({
      producer: {
        sendAll: async (records) => {
          sent.push(...records.map(toSent));
          await imports.cancel(workspaceId, id);
          return [];
        },
      },
    });
    const job = await untilDone(id, worker);
    expect(job).toMatchObject({ status: "cancelled", added: 1 });
    expect(await contactsOf()).toHaveLength(1);
    expect(distinct().map(({ type }) => type)).toEqual(["audience.subscribed", "contacts.import_finished"]);
    expect(sent.at(-1)?.event.data.import).toMatchObject({
      status: "failure",
      error: "The import was cancelled.",
    });
    expect(await raw("importLines").countDocuments({ importId: id })).toBe(0);
  });
});

describe("an upload that broke off", () => {
  test("with its process is cleared away after a while, and one in progress is left", async () => {
    const old = { id: `job_${randomUUID()}`, workspaceId, audienceId, update: true, tags: [] };
    await uploads.begin(old, new Date(Date.now() - 3_600_000));
    await lines.add(old.id, 0, [aLine(2, "a@b.c")]);
    const young = { ...old, id: `job_${randomUUID()}` };
    await uploads.begin(young, now());
    await lines.add(young.id, 0, [aLine(2, "a@b.c")]);
    await new UploadSweeper({ uploads, metrics, logger, now }).sweep(never);
    expect(await raw("importLines").countDocuments({ importId: old.id })).toBe(0);
    expect(await raw("importLines").countDocuments({ importId: young.id })).toBe(1);
    expect(await imports.start(old.id, { total: 1, chunks: 1 }, now())).toBeUndefined();
    expect(await imports.start(young.id, { total: 1, chunks: 1 }, now())).toMatchObject({
      status: "running",
    });
    await uploads.discard(young.id);
    expect(await raw("importLines").countDocuments({ importId: young.id })).toBe(1);
    await untilDone(young.id, aWorker());
  });
});
