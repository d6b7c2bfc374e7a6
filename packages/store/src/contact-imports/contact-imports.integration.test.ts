import { randomUUID } from "node:crypto";
import { asAudienceId, asWorkspaceId } from "@hooklane/core";
import { recordPlans } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runAudited } from "../audit/audit-context.js";
import { ensureIndexes } from "../ensure-indexes.js";
import { openStore, type Store } from "../store.js";
import { CONTACT_IMPORTS } from "./contact-import.js";
import { ContactImportRepository } from "./contact-import-repository.js";
import { ContactUploads } from "./contact-uploads.js";
import { ImportErrors } from "./import-errors.js";
import { IMPORT_LINES, ImportLines } from "./import-lines.js";
import { runTransaction } from "../transaction.js";

const at = new Date("2026-01-15T10:00:00Z");
const workspaceId = asWorkspaceId("ws_1");
const audienceId = asAudienceId("au_1");

let store: Store;
let imports: ContactImportRepository;
let uploads: ContactUploads;
let errors: ImportErrors;

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `uploads-${randomUUID().slice(0, 8)}` });
  await ensureIndexes(store);
  imports = new ContactImportRepository(store);
  uploads = new ContactUploads(store);
  errors = new ImportErrors(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

async function anUpload(more: object = {}): Promise<string> {
  const id = `job_${randomUUID()}`;
  await uploads.begin({ id, workspaceId, audienceId, update: true, tags: [], ...more }, at);
  return id;
}

const start = (id: string, total = 1) => imports.start(id, { total, chunks: total }, at);

describe("an upload", () => {
  test("is no import, for nobody, before it is complete", async () => {
    const id = await anUpload();
    expect(await imports.find(workspaceId, id)).toBeUndefined();
    expect(await imports.cancel(workspaceId, id)).toBeUndefined();
    expect((await imports.list(audienceId, { limit: 100 })).map((one) => one.id)).not.toContain(id);
    expect(await imports.listNext(100)).not.toContain(id);
    expect(await imports.claim(id, "hm", 1_000)).toBeUndefined();
  });

  test("becomes an import once, and not when it was discarded", async () => {
    const id = await anUpload();
    const [one, other] = await Promise.all([start(id), start(id)]);
    expect([one, other].filter(Boolean)).toHaveLength(1);
    const discarded = await anUpload();
    await uploads.discard(discarded);
    expect(await start(discarded)).toBeUndefined();
  });

  test("whose discarding broke off is found and cleared away", async () => {
    const id = await anUpload();
    await new ImportLines(store).add(id, 0, [{ line: 1, contact: { email: "a@b.c" } }]);
    await store.db
      .collection<{ _id: string }>(CONTACT_IMPORTS)
      .updateOne({ _id: id }, { $set: { status: "discarded" } });
    expect(await uploads.listStale(new Date(at.getTime() + 1), 100)).toContain(id);
    await uploads.discard(id);
    expect(await store.db.collection(IMPORT_LINES).countDocuments({ importId: id })).toBe(0);
    expect(await uploads.listStale(new Date(at.getTime() + 1), 100)).not.toContain(id);
  });

  test("counts as open until its import is done", async () => {
    const of = asWorkspaceId(`ws_${randomUUID()}`);
    const id = await anUpload({ workspaceId: of });
    expect(await uploads.countOpen(of)).toBe(1);
    await start(id);
    expect(await uploads.countOpen(of)).toBe(1);
    await imports.claim(id, "hm", 1_000);
    await imports.decide(id, "hm", { status: "completed" });
    expect(await uploads.countOpen(of)).toBe(1);
    await imports.finish(id);
    expect(await uploads.countOpen(of)).toBe(0);
  });
});

describe("the end of an import", () => {
  test("is decided once: a cancellation that came first counts, one that comes later does not", async () => {
    const [first, later] = [await anUpload(), await anUpload()];
    for (const id of [first, later]) {
      await start(id);
      await imports.claim(id, "hm", 60_000);
    }
    await imports.cancel(workspaceId, first);
    expect(await imports.decide(first, "hm", { status: "failed", error: "no" })).toMatchObject({
      status: "cancelled",
    });
    expect(await imports.finish(first)).toMatchObject({ status: "cancelled" });
    await imports.decide(later, "hm", { status: "failed", error: "no" });
    expect(await imports.cancel(workspaceId, later)).toMatchObject({ status: "running", phase: "ending" });
    expect(await imports.finish(later)).toMatchObject({ status: "failed", error: "no" });
    expect(await imports.finish(later)).toBeUndefined();
  });

  test("is not decided by who lost it", async () => {
    const id = await anUpload();
    await start(id);
    await imports.claim(id, "one", 0);
    expect(await imports.claim(id, "other", 60_000)).toMatchObject({ isHeld: false });
    expect(await imports.decide(id, "one", { status: "completed" })).toBeUndefined();
    expect(await imports.claim(id, "one", 60_000)).toBeUndefined();
  });

  test("and its beginning are in the audit log, how far it is is not", async () => {
    const id = await anUpload();
    const context = { actor: { kind: "operator" }, operation: "importContacts", requestId: "r1" } as const;
    await runAudited(context, () => start(id));
    await imports.claim(id, "hm", 60_000);
    await runAudited({ ...context, operation: "cancelJob" }, () => imports.cancel(workspaceId, id));
    const entries = await store.db.collection("auditLog").find({ objectId: id }).sort({ _id: 1 }).toArray();
    expect(entries.map(({ operation }) => operation as string)).toEqual(["importContacts", "cancelJob"]);
    expect(JSON.stringify(entries)).not.toMatch(/lease|cursor/);
  });
});

test("imports of a workspace are worked on one after the other, the oldest first", async () => {
  const of = asWorkspaceId(`ws_${randomUUID()}`);
  const ids = [await anUpload({ workspaceId: of }), await anUpload({ workspaceId: of })];
  for (const [nth, id] of ids.entries()) {
    await imports.start(id, { total: 0, chunks: 0 }, new Date(at.getTime() + nth));
  }
  expect((await imports.listNext(1_000)).filter((id) => ids.includes(id))).toEqual([ids[0]]);
});

test("errors are listed by line, page by page, and never those of another import", async () => {
  const [id, other] = ["job_a", "job_b"];
  const rejected = [9, 10, 100].map((line) => ({
    line,
    errors: [
      { path: "email", code: "required", message: "is required" } as const,
      { path: "tags", code: "duplicate", message: "stands twice" } as const,
    ],
  }));
  await runTransaction(store, async (session) => {
    await errors.add(id, rejected, at, session);
    await errors.add(other, rejected, at, session);
  });
  const first = await errors.list(id, { limit: 4 });
  const rest = await errors.list(id, { limit: 100, after: first.at(-1)!.place });
  expect([...first, ...rest].map(({ line, path }) => `${line} ${path}`)).toEqual([
    "9 email",
    "9 tags",
    "10 email",
    "10 tags",
    "100 email",
    "100 tags",
  ]);
  expect(await errors.list(id, { limit: 100, after: `~${other}:` })).toEqual([]);
});

test("no question about imports reads more of them than it tells of", async () => {
  for (let n = 0; n < 30; n++) await start(await anUpload({ workspaceId: asWorkspaceId("ws_many") }));
  const of = asWorkspaceId("ws_few");
  await anUpload({ workspaceId: of });
  const plans = await recordPlans(store.db, CONTACT_IMPORTS, async () => {
    await uploads.countOpen(of);
    await uploads.listStale(new Date(0), 10);
    await imports.list(asAudienceId("au_none"), { limit: 10 });
    await imports.find(of, "job_none");
  });
  expect(plans.filter(({ stages }) => stages.includes("COLLSCAN"))).toEqual([]);
  expect(Math.max(...plans.map(({ documentsExamined }) => documentsExamined))).toBeLessThan(10);
});
