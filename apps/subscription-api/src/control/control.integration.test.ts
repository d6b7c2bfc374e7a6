import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { eventually } from "@hooklane/testing";
import { TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;

beforeAll(async () => {
  api = await TestApi.start({ SUBSCRIPTION_API_ANNOUNCE_TIMEOUT_MS: "500" });
  workspace = await api.createWorkspace();
});

afterAll(() => api.stop());

test("a change the broker does not take is stored and answered 503; repeated with its key it is made once", async () => {
  await api.deleteEventsTopic();
  const create = () =>
    workspace.call("POST", "/v1/webhooks", {
      body: { name: "w", url: "https://example.org/", eventTypes: ["email.opened"] },
      headers: { "idempotency-key": "once" },
    });
  const refused = await create();
  expect([refused.status, refused.body.code]).toEqual([503, "unavailable"]);
  const [stored] = (await workspace.call("GET", "/v1/webhooks")).body.data;
  const entry = `ctl:${stored!.id}:1`;
  const outbox = api.store.db.collection<{ _id: string }>("outbox");
  expect(await outbox.findOne({ _id: entry })).toMatchObject({ pending: true });

  await api.createTopics();
  const repeated = await eventually(async () => {
    const answer = await create();
    return answer.status === 201 && answer;
  });
  expect(repeated.body).toMatchObject({ id: stored!.id, secret: expect.stringMatching(/^whsec_/) });
  expect((await workspace.call("GET", "/v1/webhooks")).body.data).toHaveLength(1);
  await eventually(async () => {
    const done = await outbox.findOne({ _id: entry });
    return done !== null && !("pending" in done);
  });
}, 60_000);

test("switching on again after a 503 is answered only once the broker has the change", async () => {
  const made = await workspace.call("POST", "/v1/webhooks", {
    body: { name: "w", url: "https://example.org/again", eventTypes: ["email.opened"] },
  });
  const id = made.body.id;
  await api.deleteEventsTopic();
  const activate = () => workspace.call("POST", `/v1/webhooks/${id}/activate`);
  expect((await activate()).status).toBe(503);
  expect((await activate()).status).toBe(503);

  await api.createTopics();
  await eventually(async () => (await activate()).status === 200);
  const outbox = api.store.db.collection<{ _id: string }>("outbox");
  expect(await outbox.findOne({ _id: `ctl:${id}:2` })).not.toHaveProperty("pending");
}, 60_000);

test.each([
  ["without an Idempotency-Key", {}],
  ["with one", { "idempotency-key": "gone" }],
])(
  "deleting again after a 503, %s, is 204 once the broker has the change",
  async (name, headers) => {
    const made = await workspace.call("POST", "/v1/webhooks", {
      body: { name: "w", url: `https://example.org/${name.length}`, eventTypes: ["email.opened"] },
    });
    const id = made.body.id;
    await api.deleteEventsTopic();
    const remove = () => workspace.call("DELETE", `/v1/webhooks/${id}`, { headers });
    expect((await remove()).status).toBe(503);
    expect((await workspace.call("GET", `/v1/webhooks/${id}`)).status).toBe(404);
    expect((await remove()).status).toBe(503);

    await api.createTopics();
    await eventually(async () => (await remove()).status === 204);
    const outbox = api.store.db.collection<{ _id: string }>("outbox");
    expect(await outbox.findOne({ _id: `ctl:${id}:2` })).not.toHaveProperty("pending");
    expect((await remove()).status).toBe(204);
  },
  60_000,
);
