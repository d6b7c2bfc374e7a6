import { decodeEventsRecord, type EventMeta } from "@hooklane/contracts";
import { asAudienceId, asWebhookId, asWorkspaceId, JOURNEY_POINTS_MAX } from "@hooklane/core";
import { createKafka, GroupConsumer, toRawRecord, topicNames } from "@hooklane/kafka";
import { createLogger } from "@hooklane/service";
import { type AudienceDocument, AUDIENCES, ContactWriter, WebhookRepository } from "@hooklane/store";
import { eventually } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { OPERATOR_KEY, type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;
let other: TestWorkspace;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
  other = await api.createWorkspace();
});

afterAll(() => api.stop());

const form = (more: object = {}) => ({
  name: "Welcome",
  url: "https://hooks.example.org/welcome",
  auth: { username: "shop", password: "hush-hush" },
  ...more,
});

const contact = { id: "c-1", audience_id: "list-7", email: "lea@example.org" };

const errorsOf = (answer: TestAnswer) => answer.body.errors.map(({ path, code }) => `${path} ${code}`);

async function makeJourney(of = workspace): Promise<string> {
  const made = await of.call("POST", "/v1/journeys", { body: { name: "Onboarding" } });
  expect(made.status).toBe(201);
  return `/v1/journeys/${made.body.id}`;
}

async function addPoint(journey: string, more: object = {}, of = workspace): Promise<TestAnswer["body"]> {
  const added = await of.call("POST", `${journey}/points`, { body: form(more) });
  expect(added.status).toBe(201);
  return added.body;
}

async function startJourney(of = workspace): Promise<{ journey: string; point: string }> {
  const journey = await makeJourney(of);
  const point = (await addPoint(journey, {}, of)).id;
  expect((await of.call("POST", `${journey}/start`)).status).toBe(200);
  return { journey, point };
}

const statusOf = async (path: string) => (await workspace.call("GET", path)).body.status;

const change = async (id: string, status: "auto_disabled" | "plan_locked") =>
  new WebhookRepository(api.store).change(
    asWebhookId(id),
    {},
    (webhook) => ({ webhook: { ...webhook, status, disabled: { reason: "error_rate", at: new Date() } } }),
    new Date(),
  );

describe("a journey", () => {
  test("is made as a draft, read, listed, changed with its ETag, and deleted with its points", async () => {
    const own = await api.createWorkspace();
    const made = await own.call("POST", "/v1/journeys", { body: { name: "  Onboarding " } });
    expect(made.body).toMatchObject({
      name: "Onboarding",
      status: "draft",
      steps: [],
      pointCount: 0,
      version: 1,
    });
    const path = `/v1/journeys/${made.body.id}`;
    const point = await addPoint(path, {}, own);
    const stale = { body: { name: "B" }, headers: { "if-match": '"7"' } };
    expect((await own.call("PATCH", path, stale)).status).toBe(412);
    const fresh = { body: { name: "B" }, headers: { "if-match": made.headers.get("etag") ?? "" } };
    expect((await own.call("PATCH", path, fresh)).body).toMatchObject({
      name: "B",
      version: 2,
      pointCount: 1,
    });
    const { data } = (await own.call("GET", "/v1/journeys")).body;
    expect(data).toEqual([(await own.call("GET", path)).body]);
    expect((await own.call("DELETE", path)).status).toBe(204);
    expect((await own.call("GET", path)).status).toBe(404);
    expect((await own.call("GET", `/v1/webhooks/${point.id}`)).status).toBe(404);
  });

  test("of another workspace is not there", async () => {
    const { journey, point } = await startJourney();
    const calls: [string, string, object?][] = [
      ["GET", journey],
      ["PATCH", journey, { name: "x" }],
      ["DELETE", journey],
      ["POST", `${journey}/start`],
      ["POST", `${journey}/pause`],
      ["POST", `${journey}/resume`],
      ["GET", `${journey}/points`],
      ["POST", `${journey}/points`, form()],
      ["GET", `${journey}/points/${point}`],
      ["PATCH", `${journey}/points/${point}`, { name: "x" }],
      ["DELETE", `${journey}/points/${point}`],
      ["POST", `${journey}/points/${point}/arrivals`, { contact }],
    ];
    for (const [method, path, body] of calls)
      expect([path, (await other.call(method, path, { body })).status]).toEqual([path, 404]);
    const own = await makeJourney(other);
    // Neither is a point of one journey another's.
    const elsewhere = await makeJourney();
    expect((await workspace.call("GET", `${elsewhere}/points/${point}`)).status).toBe(404);
    expect((await workspace.call("DELETE", `${elsewhere}/points/${point}`)).status).toBe(404);
    expect((await other.call("DELETE", `${own}/points/${point}`)).status).toBe(404);
    expect(await statusOf(`/v1/webhooks/${point}`)).toBe("active");
  });

  test("has a map of labelled steps that lead to each other, and of its own points", async () => {
    const journey = await makeJourney();
    const point = (await addPoint(journey)).id;
    const foreign = (await addPoint(await makeJourney())).id;
    const steps = [
      { id: "in", kind: "start", label: "Signs up", next: ["hello"] },
      { id: "hello", kind: "point", pointId: point, next: ["vip"] },
      { id: "vip", kind: "rule", label: "Is a VIP?", next: ["in"] },
    ];
    const patched = await workspace.call("PATCH", journey, { body: { steps } });
    expect(patched.body).toMatchObject({ steps });
    const wrong = [
      { id: "a", kind: "start", next: ["b", "a", "a"] },
      { id: "a", kind: "action", label: "Tag", pointId: point },
      { id: "c", kind: "point" },
    ];
    expect(errorsOf(await workspace.call("PATCH", journey, { body: { steps: wrong } }))).toEqual([
      "steps.0.next.2 duplicate",
      "steps.0.label required",
      "steps.1.pointId excluded_by",
      "steps.2.pointId required",
    ]);
    const unknown = [
      { id: "a", kind: "point", pointId: foreign, next: ["b"] },
      { id: "a", kind: "point", pointId: point },
      { id: "c", kind: "point", pointId: point },
    ];
    expect(errorsOf(await workspace.call("PATCH", journey, { body: { steps: unknown } }))).toEqual([
      "steps.0.next.0 invalid_value",
      "steps.0.pointId invalid_value",
      "steps.1.id duplicate",
      "steps.2.pointId duplicate",
    ]);
    // A point that is deleted leaves the map, and what led to it leads on.
    expect((await workspace.call("DELETE", `${journey}/points/${point}`)).status).toBe(204);
    expect((await workspace.call("GET", journey)).body).toMatchObject({
      pointCount: 0,
      steps: [
        { id: "in", next: ["vip"] },
        { id: "vip", next: ["in"] },
      ],
    });
  });
});

describe("a point", () => {
  test.each([
    ["name", "name"],
    ["url", "url"],
    ["auth", "auth.username"],
  ])("needs its %s", async (field, path) => {
    const body = { ...form(), [field]: undefined };
    const answer = await workspace.call("POST", `${await makeJourney()}/points`, { body });
    expect(answer.status).toBe(422);
    expect(errorsOf(answer)).toContain(`${path} required`);
  });

  test("needs user name and password each", async () => {
    const path = `${await makeJourney()}/points`;
    const without = async (auth: object) =>
      errorsOf(await workspace.call("POST", path, { body: form({ auth }) }));
    expect(await without({ password: "p" })).toEqual(["auth.username required"]);
    expect(await without({ username: "u" })).toEqual(["auth.password required"]);
  });

  test("is checked as every webhook is: address, template, certificate, headers", async () => {
    const path = `${await makeJourney()}/points`;
    const refused = async (more: object) =>
      errorsOf(await workspace.call("POST", path, { body: form(more) }));
    expect(await refused({ url: "http://169.254.169.254/" })).toEqual(["url destination_refused"]);
    expect(await refused({ body: "{{ contact.email" })).toEqual(["body invalid_template"]);
    expect(await refused({ headers: { "webhook-id": "x" } })).toEqual(["headers.webhook-id reserved_header"]);
    expect(await refused({ contentType: "application/x-www-form-urlencoded" })).toEqual([
      "contentType invalid_value",
    ]);
  });

  test("shows its secret once and its password never, and has sent nothing yet", async () => {
    const journey = await makeJourney();
    const added = await workspace.call("POST", `${journey}/points`, { body: form() });
    expect(added.body).toMatchObject({
      kind: "journey_point",
      status: "inactive",
      eventTypes: ["journey.point_reached"],
      auth: { type: "basic", username: "shop" },
      requestsSent: 0,
      attempts: 0,
      secret: expect.stringMatching(/^whsec_/),
    });
    const { data } = (await workspace.call("GET", `${journey}/points`)).body;
    expect(data).toHaveLength(1);
    for (const { text } of [added, await workspace.call("GET", `${journey}/points`)])
      expect(text).not.toContain("hush-hush");
    expect(data[0]?.secret).toBeUndefined();
    const shown = (await workspace.call("GET", `/v1/webhooks/${added.body.id}`)).body;
    expect(shown).toMatchObject({ journeyId: journey.split("/").at(-1), kind: "journey_point" });
  });

  test("is patched like a webhook: what is left out stays, and its password is not sent elsewhere", async () => {
    const journey = await makeJourney();
    const path = `${journey}/points/${(await addPoint(journey)).id}`;
    const patch = (body: object, headers = {}) => workspace.call("PATCH", path, { body, headers });
    expect((await patch({ name: "Hello", headers: { "x-shop": "7" } })).body).toMatchObject({
      name: "Hello",
      headers: { "x-shop": "7" },
      auth: { username: "shop" },
    });
    expect(errorsOf(await patch({ url: "https://elsewhere.example.org/" }))).toEqual([
      "auth.password required",
    ]);
    expect(errorsOf(await patch({ auth: null }))).toEqual([
      "auth.username required",
      "auth.password required",
    ]);
    expect(errorsOf(await patch({ name: null }))).toEqual(["name required"]);
    expect(errorsOf(await patch({ eventTypes: ["email.opened"], kind: "events", status: "active" }))).toEqual(
      ["eventTypes unknown_field", "kind unknown_field", "status unknown_field"],
    );
    expect((await patch({ name: "x" }, { "if-match": '"1"' })).status).toBe(412);
    const moved = { url: "https://elsewhere.example.org/", auth: { password: "new" } };
    expect((await patch(moved)).body).toMatchObject({ url: moved.url });
  });

  test(`is one of ${JOURNEY_POINTS_MAX} at most`, async () => {
    const journey = await makeJourney();
    const id = journey.slice("/v1/journeys/".length);
    const full = { $set: { pointCount: JOURNEY_POINTS_MAX - 1 } };
    await api.store.db.collection<{ _id: string }>("journeys").updateOne({ _id: id }, full);
    const answers = await Promise.all(
      [1, 2, 3].map(() => workspace.call("POST", `${journey}/points`, { body: form() })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await workspace.call("GET", journey)).body).toMatchObject({ pointCount: JOURNEY_POINTS_MAX });
  });

  test("is changed by its journey's calls, and tested, activated and read by those of webhooks", async () => {
    const { journey, point } = await startJourney();
    const path = `/v1/webhooks/${point}`;
    for (const [method, suffix, body] of [
      ["PATCH", "", { name: "x" }],
      ["DELETE", "", undefined],
      ["POST", "/deactivate", undefined],
    ] as const) {
      const answer = await workspace.call(method, `${path}${suffix}`, { body });
      expect(answer.body).toMatchObject({
        code: "conflict",
        detail: expect.stringContaining(`${journey}/points/${point}`),
      });
    }
    expect(
      errorsOf(await workspace.call("POST", `${path}/test`, { body: { eventType: "email.opened" } })),
    ).toEqual(["eventType invalid_value"]);
    expect((await workspace.call("POST", `${path}/rotate-secret`, { body: {} })).body.secret).toMatch(
      /^whsec_/,
    );
    for (const suffix of ["/stats", "/deliveries"])
      expect((await workspace.call("GET", `${path}${suffix}`)).status).toBe(200);
    await change(point, "auto_disabled");
    expect((await workspace.call("POST", `${path}/activate`)).body.status).toBe("active");
    await workspace.call("POST", `${journey}/pause`);
    expect((await workspace.call("POST", `${path}/activate`)).body.code).toBe("journey_not_active");
  });

  test("is among the workspace's webhooks, which can be listed by kind", async () => {
    const own = await api.createWorkspace();
    const point = await addPoint(await makeJourney(own), {}, own);
    const asked = { name: "W", url: "https://a.example.org/", eventTypes: ["email.opened"] };
    const webhook = (await own.call("POST", "/v1/webhooks", { body: asked })).body;
    const idsOf = async (query: string) =>
      (await own.call("GET", `/v1/webhooks${query}`)).body.data.map(({ id }) => id);
    expect(await idsOf("")).toEqual([point.id, webhook.id]);
    expect(await idsOf("?kind=journey_point")).toEqual([point.id]);
    expect(await idsOf("?kind=events")).toEqual([webhook.id]);
    expect((await own.call("GET", "/v1/webhooks?kind=other")).status).toBe(422);
  });

  test("is nothing one can ask for by its event type", async () => {
    const body = { name: "W", url: "https://a.example.org/", eventTypes: ["journey.point_reached"] };
    expect(errorsOf(await workspace.call("POST", "/v1/webhooks", { body }))).toEqual([
      "eventTypes.0 unknown_event_type",
    ]);
    expect(
      errorsOf(await workspace.call("POST", "/v1/webhooks", { body: { ...body, kind: "journey_point" } })),
    ).toContain("kind invalid_value");
    for (const type of ["journey.arrival", "journey.point_reached", "campaign.touchpoint_due"])
      expect(errorsOf(await workspace.call("POST", "/v1/event-types", { body: { type } }))).toEqual([
        "type invalid_value",
      ]);
  });

  test("can be previewed, its contact at hand", async () => {
    const journey = await makeJourney();
    const { id } = await addPoint(journey, { body: '{"to":"{{ contact.email }}"}' });
    const body = { webhookId: id, eventType: "journey.point_reached" };
    const preview = (await workspace.call("POST", "/v1/webhooks/preview", { body })).body;
    expect(preview).toMatchObject({ body: '{"to":"lea@example.org"}', headers: { authorization: "***" } });
  });
});

describe("start, pause and resume", () => {
  test("switch all points with the journey, those that are added too", async () => {
    const journey = await makeJourney();
    const one = await addPoint(journey);
    const statuses = async () =>
      (await workspace.call("GET", `${journey}/points`)).body.data.map(({ status }) => status);
    expect((await workspace.call("POST", `${journey}/start`)).body.status).toBe("active");
    const two = await addPoint(journey, { url: "https://two.example.org/" });
    expect(two.status).toBe("active");
    expect(await statuses()).toEqual(["active", "active"]);
    expect((await workspace.call("POST", `${journey}/pause`)).body.status).toBe("paused");
    expect(await statuses()).toEqual(["inactive", "inactive"]);
    await addPoint(journey, { url: "https://three.example.org/" });
    expect((await workspace.call("POST", `${journey}/resume`)).body.status).toBe("active");
    expect(await statuses()).toEqual(["active", "active", "active"]);
    const open = { pending: true, "payload.webhookId": { $in: [one.id, two.id] } };
    expect(await api.store.db.collection("outbox").countDocuments(open)).toBe(0);
    expect(one.status).toBe("inactive");
  });

  test("lead from draft to active and to and fro; repeated, they are answered alike and change nothing", async () => {
    const journey = await makeJourney();
    const call = async (command: string) => {
      const { status, body } = await workspace.call("POST", `${journey}/${command}`);
      return status === 200 ? body.status : body.code;
    };
    // Nothing could be sent.
    expect(await call("start")).toBe("conflict");
    const point = (await addPoint(journey)).id;
    expect([await call("pause"), await call("resume")]).toEqual(["conflict", "conflict"]);
    expect([await call("start"), await call("start"), await call("resume")]).toEqual([
      "active",
      "active",
      "active",
    ]);
    expect([await call("pause"), await call("pause"), await call("start")]).toEqual([
      "paused",
      "paused",
      "conflict",
    ]);
    expect((await workspace.call("GET", journey)).body.version).toBe(3);
    expect((await workspace.call("GET", `/v1/webhooks/${point}`)).body).toMatchObject({
      version: 3,
      generation: 3,
    });
    expect(
      (await workspace.call("POST", `${journey}/resume`, { headers: { "if-match": '"1"' } })).status,
    ).toBe(412);
  });

  test("take as many points as a journey can have at once", async () => {
    const journey = await makeJourney();
    for (let nth = 0; nth < JOURNEY_POINTS_MAX; nth++)
      await addPoint(journey, { url: `https://h${nth}.example.org/` });
    expect((await workspace.call("POST", `${journey}/points`, { body: form() })).status).toBe(409);
    const statuses = async () => {
      const { data } = (await workspace.call("GET", `${journey}/points?limit=200`)).body;
      return [...new Set(data.map(({ status }) => status)), data.length];
    };
    for (const [command, status] of [
      ["start", "active"],
      ["pause", "inactive"],
      ["resume", "active"],
    ] as const) {
      expect((await workspace.call("POST", `${journey}/${command}`)).status).toBe(200);
      expect(await statuses()).toEqual([status, JOURNEY_POINTS_MAX]);
    }
    expect((await workspace.call("DELETE", journey)).status).toBe(204);
  }, 60_000);

  test("leave off what errors have switched off, and have what is owed sent first on demand", async () => {
    const { journey, point } = await startJourney();
    const broken = (await addPoint(journey, { url: "https://broken.example.org/" })).id;
    await change(broken, "auto_disabled");
    await workspace.call("POST", `${journey}/pause`);
    expect((await workspace.call("POST", `${journey}/resume`, { body: { recover: true } })).status).toBe(200);
    expect(await statusOf(`/v1/webhooks/${point}`)).toBe("recovering");
    expect(await statusOf(`/v1/webhooks/${broken}`)).toBe("auto_disabled");
  });

  test("come one after the other: no point is on in a paused journey, whoever acts at the same moment", async () => {
    const { journey, point } = await startJourney();
    for (let round = 0; round < 4; round++) {
      await change(point, "auto_disabled");
      await Promise.all([
        workspace.call("POST", `${journey}/pause`),
        workspace.call("POST", `/v1/webhooks/${point}/activate`),
        workspace.call("POST", `${journey}/points`, { body: form() }),
      ]);
      const { data } = (await workspace.call("GET", `${journey}/points`)).body;
      expect(data.filter(({ status }) => status === "active")).toEqual([]);
      await workspace.call("POST", `${journey}/resume`);
    }
  });
});

describe("under a plan that only lets configure", () => {
  const asOperator = (method: string, path: string, body: object = {}) =>
    api.call(method, path, { key: OPERATOR_KEY, body });

  test.each(["audience.free", "audience.essentials"])(
    "%s: saving works, starting leads to the upgrade",
    async (plan) => {
      await asOperator("POST", "/v1/plans/families/audience");
      const own = await api.createWorkspace();
      await asOperator("PATCH", `/v1/workspaces/${own.id}`, { plan });
      const journey = await makeJourney(own);
      const point = await addPoint(journey, {}, own);
      const refused = await own.call("POST", `${journey}/start`);
      expect(refused.status).toBe(403);
      expect(refused.body).toMatchObject({
        code: "plan_upgrade_required",
        feature: "webhooks.activate",
        requiredPlan: "audience.standard",
        upgradeUrl: expect.stringContaining("/plans"),
      });
      expect((await own.call("GET", journey)).body).toMatchObject({ status: "draft", version: 1 });
      expect((await own.call("GET", `/v1/webhooks/${point.id}`)).body).toMatchObject({
        status: "inactive",
        version: 1,
      });
    },
  );

  test("a downgrade locks points, a pause stays a pause, and an upgrade brings back what is on", async () => {
    await asOperator("POST", "/v1/plans/families/audience");
    const own = await api.createWorkspace();
    const { journey, point } = await startJourney(own);
    const setPlan = (plan: string) => asOperator("PATCH", `/v1/workspaces/${own.id}`, { plan });
    const status = async () => (await own.call("GET", `/v1/webhooks/${point}`)).body.status;
    await setPlan("audience.free");
    expect(await status()).toBe("plan_locked");
    await setPlan("audience.standard");
    expect(await status()).toBe("active");
    await setPlan("audience.free");
    await own.call("POST", `${journey}/pause`);
    expect((await own.call("POST", `${journey}/resume`)).status).toBe(403);
    await setPlan("audience.standard");
    expect(await status()).toBe("inactive");
    await own.call("POST", `${journey}/resume`);
    expect(await status()).toBe("active");
  });
});

describe("an arrival", () => {
  const arrive = (path: string, body: object, headers = {}) =>
    workspace.call("POST", `${path}/arrivals`, { body, headers });

  test("in a draft or a paused journey is refused, and stands in no line", async () => {
    const journey = await makeJourney();
    const path = `${journey}/points/${(await addPoint(journey)).id}`;
    expect((await arrive(path, { contact })).body.code).toBe("journey_not_active");
    await workspace.call("POST", `${journey}/start`);
    expect((await arrive(path, { contact })).status).toBe(202);
    await workspace.call("POST", `${journey}/pause`);
    expect((await arrive(path, { contact })).status).toBe(409);
  });

  test("needs a contact the catalogue knows, or one that is kept here", async () => {
    const { journey, point } = await startJourney();
    const path = `${journey}/points/${point}`;
    expect(errorsOf(await arrive(path, {}))).toEqual(["contact required"]);
    expect(errorsOf(await arrive(path, { contact: { id: "c-1", email: "no", audience_id: "l" } }))).toEqual([
      "contact.email schema_mismatch",
    ]);
    expect(errorsOf(await arrive(path, { contact: { id: "ct_nobody" } }))).toEqual([
      "contact.id invalid_value",
    ]);
    expect(errorsOf(await arrive(path, { contact, id: "ctl:x" }))).toEqual(["id invalid_value"]);
    const long = { ...contact, fields: { text: "x".repeat(300_000) } };
    expect((await arrive(path, { contact: long })).status).toBe(413);
  });

  test("is one event at the point, the same one when repeated with its Idempotency-Key, or under its id", async () => {
    const { journey, point } = await startJourney();
    const path = `${journey}/points/${point}`;
    const audience = { _id: asAudienceId("au_1"), workspaceId: asWorkspaceId(workspace.id) };
    await api.store.db
      .collection<AudienceDocument>(AUDIENCES)
      .insertOne({ ...audience, name: "A", version: 1, createdAt: new Date(), updatedAt: new Date() });
    const written = await new ContactWriter(api.store).write(
      audience,
      { kind: "add", email: "Lea@example.org", patch: { fields: { city: "Lyon" } } },
      { source: "api", at: new Date() },
    );
    if (written.kind !== "added") throw new Error(written.kind);
    const kept = { contact: { id: written.contact.id } };
    const once = { "idempotency-key": "arrival-1" };
    const [one, two] = [await arrive(path, kept, once), await arrive(path, kept, once)];
    expect(two.body).toEqual(one.body);
    await arrive(path, { contact, id: "arrival-2" });
    const again = await arrive(path, { contact, id: "arrival-2" });
    expect([again.status, again.body]).toEqual([202, { eventId: "arrival-2" }]);
    const [first, repeated, second] = await readArrivals(point, 4);
    expect(first).toMatchObject({
      meta: { aimedAt: point, type: "journey.point_reached", source: "api", workspaceId: workspace.id },
      event: {
        type: "journey.point_reached",
        data: {
          journey_id: journey.split("/").at(-1),
          point_id: point,
          contact: {
            id: written.contact.id,
            audience_id: "au_1",
            email: "Lea@example.org",
            fields: { city: "Lyon" },
            tags: [],
            status: "subscribed",
          },
        },
      },
    });
    expect(repeated).toEqual(first);
    expect(second).toMatchObject({
      meta: { recordId: "arrival-2", eventId: "arrival-2" },
      event: { data: { contact } },
    });
  });
});

describe("while the broker is away", () => {
  let away: TestApi;

  beforeAll(async () => {
    away = await TestApi.start({ SUBSCRIPTION_API_ANNOUNCE_TIMEOUT_MS: "500" });
  });

  afterAll(() => away.stop());

  test("nothing is answered that is not in line; repeated, it is the same change and the same arrival", async () => {
    const own = await away.createWorkspace();
    const journey = await makeJourney(own);
    const point = (await addPoint(journey, {}, own)).id;
    const other = await makeJourney(own);
    await addPoint(other, {}, own);
    await own.call("POST", `${other}/start`);
    const { data } = (await own.call("GET", `${other}/points`)).body;
    const start = () => own.call("POST", `${journey}/start`, { headers: { "idempotency-key": "start" } });
    const arrive = () =>
      own.call("POST", `${other}/points/${data[0]!.id}/arrivals`, {
        body: { contact },
        headers: { "idempotency-key": "arrive" },
      });
    const remove = () => own.call("DELETE", other);
    await away.deleteEventsTopic();
    expect([(await start()).status, (await start()).status]).toEqual([503, 503]);
    expect((await arrive()).status).toBe(503);

    await away.createTopics();
    await eventually(async () => (await start()).status === 200);
    await eventually(async () => (await arrive()).status === 202);
    expect((await arrive()).body).toEqual((await arrive()).body);
    expect((await own.call("GET", `/v1/webhooks/${point}`)).body).toMatchObject({
      status: "active",
      version: 2,
    });

    await away.deleteEventsTopic();
    expect([(await remove()).status, (await remove()).status]).toEqual([503, 503]);
    await away.createTopics();
    await eventually(async () => (await remove()).status === 204);
    expect([(await remove()).status, (await own.call("GET", other)).status]).toEqual([204, 404]);
    expect(await away.store.db.collection("outbox").countDocuments({ pending: true, kind: "control" })).toBe(
      0,
    );
  }, 60_000);
});

/** What stands in line for a point. */
async function readArrivals(point: string, count: number) {
  const { events } = topicNames(api.config.HOOKLANE_TOPIC_PREFIX);
  const logger = createLogger("test", "silent");
  const kafka = createKafka({ brokers: api.config.KAFKA_BROKERS, clientId: "reader", logger });
  const found: { readonly meta: EventMeta; readonly event: unknown }[] = [];
  const consumer = new GroupConsumer(kafka, {
    groupId: `${api.config.HOOKLANE_TOPIC_PREFIX}.reader`,
    topics: [events],
    handler: ({ records }) => {
      for (const record of records) {
        const decoded = decodeEventsRecord(toRawRecord(record));
        if (!decoded.ok || decoded.value.meta.kind !== "event" || decoded.value.body === null) continue;
        const { meta, body } = decoded.value;
        if (meta.aimedAt === point) found.push({ meta, event: JSON.parse(Buffer.from(body).toString()) });
      }
      return Promise.resolve();
    },
  });
  consumer.start();
  await eventually(() => found.length >= count, { what: "arrivals" });
  await consumer.close();
  return found;
}
