import { decodeEventsRecord } from "@hooklane/contracts";
import { asWebhookId } from "@hooklane/core";
import { createKafka, GroupConsumer, toRawRecord, topicNames } from "@hooklane/kafka";
import { createLogger } from "@hooklane/service";
import { WebhookRepository } from "@hooklane/store";
import { eventually } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;
let other: TestWorkspace;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
  other = await api.createWorkspace();
});

afterAll(() => api.stop());

const aWebhook = (overrides: object = {}) => ({
  name: "Clicks",
  url: "https://hooks.example.org/a",
  eventTypes: ["email.opened"],
  ...overrides,
});

const create = async (overrides: object = {}) => {
  const answer = await workspace.call("POST", "/v1/webhooks", { body: aWebhook(overrides) });
  expect(answer.status).toBe(201);
  return answer.body;
};

const patch = (id: string, body: unknown, headers: Record<string, string> = {}) =>
  workspace.call("PATCH", `/v1/webhooks/${id}`, { body, headers });

const errorsOf = (answer: TestAnswer) => answer.body.errors.map(({ path, code }) => [path, code]);

describe("POST /v1/webhooks", () => {
  test("makes one that is off, with defaults and a secret shown this once: 201", async () => {
    const answer = await workspace.call("POST", "/v1/webhooks", { body: aWebhook() });
    expect(answer.body).toMatchObject({
      kind: "events",
      status: "inactive",
      version: 1,
      generation: 1,
      successStatus: "2xx",
      headers: {},
      contentType: "application/json",
    });
    expect(answer.body.id).toMatch(/^wh_/);
    expect(answer.body.endpointId).toMatch(/^ep_/);
    expect(Buffer.from(answer.body.secret.replace("whsec_", ""), "base64")).toHaveLength(32);
    expect(answer.headers.get("etag")).toBe('"1"');
    const read = await workspace.call("GET", `/v1/webhooks/${answer.body.id}`);
    expect(read.body.secret).toBeUndefined();
  });

  test("takes every option, and never shows the password again", async () => {
    const options = {
      status: "active",
      batching: { maxEvents: 10, maxWaitSeconds: 2.5 },
      rateLimitPerSecond: 20.5,
      successStatus: "200",
      sources: ["admin", "api"],
      headers: { "X-Key": "k", "x.dotted-$name": "v" },
      auth: { type: "basic", username: "u", password: "p:w" },
    };
    const made = await create(options);
    const read = await workspace.call("GET", `/v1/webhooks/${made.id}`);
    expect(read.body).toMatchObject({ ...options, auth: { type: "basic", username: "u" } });
    expect(JSON.stringify(read.body)).not.toContain("p:w");
    const stored = await new WebhookRepository(api.store).find(asWebhookId(made.id));
    expect(stored).toMatchObject({ headers: options.headers, auth: options.auth });
  });

  test("at the same URL in another spelling shares the endpoint", async () => {
    const [one, two] = [
      await create({ url: "https://Same.example.org:443/x/../a" }),
      await create({ url: "https://same.example.org/a" }),
    ];
    expect(one.endpointId).toBe(two.endpointId);
  });

  test.each([
    [{ url: "not a url" }, [["url", "invalid_url"]]],
    [{ url: "ftp://example.org/" }, [["url", "invalid_url"]]],
    [{ url: "https://u:p@example.org/" }, [["url", "url_credentials"]]],
    [{ url: "https://example.org/#x" }, [["url", "url_fragment"]]],
    [{ url: "http://127.0.0.1/" }, [["url", "destination_refused"]]],
    [{ url: "http://2130706433/" }, [["url", "destination_refused"]]],
    [{ url: "http://[::ffff:10.0.0.1]/" }, [["url", "destination_refused"]]],
    [{ url: "http://169.254.169.254/latest" }, [["url", "destination_refused"]]],
    [{ url: "http://localhost:8080/" }, [["url", "destination_refused"]]],
    [{ eventTypes: [] }, [["eventTypes", "too_short"]]],
    [{ eventTypes: ["nobody.knows", "email.opened"] }, [["eventTypes.0", "unknown_event_type"]]],
    [{ eventTypes: ["email.opened", "email.opened"] }, [["eventTypes.1", "duplicate"]]],
    [{ eventTypes: ["journey.point_reached"] }, [["eventTypes.0", "unknown_event_type"]]],
    [{ status: "auto_disabled" }, [["status", "invalid_value"]]],
    [{ batching: { maxEvents: 101 } }, [["batching.maxEvents", "too_large"]]],
    [{ batching: { maxWaitSeconds: 61 } }, [["batching.maxWaitSeconds", "too_large"]]],
    [{ batching: {}, contentType: "multipart/form-data" }, [["batching", "excluded_by"]]],
    [{ headers: { "a b": "x" } }, [["headers.a b", "invalid_header_name"]]],
    [{ headers: { x: "a\r\nb: c" } }, [["headers.x", "invalid_header_value"]]],
    [{ headers: { "Webhook-Id": "x" } }, [["headers.Webhook-Id", "reserved_header"]]],
    [{ headers: { x: "1", X: "2" } }, [["headers.X", "duplicate"]]],
    [{ headers: { x: 1 } }, [["headers.x", "invalid_type"]]],
    [
      { headers: { Authorization: "x" }, auth: { type: "basic", username: "u", password: "" } },
      [["headers.Authorization", "excluded_by"]],
    ],
    [{ auth: { type: "basic", username: "a:b", password: "" } }, [["auth.username", "invalid_format"]]],
    [{ auth: { type: "digest" } }, [["auth.type", "invalid_value"]]],
    [{ body: "{{ data.x" }, [["body", "invalid_template"]]],
    [{ body: "{% include 'x' %}" }, [["body", "invalid_template"]]],
    [{ body: '{"at":"{{ \'now\' | date }}"}' }, [["body", "invalid_template"]]],
    [{ body: "{}", batching: {} }, [["body", "excluded_by"]]],
    [{ body: "{}", contentType: "multipart/form-data" }, [["body", "invalid_type"]]],
    [
      { body: [{ name: "a", value: "{{ 1 | sample }}" }], contentType: "multipart/form-data" },
      [["body.0.value", "invalid_template"]],
    ],
    [{ sources: [] }, [["sources", "too_short"]]],
    [{ filter: {} }, [["filter", "invalid_filter"]]],
    [{ filter: { "data.a": { $where: "1" } } }, [["filter.data.a.$where", "invalid_filter"]]],
    [{ audienceId: "" }, [["audienceId", "too_short"]]],
    [{ name: undefined }, [["name", "required"]]],
    [{ rateLimitPerSecond: 0 }, [["rateLimitPerSecond", "too_small"]]],
    [{ rateLimitPerSecond: 1_001 }, [["rateLimitPerSecond", "too_large"]]],
  ])("%j: 422 naming the field", async (overrides, expected) => {
    const answer = await workspace.call("POST", "/v1/webhooks", { body: aWebhook(overrides) });
    expect(answer.status).toBe(422);
    expect(errorsOf(answer)).toEqual(expect.arrayContaining(expected));
  });
});

describe("GET /v1/webhooks", () => {
  test("lists the workspace's own, oldest first: 200", async () => {
    const fresh = await api.createWorkspace();
    const ids: string[] = [];
    for (const name of ["a", "b", "c"]) {
      const made = await fresh.call("POST", "/v1/webhooks", { body: aWebhook({ name }) });
      ids.push(made.body.id);
    }
    const first = await fresh.call("GET", "/v1/webhooks?limit=2");
    const next = await fresh.call("GET", `/v1/webhooks?limit=2&cursor=${first.body.nextCursor}`);
    const listed = [...first.body.data, ...next.body.data];
    expect(listed.map(({ id }) => id)).toEqual(ids);
    expect(next.body.nextCursor).toBeNull();
  });

  test("finds a text in names and URLs, whatever its case and its characters, and a status", async () => {
    const fresh = await api.createWorkspace();
    const names = ["Café (prod)", "staging", "other"];
    for (const name of names)
      await fresh.call("POST", "/v1/webhooks", {
        body: aWebhook({ name, url: `https://${name === "other" ? "CAFE" : "shop"}.example/${name.length}` }),
      });
    const find = async (query: string) => {
      const { body } = await fresh.call("GET", `/v1/webhooks?${query}`);
      return body.data.map(({ name }: { name: string }) => name);
    };
    expect(await find(`search=${encodeURIComponent("CAFÉ (")}`)).toEqual(["Café (prod)"]);
    expect(await find("search=cafe.")).toEqual(["other"]);
    expect(await find("search=.*")).toEqual([]);
    expect(await find("search=shop&limit=1")).toEqual(["Café (prod)"]);
    expect(await find("status=active")).toEqual([]);
    expect(await find("status=inactive&search=STAG")).toEqual(["staging"]);
    expect((await fresh.call("GET", "/v1/webhooks?search=")).status).toBe(422);
  });

  test("of another workspace, deleted or never there: 404", async () => {
    const { id } = await create();
    expect((await other.call("GET", `/v1/webhooks/${id}`)).status).toBe(404);
    expect((await other.call("PATCH", `/v1/webhooks/${id}`, { body: {} })).status).toBe(404);
    expect((await other.call("DELETE", `/v1/webhooks/${id}`)).status).toBe(404);
    expect((await other.call("POST", `/v1/webhooks/${id}/activate`)).status).toBe(404);
    await workspace.call("DELETE", `/v1/webhooks/${id}`);
    expect((await workspace.call("GET", `/v1/webhooks/${id}`)).status).toBe(404);
    expect((await workspace.call("GET", "/v1/webhooks/wh_nobody")).status).toBe(404);
  });
});

describe("PATCH /v1/webhooks/{id}", () => {
  test("merges: what is not named stays, null removes: 200", async () => {
    const { id } = await create({
      batching: { maxEvents: 10, maxWaitSeconds: 3 },
      headers: { a: "1", b: "2" },
      auth: { type: "basic", username: "u", password: "secret" },
    });
    const answer = await patch(id, {
      name: "New",
      batching: { maxEvents: 20 },
      headers: { b: null, c: "3" },
      auth: { username: "v" },
    });
    expect(answer.body).toMatchObject({
      name: "New",
      batching: { maxEvents: 20, maxWaitSeconds: 3 },
      headers: { a: "1", c: "3" },
      auth: { type: "basic", username: "v" },
      version: 2,
      generation: 1,
    });
    const stored = await new WebhookRepository(api.store).find(asWebhookId(id));
    expect(stored).toMatchObject({ auth: { password: "secret" } });
    const removed = await patch(id, { batching: null, auth: null, headers: null });
    expect(removed.body).toMatchObject({ headers: {} });
    expect(removed.body.batching ?? removed.body.auth).toBeUndefined();
  });

  test("checks the state it leads to: 422", async () => {
    const { id } = await create({ batching: { maxEvents: 10, maxWaitSeconds: 3 } });
    expect(errorsOf(await patch(id, { contentType: "multipart/form-data" }))).toEqual([
      ["batching", "excluded_by"],
    ]);
    expect(errorsOf(await patch(id, { name: null }))).toEqual([["name", "required"]]);
    expect(errorsOf(await patch(id, { id: "wh_x" }))).toEqual([["id", "unknown_field"]]);
    expect(errorsOf(await patch(id, { url: "http://10.0.0.1/" }))).toEqual([["url", "destination_refused"]]);
    expect(errorsOf(await patch(id, { eventTypes: ["x.y"] }))).toEqual([
      ["eventTypes.0", "unknown_event_type"],
    ]);
  });

  test("with the ETag of an older version: 412 and the current one; with the current one: 200", async () => {
    const { id } = await create();
    await patch(id, { name: "b" });
    const stale = await patch(id, { name: "c" }, { "if-match": '"1"' });
    expect([stale.status, stale.body.code, stale.headers.get("etag")]).toEqual([
      412,
      "precondition_failed",
      '"2"',
    ]);
    expect((await patch(id, { name: "c" }, { "if-match": "nonsense" })).status).toBe(412);
    expect((await patch(id, { name: "c" }, { "if-match": '"2"' })).status).toBe(200);
    expect((await patch(id, { name: "d" }, { "if-match": "*" })).status).toBe(200);
  });

  test("of several at the same time loses none", async () => {
    const { id } = await create();
    const answers = await Promise.all(
      ["a", "b", "c"].map((name) => patch(id, { headers: { [`x-${name}`]: name } })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const read = await workspace.call("GET", `/v1/webhooks/${id}`);
    expect(read.body.headers).toEqual({ "x-a": "a", "x-b": "b", "x-c": "c" });
  });

  test("of the URL keeps the line when it is nobody else's; leaves a shared one, as recovering", async () => {
    const alone = await create({ url: "https://alone.example.org/", status: "active" });
    const kept = await patch(alone.id, { url: "https://elsewhere.example.org/" });
    expect(kept.body).toMatchObject({ endpointId: alone.endpointId, generation: 1 });
    const shared = await create({ url: "https://shared.example.org/", status: "active" });
    await create({ url: "https://shared.example.org/", status: "active" });
    const moved = await patch(shared.id, { url: "https://third.example.org/" });
    expect(moved.body).toMatchObject({ status: "recovering", generation: 2 });
    expect(moved.body.endpointId).not.toBe(shared.endpointId);
  });
});

describe("switching", () => {
  test("on and off raises the generation; to the status it has changes nothing: 200", async () => {
    const { id } = await create();
    const on = await workspace.call("POST", `/v1/webhooks/${id}/activate`);
    expect(on.body).toMatchObject({ status: "active", version: 2, generation: 2 });
    const again = await workspace.call("POST", `/v1/webhooks/${id}/activate`, { body: {} });
    expect(again.body).toMatchObject({ status: "active", version: 2, generation: 2 });
    const off = await workspace.call("POST", `/v1/webhooks/${id}/deactivate`);
    expect(off.body).toMatchObject({ status: "inactive", version: 3, generation: 3 });
    expect((await patch(id, { status: "active" })).body).toMatchObject({ status: "active", generation: 4 });
  });

  test("on one that was disabled forgets why", async () => {
    const { id } = await create({ status: "active" });
    await api.store.db.collection<{ _id: string }>("webhooks").updateOne(
      { _id: id },
      {
        $set: {
          status: "auto_disabled",
          disabled: { reason: "error_rate", at: new Date(), lastError: "HTTP 500" },
        },
      },
    );
    const disabled = await workspace.call("GET", `/v1/webhooks/${id}`);
    expect(disabled.body.disabled).toMatchObject({ reason: "error_rate", lastError: "HTTP 500" });
    expect((await patch(id, { name: "still disabled" })).body.status).toBe("auto_disabled");
    const on = await workspace.call("POST", `/v1/webhooks/${id}/activate`);
    expect(on.body.status).toBe("active");
    expect(on.body.disabled).toBeUndefined();
  });

  test("with the ETag of an older version: 412", async () => {
    const { id } = await create();
    const headers = { "if-match": '"9"' };
    expect((await workspace.call("POST", `/v1/webhooks/${id}/activate`, { headers })).status).toBe(412);
    expect((await workspace.call("DELETE", `/v1/webhooks/${id}`, { headers })).status).toBe(412);
  });
});

test("DELETE /v1/webhooks/{id}: 204, and once more 204; the tombstone stays for who has deliveries of it", async () => {
  const { id } = await create();
  const answer = await workspace.call("DELETE", `/v1/webhooks/${id}`);
  expect([answer.status, answer.text]).toEqual([204, ""]);
  expect((await workspace.call("DELETE", `/v1/webhooks/${id}`)).status).toBe(204);
  const headers = { "if-match": '"1"' };
  expect((await workspace.call("DELETE", `/v1/webhooks/${id}`, { headers })).status).toBe(204);
  expect((await other.call("DELETE", `/v1/webhooks/${id}`)).status).toBe(404);
  const stored = await api.store.db.collection<{ _id: string }>("webhooks").findOne({ _id: id });
  expect(stored).toMatchObject({ version: 2, deletedAt: expect.any(Date) });
});

test("every change is in the line of its workspace before it is answered, in order", async () => {
  const fresh = await api.createWorkspace();
  const made = await fresh.call("POST", "/v1/webhooks", { body: aWebhook({ status: "active" }) });
  const id = made.body.id;
  await fresh.call("PATCH", `/v1/webhooks/${id}`, { body: { name: "b" } });
  await fresh.call("POST", `/v1/webhooks/${id}/deactivate`);
  await fresh.call("DELETE", `/v1/webhooks/${id}`);
  const document = await api.store.db
    .collection<{ _id: string; eventsPartition: number }>("workspaces")
    .findOne({ _id: fresh.id });
  const partition = document!.eventsPartition;

  const found = await readControls(partition, id, 4);
  expect(found).toEqual([1, 2, 3, 4].map((version) => ({ workspaceId: fresh.id, version })));
  const open = await api.store.db
    .collection("outbox")
    .countDocuments({ pending: true, "payload.webhookId": id });
  expect(open).toBe(0);
});

async function readControls(partition: number, webhookId: string, count: number): Promise<object[]> {
  const kafka = createKafka({
    brokers: api.config.KAFKA_BROKERS,
    clientId: "reader",
    logger: createLogger("test", "silent"),
  });
  const found: object[] = [];
  const consumer = new GroupConsumer(kafka, {
    groupId: `${api.config.HOOKLANE_TOPIC_PREFIX}.reader`,
    topics: [topicNames(api.config.HOOKLANE_TOPIC_PREFIX).events],
    handler: (batch) => {
      for (const record of batch.records) {
        const decoded = decodeEventsRecord(toRawRecord(record));
        if (!decoded.ok || decoded.value.meta.kind !== "control" || record.partition !== partition) continue;
        const { workspaceId, version, webhookId: of } = decoded.value.meta;
        if (of === webhookId) found.push({ workspaceId, version });
      }
      return Promise.resolve();
    },
  });
  consumer.start();
  await eventually(() => found.length >= count, { what: "control records" });
  await consumer.close();
  return found;
}
