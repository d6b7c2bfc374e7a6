import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { AudienceCalls, faultsOf, refusalOf } from "../testing/audience-calls.js";
import { TestApi, type TestWorkspace } from "../testing/test-api.js";

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

describe("an audience", () => {
  test("is made, listed, renamed at the version that was read, and deleted", async () => {
    const { body } = await audience.get();
    expect(body).toMatchObject({ name: "Newsletter", version: 1, id: expect.stringMatching(/^au_/) });
    const renamed = await audience.patch("", { name: "News" }, { "if-match": '"1"' });
    expect([renamed.status, renamed.body.name, renamed.headers.get("etag")]).toEqual([200, "News", '"2"']);
    expect(refusalOf(await audience.patch("", { name: "x" }, { "if-match": '"1"' }))).toEqual([
      412,
      "precondition_failed",
    ]);
    const listed = await workspace.call("GET", "/v1/audiences?limit=200");
    expect(listed.body.data.map(({ id }) => id)).toContain(body.id);
    expect(refusalOf(await audience.delete("", { "if-match": '"1"' }))).toEqual([412, "precondition_failed"]);
    expect((await audience.delete("", { "if-match": '"2"' })).status).toBe(204);
    for (const answer of [
      await audience.get(),
      await audience.delete(),
      await audience.patch("", {}),
      await audience.get("/contacts"),
    ])
      expect(answer.status).toBe(404);
  });

  test("of another workspace is not found, whatever is asked of it", async () => {
    const other = await api.createWorkspace();
    for (const suffix of ["", "/contacts", "/segments", "/tags"])
      expect((await other.call("GET", `${audience.path}${suffix}`)).status).toBe(404);
    const body = { email: "a@example.org" };
    expect((await other.call("POST", `${audience.path}/contacts`, { body })).status).toBe(404);
  });

  test("with faults in its body is refused field by field", async () => {
    const made = (body: object) => workspace.call("POST", "/v1/audiences", { body });
    expect(faultsOf(await made({}))).toEqual([422, "name required"]);
    expect(faultsOf(await made({ name: " ", goal: 1 }))).toEqual([
      422,
      "name too_short",
      "goal unknown_field",
    ]);
  });

  test("stays while a webhook is told of it, and what it had cannot be reached once it is deleted", async () => {
    const audienceId = audience.id;
    const contactId = await audience.addContact({ email: "a@example.org" });
    const hook = await workspace.call("POST", "/v1/webhooks", {
      body: {
        kind: "audience",
        url: "https://a.example.org/",
        eventTypes: ["audience.subscribed"],
        sources: ["api"],
        audienceId,
      },
    });
    expect(hook.status).toBe(201);
    expect(refusalOf(await audience.delete())).toEqual([409, "conflict"]);
    await workspace.call("DELETE", `/v1/webhooks/${hook.body.id}`);
    expect((await audience.delete()).status).toBe(204);
    expect((await audience.get(`/contacts/${contactId}`)).status).toBe(404);
    const again = await workspace.call("POST", "/v1/webhooks", {
      body: {
        kind: "audience",
        url: "https://a.example.org/",
        eventTypes: ["audience.subscribed"],
        sources: ["api"],
        audienceId,
      },
    });
    expect(faultsOf(again)).toEqual([422, "audienceId invalid_value"]);
  });
});

describe("the audience of a webhook", () => {
  const body = {
    kind: "audience",
    url: "https://a.example.org/",
    eventTypes: ["audience.subscribed"],
    sources: ["api"],
  };

  test("has to be there if it is ours; an upstream application's own is taken as it is", async () => {
    const made = (audienceId: string) =>
      workspace.call("POST", "/v1/webhooks", { body: { ...body, audienceId } });
    expect(faultsOf(await made("au_nothing"))).toEqual([422, "audienceId invalid_value"]);
    const upstream = await made("a_4");
    expect(upstream.status).toBe(201);
    const hook = `/v1/webhooks/${upstream.body.id}`;
    const moved = await workspace.call("PATCH", hook, { body: { audienceId: "au_nothing" } });
    expect(faultsOf(moved)).toEqual([422, "audienceId invalid_value"]);
    const ours = await workspace.call("PATCH", hook, { body: { audienceId: audience.id } });
    expect(ours.status).toBe(200);
    const other = await api.createWorkspace();
    const foreign = await other.call("POST", "/v1/webhooks", {
      body: { ...body, audienceId: audience.id },
    });
    expect(faultsOf(foreign)).toEqual([422, "audienceId invalid_value"]);
  });
});

describe("a segment", () => {
  test("is made, listed, changed and deleted", async () => {
    const conditions = { $or: [{ tags: "vip" }, { "fields.city": { $in: ["Lyon"] } }] };
    const made = await audience.post("/segments", { name: "Best", conditions });
    expect(made.body).toMatchObject({
      id: expect.stringMatching(/^seg_/),
      name: "Best",
      conditions,
      version: 1,
    });
    const segment = `/segments/${made.body.id}`;
    expect((await audience.get(segment)).body).toEqual(made.body);
    expect((await audience.get("/segments")).body.data).toEqual([made.body]);
    const changed = await audience.patch(
      segment,
      { conditions: { status: "subscribed" } },
      { "if-match": '"1"' },
    );
    expect(changed.body).toMatchObject({ name: "Best", conditions: { status: "subscribed" }, version: 2 });
    expect(refusalOf(await audience.delete(segment, { "if-match": '"1"' }))).toEqual([
      412,
      "precondition_failed",
    ]);
    expect((await audience.delete(segment)).status).toBe(204);
    for (const answer of [
      await audience.get(segment),
      await audience.patch(segment, {}),
      await audience.delete(segment),
    ])
      expect(answer.status).toBe(404);
  });

  test("with conditions that are none is refused where they are wrong", async () => {
    const made = (conditions: unknown) => audience.post("/segments", { name: "s", conditions });
    expect(faultsOf(await made(undefined))).toEqual([422, "conditions required"]);
    expect(faultsOf(await made({}))).toEqual([422, "conditions invalid_filter"]);
    expect(faultsOf(await made({ city: "Lyon" }))).toEqual([422, "conditions.city invalid_filter"]);
    expect(faultsOf(await made({ "fields.n": { $gt: [1] } }))).toEqual([
      422,
      "conditions.fields.n.$gt invalid_filter",
    ]);
    expect(faultsOf(await audience.post("/segments/preview", { conditions: { $where: "1" } }))).toEqual([
      422,
      "conditions.$where invalid_filter",
    ]);
  });
});

describe("a tag", () => {
  test("is made once, listed by name, and deleted: no contact gets it any more, and its name stays taken", async () => {
    for (const name of ["vip", "new customer/é"])
      expect((await audience.post("/tags", { name })).status).toBe(201);
    expect(refusalOf(await audience.post("/tags", { name: "vip" }))).toEqual([409, "conflict"]);
    expect((await audience.get("/tags")).body.data.map(({ name }) => name)).toEqual([
      "new customer/é",
      "vip",
    ]);
    expect((await audience.get(`/tags/${encodeURIComponent("new customer/é")}`)).body.name).toBe(
      "new customer/é",
    );
    expect((await audience.delete("/tags/vip?source=admin")).status).toBe(204);
    for (const answer of [await audience.get("/tags/vip"), await audience.delete("/tags/vip")])
      expect(refusalOf(answer)).toEqual([404, "not_found"]);
    expect(faultsOf(await audience.post("/contacts", { email: "a@example.org", tags: ["vip"] }))).toEqual([
      422,
      "tags.0 invalid_value",
    ]);
    expect(refusalOf(await audience.post("/tags", { name: "vip" }))).toEqual([409, "conflict"]);
    expect(await raw("tags").findOne({ _id: `${audience.id}:vip` })).toMatchObject({
      deletedBy: "admin",
    });
  });

  test.each([
    ["", "name invalid_format"],
    [" vip", "name invalid_format"],
    ["x".repeat(65), "name too_long"],
  ])("%j is none", async (name, fault) => {
    expect(faultsOf(await audience.post("/tags", { name }))).toEqual([422, fault]);
  });
});
