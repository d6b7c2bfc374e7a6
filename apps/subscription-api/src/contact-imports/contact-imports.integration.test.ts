import { once } from "node:events";
import { request } from "node:http";
import { asAudienceId, asWorkspaceId } from "@hooklane/core";
import { ImportLines, TagRepository } from "@hooklane/store";
import { eventually } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { endImport, makeAudience, makeImport } from "../testing/statuses/import-requests.js";
import { TestApi, type TestWorkspace } from "../testing/test-api.js";

const START_MS = 60_000;
let api: TestApi;
let workspace: TestWorkspace;
let audience: string;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
  audience = await makeAudience(api, workspace);
}, START_MS);

afterAll(() => api.stop(), START_MS);

const upload = (contentType: string, rawBody: string, query = "", headers = {}, of = audience) =>
  workspace.call("POST", `${of}/imports${query}`, {
    rawBody,
    headers: { "content-type": contentType, ...headers },
  });

const keptLines = () => api.store.db.collection("importLines").countDocuments({});
const keptUploads = () =>
  api.store.db.collection("contactImports").countDocuments({ status: { $in: ["uploading", "discarded"] } });

/** The lines of an import, as the job will write them. */
const linesOf = async (id: string) => new ImportLines(api.store).read(id, 0);

const LONG_ELEMENT = JSON.stringify(["x".repeat(100_000)]);

describe("an upload", () => {
  test.each([
    ["text/csv; charset=UTF-8", "email;city\na@b.org;Nice\nnobody;x\n"],
    ["application/x-ndjson", '\n{"email":"a@b.org","fields":{"city":"Nice"}}\n{"email":"nobody"}'],
    ["application/json", '[{"email":"a@b.org","fields":{"city":"Nice"}},{"email":"nobody"}]'],
  ])("as %s becomes a job with its lines checked", async (contentType, body) => {
    const answer = await upload(contentType, body);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      kind: "contact_import",
      status: "running",
      phase: "writing",
      total: 2,
      done: 0,
      update: true,
    });
    expect(await linesOf(answer.body.id)).toEqual([
      { line: expect.any(Number), contact: { email: "a@b.org", fields: { city: "Nice" } } },
      {
        line: expect.any(Number),
        errors: [expect.objectContaining({ path: "email", code: "invalid_format" })],
      },
    ]);
    expect((await workspace.call("GET", `/v1/jobs/${answer.body.id}`)).body).toEqual(answer.body);
    await workspace.call("POST", `/v1/jobs/${answer.body.id}/cancel`);
    await endImport(api, answer.body.id);
  });

  test("tells of fields that are none of a contact, line by line", async () => {
    const { body } = await upload(
      "application/json",
      '[{"email":"a@b.org","__proto__":{"a":1}},{"email":"b@b.org","x":1},7]',
    );
    const lines = (await linesOf(body.id)) ?? [];
    expect(lines.every((line) => "errors" in line)).toBe(true);
    await endImport(api, body.id);
  });

  test.each([
    ["CSV without addresses", "text/csv", "name\nLea\n", 422, "validation_failed", "lines.1.email"],
    ["empty CSV", "text/csv", "", 422, "validation_failed", "lines.1"],
    ["JSON that is no array", "application/json", "{}", 422, "validation_failed", "lines.1"],
    ["broken JSON", "application/json", "[{]", 400, "malformed_json", undefined],
    ["JSON with a long element", "application/json", LONG_ELEMENT, 413, "body_too_large", undefined],
    ["CSV in Latin-1", "text/csv; charset=latin1", "email\n", 415, "unsupported_media_type", undefined],
    ["something else", "text/html", "email\n", 415, "unsupported_media_type", undefined],
  ])("of %s is refused and leaves nothing", async (_what, contentType, body, status, code, path) => {
    const before = await keptLines();
    const answer = await upload(contentType, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    if (path !== undefined) expect(answer.body.errors.map((error) => error.path)).toEqual([path]);
    expect([await keptLines(), await keptUploads()]).toEqual([before, 0]);
  });

  test("that is compressed, or says that it is too long, is refused before it is read", async () => {
    expect((await upload("text/csv", "email\n", "", { "content-encoding": "gzip" })).status).toBe(415);
    const sent = request(`${api.url}${audience}/imports`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${workspace.apiKey}`,
        "content-type": "text/csv",
        "content-length": String(201 * 1024 * 1024),
      },
    });
    sent.write("email\n");
    const [answer] = (await once(sent, "response")) as [{ statusCode: number }];
    expect(answer.statusCode).toBe(413);
    sent.destroy();
  });

  test("is refused with a bad last line only after what came before was read, and leaves nothing", async () => {
    const before = await keptLines();
    const many = Array.from({ length: 2_000 }, (_, n) => `{"email":"u${n}@b.org"}`).join(",");
    expect((await upload("application/json", `[${many},`)).status).toBe(400);
    expect([await keptLines(), await keptUploads()]).toEqual([before, 0]);
  });

  test("gives every contact the tags of the query, which the audience has to have", async () => {
    const of = await makeAudience(api, workspace);
    const audienceId = asAudienceId(of.split("/").at(-1) ?? "");
    await new TagRepository(api.store).insert({
      workspaceId: asWorkspaceId(workspace.id),
      audienceId,
      name: "vip",
      createdAt: new Date(),
    });
    const good = await upload("text/csv", "email\n", "?tags=vip&update=false", {}, of);
    expect(good.body).toMatchObject({ tags: ["vip"], update: false, total: 0 });
    await endImport(api, good.body.id);
    const bad = await upload("text/csv", "email\n", "?tags=vip,nobodys", {}, of);
    expect([bad.status, bad.body.errors.map(({ path }) => path)]).toEqual([422, ["tags"]]);
    expect((await upload("text/csv", "email\n", "?update=maybe", {}, of)).status).toBe(422);
  });

  test("of another workspace's audience is not found", async () => {
    const other = await api.createWorkspace();
    const of = await makeAudience(api, other);
    expect((await upload("text/csv", "email\n", "", {}, of)).status).toBe(404);
  });
});

describe("an upload that breaks off", () => {
  test("imports nothing and leaves nothing", async () => {
    const before = await keptLines();
    const sent = request(`${api.url}${audience}/imports`, {
      method: "POST",
      headers: { authorization: `Bearer ${workspace.apiKey}`, "content-type": "text/csv" },
    });
    sent.on("error", () => undefined);
    sent.write(`email\n${Array.from({ length: 1_000 }, (_, n) => `u${n}@b.org\n`).join("")}`);
    await eventually(async () => (await keptLines()) > before, { what: "lines that are kept" });
    sent.destroy();
    await eventually(async () => (await keptUploads()) === 0, { what: "the upload to be cleared away" });
    expect(await keptLines()).toBe(before);
  });
});

describe("an upload with an Idempotency-Key", () => {
  const headers = { "idempotency-key": "import-1" };

  test("is one import however often it is sent, and conflicts with another", async () => {
    const of = await makeAudience(api, workspace);
    const before = await keptLines();
    const [one, other] = await Promise.all([
      upload("text/csv", "email\na@b.org\n", "", headers, of),
      upload("text/csv", "email\na@b.org\n", "", headers, of),
    ]);
    const again = await upload("text/csv", "email\na@b.org\n", "", headers, of);
    expect([one.status, other.body, again.body]).toEqual([202, one.body, one.body]);
    expect(await keptLines()).toBe(before + 1);
    expect((await workspace.call("GET", `${of}/imports`)).body.data).toHaveLength(1);
    const conflicting = await upload("text/csv", "email\nb@b.org\n", "", headers, of);
    expect([conflicting.status, conflicting.body.code]).toEqual([409, "idempotency_conflict"]);
    expect([await keptLines(), await keptUploads()]).toEqual([before + 1, 0]);
    await endImport(api, one.body.id);
  });
});

describe("imports of an audience", () => {
  test("are listed newest first, page by page", async () => {
    const of = await makeAudience(api, workspace);
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      const { id } = (await upload("application/json", "[]", "", {}, of)).body;
      ids.unshift(id);
      await endImport(api, id);
    }
    const first = (await workspace.call("GET", `${of}/imports?limit=2`)).body;
    const second = (await workspace.call("GET", `${of}/imports?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
  });

  test("and their errors are nobody else's", async () => {
    const { id, audience: of } = await makeImport(api, workspace);
    const other = await api.createWorkspace();
    expect((await workspace.call("GET", `${of}/imports/${id}/errors`)).body).toEqual({
      data: [],
      nextCursor: null,
    });
    expect((await workspace.call("GET", `${audience}/imports/${id}/errors`)).status).toBe(404);
    expect((await other.call("GET", `${of}/imports/${id}/errors`)).status).toBe(404);
    expect((await other.call("GET", `/v1/jobs/${id}`)).status).toBe(404);
    expect((await other.call("POST", `/v1/jobs/${id}/cancel`)).status).toBe(404);
  });

  test("that are done cannot be cancelled", async () => {
    const { id } = await makeImport(api, workspace);
    await endImport(api, id);
    expect((await workspace.call("POST", `/v1/jobs/${id}/cancel`)).status).toBe(409);
    const cancelled = await makeImport(api, workspace);
    const cancel = () => workspace.call("POST", `/v1/jobs/${cancelled.id}/cancel`);
    for (const answer of [await cancel(), await cancel()])
      expect([answer.status, answer.body.status]).toEqual([200, "cancelled"]);
  });
});
