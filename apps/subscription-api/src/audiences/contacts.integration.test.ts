import { eventually } from "@hooklane/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { AudienceCalls, emailsOf, faultsOf, refusalOf } from "../testing/audience-calls.js";
import { TestApi, type TestAnswer, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;
let audience: AudienceCalls;

beforeAll(async () => {
  api = await TestApi.start({ SUBSCRIPTION_API_ANNOUNCE_TIMEOUT_MS: "2000" });
  workspace = await api.createWorkspace();
});

afterAll(() => api.stop());

beforeEach(async () => {
  audience = await AudienceCalls.make(workspace);
});

const raw = (collection: string) => api.store.db.collection<{ _id: string }>(collection);

describe("a contact", () => {
  test("is added, read, changed by a merge patch and deleted", async () => {
    await audience.post("/tags", { name: "vip" });
    const made = await audience.post("/contacts", {
      email: "Lea@example.org",
      emailFormat: "html",
      fields: { city: "Lyon", orders: 3, "First name": "Léa" },
      tags: ["vip"],
    });
    expect([made.status, made.headers.get("etag")]).toEqual([201, '"1"']);
    expect(made.body).toMatchObject({
      id: expect.stringMatching(/^ct_/),
      email: "Lea@example.org",
      emailFormat: "html",
      status: "subscribed",
      fields: { city: "Lyon", orders: 3, "First name": "Léa" },
      tags: ["vip"],
      version: 1,
    });
    const contact = `/contacts/${made.body.id}`;
    expect((await audience.get(contact)).body).toEqual(made.body);
    const changed = await audience.patch(
      contact,
      { fields: { city: null, plan: "max" }, tags: null, emailFormat: null, status: "unsubscribed" },
      { "if-match": '"1"' },
    );
    expect(changed.body).toMatchObject({
      fields: { orders: 3, plan: "max", "First name": "Léa" },
      tags: [],
      status: "unsubscribed",
      version: 2,
    });
    expect(changed.body).not.toHaveProperty("emailFormat");
    expect((await audience.patch(contact, { fields: null })).body).toMatchObject({ fields: {}, version: 3 });
    expect((await audience.patch(contact, {})).body).toMatchObject({ version: 3 });
    expect(refusalOf(await audience.patch(contact, {}, { "if-match": '"2"' }))).toEqual([
      412,
      "precondition_failed",
    ]);
    expect(refusalOf(await audience.delete(contact, { "if-match": '"2"' }))).toEqual([
      412,
      "precondition_failed",
    ]);
    expect((await audience.delete(contact, { "if-match": '"3"' })).status).toBe(204);
    for (const answer of [
      await audience.get(contact),
      await audience.patch(contact, {}),
      await audience.delete(contact),
    ])
      expect(refusalOf(answer)).toEqual([404, "not_found"]);
  });

  test("is one of its audience by its address, however that is spelled", async () => {
    await audience.addContact({ email: "lea@example.org" });
    const other = await audience.addContact({ email: "max@example.org" });
    expect(refusalOf(await audience.post("/contacts", { email: "LEA@example.org" }))).toEqual([
      409,
      "conflict",
    ]);
    expect(refusalOf(await audience.patch(`/contacts/${other}`, { email: "Lea@Example.org" }))).toEqual([
      409,
      "conflict",
    ]);
    const elsewhere = await workspace.call("POST", "/v1/audiences", { body: { name: "B" } });
    const added = await workspace.call("POST", `/v1/audiences/${elsewhere.body.id}/contacts`, {
      body: { email: "lea@example.org" },
    });
    expect(added.status).toBe(201);
  });

  test.each([
    [{}, ["email required"]],
    [{ email: "nobody" }, ["email invalid_format"]],
    [{ email: `${"a".repeat(250)}@example.org` }, ["email too_long"]],
    [{ email: "a@example.org", status: "gone" }, ["status invalid_value"]],
    [{ email: "a@example.org", fields: { a: { b: 1 } } }, ["fields.a invalid_type"]],
    [{ email: "a@example.org", fields: { a: "x".repeat(2_001) } }, ["fields.a too_long"]],
    [
      { email: "a@example.org", fields: { "a.b": 1, $c: 1 } },
      ["fields.a.b invalid_format", "fields.$c invalid_format"],
    ],
    [{ email: "a@example.org", fields: { constructor: 1 } }, ["fields.constructor invalid_format"]],
    [
      { email: "a@example.org", fields: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [n, 1])) },
      ["fields too_long"],
    ],
    [
      {
        email: "a@example.org",
        fields: Object.fromEntries(Array.from({ length: 20 }, (_, n) => [n, "x".repeat(2_000)])),
      },
      ["fields too_long"],
    ],
    [{ email: "a@example.org", tags: ["none", "none"] }, ["tags.1 duplicate"]],
    [{ email: "a@example.org", tags: ["none"] }, ["tags.0 invalid_value"]],
    [{ email: "a@example.org", list: 1 }, ["list unknown_field"]],
  ])("%.60j is refused: %j", async (body, faults) => {
    expect(faultsOf(await audience.post("/contacts", body))).toEqual([422, ...faults]);
  });

  test("a source that is none of ours is refused", async () => {
    expect(faultsOf(await audience.post("/contacts?source=import", { email: "a@example.org" }))).toEqual([
      422,
      "source invalid_value",
    ]);
  });

  test("is added once by a call that is repeated with its Idempotency-Key", async () => {
    const add = () =>
      audience.post("/contacts", { email: "once@example.org" }, { "idempotency-key": `k${audience.path}` });
    const [one, two] = [await add(), await add()];
    expect([one.status, two.status, two.body.id]).toEqual([201, 201, one.body.id]);
    expect((await audience.get("/contacts")).body.data).toHaveLength(1);
  });

  test("added by many at once is added once, the others are told so", async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        audience.post(
          "/contacts",
          { email: "race@example.org" },
          n % 2 === 0 ? { "idempotency-key": `${audience.path}${n}` } : {},
        ),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  test("changed by many at once without a version has every change", async () => {
    const id = await audience.addContact({ email: "race@example.org" });
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => audience.patch(`/contacts/${id}`, { fields: { [`f${n}`]: n } })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 200));
    const { body } = await audience.get(`/contacts/${id}`);
    expect(body).toMatchObject({ version: 7, fields: { f0: 0, f1: 1, f2: 2, f3: 3, f4: 4, f5: 5 } });
  });
});

describe("the list of contacts", () => {
  beforeEach(async () => {
    await audience.post("/tags", { name: "vip" });
    for (let n = 0; n < 9; n++) {
      await audience.addContact({
        email: `c${n}@example.org`,
        status: n % 2 === 0 ? "subscribed" : "unsubscribed",
        tags: n % 3 === 0 ? ["vip"] : [],
        fields: { n },
      });
    }
  });

  const mails = (...numbers: number[]) => numbers.map((n) => `c${n}@example.org`);

  test("by address, tag, status and segment, and page by page", async () => {
    expect(emailsOf(await audience.get("/contacts?email=C4@example.org"))).toEqual(mails(4));
    expect(emailsOf(await audience.get("/contacts?email=c4@example.org&tag=vip"))).toEqual([]);
    expect(emailsOf(await audience.get("/contacts?tag=vip"))).toEqual(mails(0, 3, 6));
    expect(emailsOf(await audience.get("/contacts?status=unsubscribed"))).toEqual(mails(1, 3, 5, 7));
    expect(emailsOf(await audience.get("/contacts?tag=vip&status=subscribed"))).toEqual(mails(0, 6));
    const segment = await audience.post("/segments", {
      name: "late",
      conditions: { "fields.n": { $gte: 4 } },
    });
    const of = `/contacts?segmentId=${segment.body.id}`;
    expect(emailsOf(await audience.get(of))).toEqual(mails(4, 5, 6, 7, 8));
    expect(emailsOf(await audience.get(`${of}&status=subscribed`))).toEqual(mails(4, 6, 8));
    expect(emailsOf(await audience.get(`${of}&email=c1@example.org`))).toEqual([]);
    for (const suffix of ["/contacts?limit=2", `${of}&limit=2`]) {
      const seen: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page: TestAnswer = await audience.get(`${suffix}${cursor && `&cursor=${cursor}`}`);
        seen.push(...emailsOf(page));
        expect(emailsOf(page).length).toBeLessThanOrEqual(2);
        cursor = page.body.nextCursor;
      }
      expect(seen).toEqual(
        suffix.includes("segment") ? mails(4, 5, 6, 7, 8) : mails(0, 1, 2, 3, 4, 5, 6, 7, 8),
      );
    }
  });

  test("of a segment the audience does not have is refused, and so is a cursor that is none", async () => {
    expect(faultsOf(await audience.get("/contacts?segmentId=seg_nothing"))).toEqual([
      422,
      "segmentId invalid_value",
    ]);
    expect(refusalOf(await audience.get("/contacts?cursor=nonsense"))).toEqual([400, "invalid_cursor"]);
  });

  test("a segment's contacts are counted, those of conditions that are not saved too", async () => {
    const conditions = { status: "subscribed", "fields.n": { $gt: 2 } };
    const counted = await audience.post("/segments/preview", { conditions });
    expect(counted.body).toMatchObject({ count: 3, isAtLeast: false, examined: 9 });
    const segment = await audience.post("/segments", { name: "s", conditions });
    const saved = await audience.get(`/segments/${segment.body.id}/count`);
    expect(saved.body).toEqual(counted.body);
    expect(
      (saved.body as unknown as { sample: { email: string }[] }).sample.map(({ email }) => email),
    ).toEqual(mails(4, 6, 8));
  });
});

test("a contact's change that the broker does not take is stored and answered 503; repeated with its key it is told once", async () => {
  await api.deleteEventsTopic();
  const add = () =>
    audience.post("/contacts", { email: "late@example.org" }, { "idempotency-key": `late${audience.path}` });
  expect(refusalOf(await add())).toEqual([503, "unavailable"]);
  const [stored] = (await audience.get("/contacts")).body.data;
  const events = raw("contactEvents");
  expect(await events.countDocuments({ _id: `ct:${stored!.id}:1:0` })).toBe(1);
  await api.createTopics();
  const answer = await eventually(async () => {
    const repeated = await add();
    return repeated.status === 201 && repeated;
  });
  expect(answer.body.id).toBe(stored!.id);
  expect(await events.countDocuments({ _id: `ct:${stored!.id}:1:0` })).toBe(0);
}, 60_000);
