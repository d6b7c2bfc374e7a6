import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { OPERATOR_KEY, type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;

beforeAll(async () => {
  api = await TestApi.start({ CONSOLE_URL: "https://console.example/" });
  for (const family of ["mail", "audience", "messaging"]) {
    expect((await asOperator("POST", `/v1/plans/families/${family}`, {})).status).toBe(200);
  }
});

afterAll(() => api.stop());

const asOperator = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  api.call(method, path, { key: OPERATOR_KEY, body, headers });

const setPlan = (workspace: TestWorkspace, plan: string, headers: Record<string, string> = {}) =>
  asOperator("PATCH", `/v1/workspaces/${workspace.id}`, { plan }, headers);

const errorsOf = (answer: TestAnswer) => answer.body.errors.map(({ path, code }) => [path, code]);
const summary = ({ status, body: { code } }: TestAnswer) => [status, code];

let count = 0;

const aPlan = (overrides: object = {}) => ({
  id: `own.p${++count}`,
  family: "own",
  rank: 1,
  name: { en: "Own", fr: "Maison" },
  webhooks: { access: "full" },
  ...overrides,
});

const createPlan = async (overrides: object = {}) => {
  const answer = await asOperator("POST", "/v1/plans", aPlan(overrides));
  expect(answer.status).toBe(201);
  return answer.body.id;
};

const aWebhook = (overrides: object = {}) => ({
  name: "Clicks",
  url: "https://hooks.example.org/a",
  eventTypes: ["email.opened"],
  ...overrides,
});

const createWebhook = (workspace: TestWorkspace, overrides: object = {}) =>
  workspace.call("POST", "/v1/webhooks", { body: aWebhook(overrides) });

describe("GET /v1/plans", () => {
  test("with the operator's key: all plans, the built-in one first, families by rank: 200", async () => {
    const answer = await asOperator("GET", "/v1/plans");
    const ids = answer.body.data.map(({ id }) => id);
    expect(ids[0]).toBe("self_hosted");
    expect(ids).toEqual(
      expect.arrayContaining(["mail.standard", "mail.max", "audience.free", "messaging.advanced"]),
    );
    expect(ids.filter((id) => id.startsWith("audience."))).toEqual([
      "audience.free",
      "audience.essentials",
      "audience.standard",
      "audience.premium",
    ]);
    expect(answer.body).not.toHaveProperty("currentPlan");
    expect(answer.body.data[1]).not.toHaveProperty("unlocks");
  });

  test("with a workspace's key: its plan, those of its family and what each unlocks, where to upgrade: 200", async () => {
    const workspace = await api.createWorkspace({ plan: "mail.standard" });
    const answer = await workspace.call("GET", "/v1/plans");
    expect(answer.body).toMatchObject({
      currentPlan: "mail.standard",
      upgradeUrl: "https://console.example/plans",
      data: [
        { id: "mail.standard", unlocks: { webhooks: [], eventTypes: [] } },
        { id: "mail.max", unlocks: { webhooks: [], eventTypes: ["sms.link_clicked"] } },
      ],
    });
    const selfHosted = await (await api.createWorkspace()).call("GET", "/v1/plans");
    expect(selfHosted.body).toMatchObject({ currentPlan: "self_hosted", data: [{ isBuiltIn: true }] });
  });

  test("without a key: 401; with a key that does not read: 403", async () => {
    expect((await api.call("GET", "/v1/plans")).status).toBe(401);
    const workspace = await api.createWorkspace();
    const made = await workspace.call("POST", "/v1/api-keys", { body: { name: "i", scopes: ["ingest"] } });
    expect((await api.call("GET", "/v1/plans", { key: made.body.apiKey })).status).toBe(403);
  });
});

describe("POST /v1/plans", () => {
  test("makes a plan: 201; one of that id there is: 409; with a workspace's key: 403", async () => {
    const body = aPlan({
      webhooks: { access: "full", perKind: { journey_point: "configure" } },
      events: { locked: ["email.opened"] },
      upgradeUrl: "https://shop.example/upgrade",
    });
    const made = await asOperator("POST", "/v1/plans", body);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...body, isBuiltIn: false, version: 1 });
    expect(made.headers.get("etag")).toBe('"1"');
    expect(summary(await asOperator("POST", "/v1/plans", body))).toEqual([409, "conflict"]);
    const workspace = await api.createWorkspace();
    expect((await workspace.call("POST", "/v1/plans", { body: aPlan() })).status).toBe(403);
  });

  test.each([
    [{ id: "gold" }, [["id", "invalid_format"]]],
    [{ id: "other.gold" }, [["id", "invalid_value"]]],
    [{ id: "self_hosted", family: "self_hosted" }, [["id", "invalid_format"]]],
    [{ rank: -1 }, [["rank", "too_small"]]],
    [{ rank: 1.5 }, [["rank", "invalid_type"]]],
    [{ name: { en: "Own" } }, [["name.fr", "required"]]],
    [{ webhooks: {} }, [["webhooks.access", "required"]]],
    [{ webhooks: { access: "all" } }, [["webhooks.access", "invalid_value"]]],
    [
      { webhooks: { access: "full", perKind: { mail: "none" } } },
      [["webhooks.perKind.mail", "unknown_field"]],
    ],
    [{ events: { locked: ["a", "a"] } }, [["events.locked.1", "duplicate"]]],
    [{ upgradeUrl: "javascript:alert(1)" }, [["upgradeUrl", "invalid_format"]]],
    [{ colour: "red" }, [["colour", "unknown_field"]]],
  ])("%j: 422 naming the field", async (overrides, expected) => {
    const answer = await asOperator("POST", "/v1/plans", aPlan(overrides));
    expect(answer.status).toBe(422);
    expect(errorsOf(answer)).toEqual(expected);
  });
});

describe("/v1/plans/{id}", () => {
  test("GET: 200 with its ETag, 404", async () => {
    const read = await asOperator("GET", "/v1/plans/mail.max");
    expect(read.body).toMatchObject({ id: "mail.max", family: "mail", version: 1 });
    expect(read.headers.get("etag")).toBe('"1"');
    expect((await asOperator("GET", "/v1/plans/self_hosted")).body).toMatchObject({ isBuiltIn: true });
    expect((await asOperator("GET", "/v1/plans/mail.gold")).status).toBe(404);
  });

  test("PATCH merges: 200; by an older ETag: 412; nobody's: 404; the built-in one: 409", async () => {
    const id = await createPlan({ webhooks: { access: "full", perKind: { audience: "none" } } });
    const patched = await asOperator("PATCH", `/v1/plans/${id}`, {
      name: { fr: "Autre" },
      webhooks: { perKind: { audience: null, touchpoint: "configure" } },
      events: { locked: ["email.opened"] },
      upgradeUrl: "https://shop.example/",
    });
    expect(patched.body).toMatchObject({
      name: { en: "Own", fr: "Autre" },
      webhooks: { access: "full", perKind: { touchpoint: "configure" } },
      events: { locked: ["email.opened"] },
      upgradeUrl: "https://shop.example/",
      version: 2,
    });
    expect(patched.text).not.toContain('"audience"');
    const stale = await asOperator("PATCH", `/v1/plans/${id}`, { rank: 2 }, { "if-match": '"1"' });
    expect([stale.status, stale.headers.get("etag")]).toEqual([412, '"2"']);
    const reset = await asOperator("PATCH", `/v1/plans/${id}`, { events: null, upgradeUrl: null });
    expect(reset.body).toMatchObject({ events: { locked: [] }, version: 3 });
    expect(reset.body).not.toHaveProperty("upgradeUrl");
    expect((await asOperator("PATCH", "/v1/plans/own.nobody", { rank: 2 })).status).toBe(404);
    expect((await asOperator("PATCH", "/v1/plans/self_hosted", { rank: 2 })).status).toBe(409);
  });

  test("PATCH checks the state it leads to: 422", async () => {
    const id = await createPlan();
    expect(errorsOf(await asOperator("PATCH", `/v1/plans/${id}`, { name: null }))).toEqual([
      ["name", "required"],
    ]);
    expect(errorsOf(await asOperator("PATCH", `/v1/plans/${id}`, { id: "own.x" }))).toEqual([
      ["id", "unknown_field"],
    ]);
  });

  test("DELETE: 204, then 404; by an older ETag: 412; in use or built in: 409", async () => {
    const id = await createPlan();
    const workspace = await api.createWorkspace({ plan: id });
    expect(summary(await asOperator("DELETE", `/v1/plans/${id}`))).toEqual([409, "conflict"]);
    await setPlan(workspace, "self_hosted");
    expect((await asOperator("DELETE", `/v1/plans/${id}`, undefined, { "if-match": '"7"' })).status).toBe(
      412,
    );
    expect((await asOperator("DELETE", `/v1/plans/${id}`)).status).toBe(204);
    expect((await asOperator("DELETE", `/v1/plans/${id}`)).status).toBe(404);
    expect((await asOperator("DELETE", "/v1/plans/self_hosted")).status).toBe(409);
  });
});

test("POST /v1/plans/families/{family}: 200 adding what there is not; a family nobody knows: 404", async () => {
  await asOperator("DELETE", "/v1/plans/messaging.enterprise");
  await asOperator("PATCH", "/v1/plans/messaging.growth", { rank: 25 });
  const body = { upgradeUrl: "https://shop.example/sms" };
  const again = await asOperator("POST", "/v1/plans/families/messaging", body);
  expect(again.body).toMatchObject({
    family: "messaging",
    added: ["messaging.enterprise"],
    data: [
      { id: "messaging.starter", webhooks: { access: "none" } },
      { id: "messaging.growth", rank: 25 },
      { id: "messaging.advanced", webhooks: { access: "full" } },
      { id: "messaging.enterprise", upgradeUrl: "https://shop.example/sms" },
    ],
  });
  expect((await asOperator("POST", "/v1/plans/families/messaging", {})).body.added).toEqual([]);
  expect((await asOperator("POST", "/v1/plans/families/gold", {})).status).toBe(404);
});

describe("the plan of a workspace", () => {
  test("is the operator's to give: 200 raising the version; 404, 412, 422", async () => {
    const workspace = await api.createWorkspace({ plan: "mail.standard" });
    const answer = await setPlan(workspace, "mail.max", { "if-match": '"1"' });
    expect(answer.body).toMatchObject({ plan: "mail.max", version: 2 });
    expect(answer.headers.get("etag")).toBe('"2"');
    expect((await setPlan(workspace, "mail.standard", { "if-match": '"1"' })).status).toBe(412);
    expect(errorsOf(await setPlan(workspace, "mail.gold"))).toEqual([["plan", "invalid_value"]]);
    expect((await asOperator("PATCH", "/v1/workspaces/ws_nobody", { plan: "mail.max" })).status).toBe(404);
    expect(errorsOf(await asOperator("PATCH", `/v1/workspaces/${workspace.id}`, {}))).toEqual([
      ["plan", "required"],
    ]);
    expect((await workspace.call("GET", "/v1/workspace")).body).toMatchObject({ plan: "mail.max" });
  });

  test("is not the workspace's own to change: 403", async () => {
    const workspace = await api.createWorkspace({ plan: "mail.standard" });
    const answer = await workspace.call("PATCH", "/v1/workspace", { body: { plan: "mail.max" } });
    expect(summary(answer)).toEqual([403, "forbidden"]);
    const path = `/v1/workspaces/${workspace.id}`;
    expect((await workspace.call("PATCH", path, { body: { plan: "mail.max" } })).status).toBe(403);
  });

  test("has to exist when the workspace is made: 422", async () => {
    const contacts = [{ email: "a@example.org", language: "en" }];
    const answer = await asOperator("POST", "/v1/workspaces", { name: "A", contacts, plan: "gold" });
    expect(errorsOf(answer)).toEqual([["plan", "invalid_value"]]);
  });
});

describe("a plan without webhooks", () => {
  test("refuses to make and to change one: 403; switching off and deleting are always allowed", async () => {
    const workspace = await api.createWorkspace();
    const { id } = (await createWebhook(workspace, { status: "active" })).body;
    await setPlan(workspace, "messaging.starter");
    const refusal = {
      code: "plan_upgrade_required",
      feature: "webhooks.configure",
      currentPlan: "messaging.starter",
      requiredPlan: "messaging.advanced",
      upgradeUrl: "https://console.example/plans",
    };
    const made = await createWebhook(workspace);
    expect(made.status).toBe(403);
    expect(made.body).toMatchObject(refusal);
    const patched = await workspace.call("PATCH", `/v1/webhooks/${id}`, { body: { name: "x" } });
    expect([patched.status, patched.body]).toMatchObject([403, refusal]);
    expect((await workspace.call("GET", "/v1/webhooks")).body.data).toHaveLength(1);
    expect((await workspace.call("POST", `/v1/webhooks/${id}/deactivate`)).body.status).toBe("inactive");
    expect((await workspace.call("DELETE", `/v1/webhooks/${id}`)).status).toBe(204);
  });
});

describe("a plan with drafts only", () => {
  const refusal = {
    code: "plan_upgrade_required",
    feature: "webhooks.activate",
    currentPlan: "audience.free",
    requiredPlan: "audience.standard",
  };

  test("saves a draft: 201, 200; and activates nothing in any way: 403", async () => {
    const workspace = await api.createWorkspace({ plan: "audience.free" });
    const made = await createWebhook(workspace);
    expect([made.status, made.body.status]).toEqual([201, "inactive"]);
    const { id } = made.body;
    const patch = (body: object) => workspace.call("PATCH", `/v1/webhooks/${id}`, { body });
    expect((await patch({ name: "Draft" })).body).toMatchObject({ name: "Draft", status: "inactive" });
    for (const answer of [
      await createWebhook(workspace, { status: "active" }),
      await patch({ status: "active", name: "On" }),
      await workspace.call("POST", `/v1/webhooks/${id}/activate`),
    ]) {
      expect([answer.status, answer.body]).toMatchObject([403, refusal]);
    }
    const listed = await workspace.call("GET", "/v1/webhooks");
    expect(listed.body.data).toMatchObject([{ id, name: "Draft", status: "inactive", version: 2 }]);
  });

  test("is left by an upgrade; a downgrade locks, a locked one can be changed and comes back", async () => {
    const workspace = await api.createWorkspace({ plan: "audience.standard" });
    const { id } = (await createWebhook(workspace, { status: "active" })).body;
    const read = async () => (await workspace.call("GET", `/v1/webhooks/${id}`)).body;
    await setPlan(workspace, "audience.free");
    expect(await read()).toMatchObject({ status: "plan_locked", generation: 2 });
    const renamed = await workspace.call("PATCH", `/v1/webhooks/${id}`, { body: { name: "Locked" } });
    expect([renamed.status, renamed.body.status]).toEqual([200, "plan_locked"]);
    const activated = await workspace.call("POST", `/v1/webhooks/${id}/activate`);
    expect([activated.status, activated.body]).toMatchObject([403, refusal]);
    await setPlan(workspace, "audience.premium");
    expect(await read()).toMatchObject({ status: "active", generation: 3, name: "Locked" });
  });

  test("lets nothing through that races with the downgrade", async () => {
    const workspace = await api.createWorkspace({ plan: "audience.standard" });
    const ids: string[] = [];
    for (let index = 0; index < 4; index++) ids.push((await createWebhook(workspace)).body.id);
    const [down, ...answers] = await Promise.all([
      setPlan(workspace, "audience.free"),
      ...ids.map((id) => workspace.call("POST", `/v1/webhooks/${id}/activate`)),
    ]);
    expect(down.status).toBe(200);
    for (const { status } of answers) expect([200, 403]).toContain(status);
    // As the health-monitor does once all saves of that moment have ended.
    await setPlan(workspace, "audience.free");
    const listed = await workspace.call("GET", "/v1/webhooks");
    for (const { status } of listed.body.data) expect(["inactive", "plan_locked"]).toContain(status);
  });
});

test("a kind of webhooks that differs is refused or left a draft, others are not", async () => {
  const plan = await createPlan({ webhooks: { access: "full", perKind: { audience: "configure" } } });
  const workspace = await api.createWorkspace({ plan });
  const audience = { kind: "audience", audienceId: "aud_1", eventTypes: ["audience.subscribed"] };
  expect((await createWebhook(workspace, { status: "active" })).body.status).toBe("active");
  // Saving switches one of an audience on, plan permitting (product.md W1).
  const draft = await createWebhook(workspace, audience);
  expect([draft.status, draft.body.status]).toEqual([201, "inactive"]);
  const refused = await createWebhook(workspace, { ...audience, status: "active" });
  expect([refused.status, refused.body]).toMatchObject([403, { feature: "webhooks.activate" }]);
  await asOperator("PATCH", `/v1/plans/${plan}`, { webhooks: { perKind: { audience: "none" } } });
  const none = await createWebhook(workspace, audience);
  expect([none.status, none.body]).toMatchObject([403, { feature: "webhooks.configure" }]);
  expect((await createWebhook(workspace)).status).toBe(201);
});

describe("a locked event type", () => {
  const both = ["email.opened", "sms.link_clicked"];
  const refusal = {
    code: "plan_upgrade_required",
    feature: "events.sms.link_clicked",
    currentPlan: "mail.standard",
    requiredPlan: "mail.max",
  };

  test("is saved in a draft: 201; activating it: 403; after an upgrade: 200", async () => {
    const workspace = await api.createWorkspace({ plan: "mail.standard" });
    const made = await createWebhook(workspace, { eventTypes: both });
    expect(made.body).toMatchObject({ status: "inactive", lockedEventTypes: ["sms.link_clicked"] });
    const activate = () => workspace.call("POST", `/v1/webhooks/${made.body.id}/activate`);
    const refused = await activate();
    expect([refused.status, refused.body]).toMatchObject([403, refusal]);
    await setPlan(workspace, "mail.max");
    const on = await activate();
    expect([on.status, on.body.status]).toEqual([200, "active"]);
    expect(on.body).not.toHaveProperty("lockedEventTypes");
  });

  test("is not added to what is on: 403; what has it since before goes on without it, and can be changed", async () => {
    const workspace = await api.createWorkspace({ plan: "mail.max" });
    const { id } = (await createWebhook(workspace, { status: "active", eventTypes: both })).body;
    const plain = (await createWebhook(workspace, { status: "active" })).body;
    await setPlan(workspace, "mail.standard");
    const patch = (of: string, body: object) => workspace.call("PATCH", `/v1/webhooks/${of}`, { body });
    expect((await patch(id, { name: "Partly" })).body).toMatchObject({
      status: "active",
      lockedEventTypes: ["sms.link_clicked"],
    });
    const refused = await patch(plain.id, { eventTypes: both });
    expect([refused.status, refused.body]).toMatchObject([403, refusal]);
    const without = await patch(id, { eventTypes: ["email.opened"] });
    expect(without.body).not.toHaveProperty("lockedEventTypes");
  });

  test("of a plan the operator changes is left out at once where it was on", async () => {
    const plan = await createPlan({ id: "alone.only", family: "alone" });
    const workspace = await api.createWorkspace({ plan });
    const only = (await createWebhook(workspace, { status: "active", eventTypes: ["sms.link_clicked"] }))
      .body;
    const some = (await createWebhook(workspace, { status: "active", eventTypes: both })).body;
    await asOperator("PATCH", `/v1/plans/${plan}`, { events: { locked: ["sms.link_clicked"] } });
    const read = async (id: string) => (await workspace.call("GET", `/v1/webhooks/${id}`)).body;
    expect(await read(only.id)).toMatchObject({ status: "plan_locked" });
    expect(await read(some.id)).toMatchObject({ status: "active", lockedEventTypes: ["sms.link_clicked"] });
    const none = { code: "plan_upgrade_required", requiredPlan: null };
    expect((await workspace.call("POST", `/v1/webhooks/${only.id}/activate`)).body).toMatchObject(none);
  });
});

test("a change of plan the broker does not take is stored and answered 503; repeated, webhooks follow", async () => {
  const own = await TestApi.start({ SUBSCRIPTION_API_ANNOUNCE_TIMEOUT_MS: "500" });
  try {
    const call = (method: string, path: string, body?: unknown) =>
      own.call(method, path, { key: OPERATOR_KEY, body });
    await call("POST", "/v1/plans/families/audience", {});
    const workspace = await own.createWorkspace({ plan: "audience.standard" });
    const { id } = (await createWebhook(workspace, { status: "active" })).body;
    await own.deleteEventsTopic();
    const down = () => call("PATCH", `/v1/workspaces/${workspace.id}`, { plan: "audience.free" });
    expect(summary(await down())).toEqual([503, "unavailable"]);
    await own.createTopics();
    let answer = await down();
    while (answer.status === 503) answer = await down();
    expect(answer.status).toBe(200);
    expect((await workspace.call("GET", `/v1/webhooks/${id}`)).body.status).toBe("plan_locked");
    const open = await own.store.db
      .collection("outbox")
      .countDocuments({ pending: true, "payload.webhookId": id });
    expect(open).toBe(0);
  } finally {
    await own.stop();
  }
}, 60_000);
