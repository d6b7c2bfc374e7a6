import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace({ presets: ["email_marketing"] });
});

afterAll(() => api.stop());

const aType = (overrides: object = {}) => ({
  type: `order.paid_${Math.floor(performance.now() * 1000)}`,
  schema: { type: "object", required: ["amount"], properties: { amount: { type: "number" } } },
  ...overrides,
});

const create = (body: object) => workspace.call("POST", "/v1/event-types", { body });

const errorsOf = (answer: TestAnswer) => answer.body.errors.map(({ path, code }) => [path, code]);

describe("POST /v1/event-types", () => {
  test("makes a type of the workspace's own, to which webhooks can subscribe: 201", async () => {
    const body = aType({ labels: { en: "Order paid" } });
    const answer = await create(body);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      ...body,
      labels: { en: "Order paid", fr: "Order paid" },
      descriptions: { en: "Order paid", fr: "Order paid" },
      validation: "reject",
      schemaVersion: 1,
      version: 1,
    });
    const webhook = await workspace.call("POST", "/v1/webhooks", {
      body: { name: "w", url: "https://example.org/", eventTypes: [body.type] },
    });
    expect(webhook.status).toBe(201);
  });

  test("of a name that is taken: 409", async () => {
    const body = aType();
    await create(body);
    expect((await create(body)).status).toBe(409);
    expect((await create(aType({ type: "email.opened" }))).status).toBe(409);
  });

  test.each([
    [{ type: "nodots" }, [["type", "invalid_format"]]],
    [{ type: "Upper.case" }, [["type", "invalid_format"]]],
    [{ type: "journey.point_reached" }, [["type", "invalid_value"]]],
    [{ schema: [] }, [["schema", "invalid_type"]]],
    [{ schema: { type: "nonsense" } }, [["schema", "invalid_value"]]],
    [{ schema: { $ref: "https://example.org/schema" } }, [["schema", "invalid_value"]]],
    [{ schema: { $ref: "#/$defs/nobody" } }, [["schema", "invalid_value"]]],
    [{ schema: { pattern: "(a+)+$" } }, [["schema", "invalid_value"]]],
    [{ schema: { pattern: "(" } }, [["schema", "invalid_value"]]],
    [{ schema: { description: "x".repeat(70_000) } }, [["schema", "too_long"]]],
    [{ schema: nested(18) }, [["schema", "too_large"]]],
    [{ labels: { fr: "x" } }, [["labels.en", "required"]]],
    [{ validation: "maybe" }, [["validation", "invalid_value"]]],
    [{ preset: "messaging" }, [["preset", "unknown_field"]]],
  ])("%.60j: 422", async (overrides, expected) => {
    const answer = await create(aType(overrides));
    expect([answer.status, errorsOf(answer)]).toEqual([422, expected]);
  });

  test("with an example that does not fit: 422 naming where", async () => {
    const type = "order.sent";
    const wrong = await create(aType({ type, example: { type, data: { amount: "1" } } }));
    expect(errorsOf(wrong)).toEqual([["example.data.amount", "schema_mismatch"]]);
    const other = await create(aType({ type, example: { type: "x.y", data: { amount: 1 } } }));
    expect(errorsOf(other)).toEqual([["example.type", "invalid_value"]]);
    expect((await create(aType({ type, example: { type, data: { amount: 1 } } }))).status).toBe(201);
  });
});

function nested(levels: number): object {
  return levels === 0 ? {} : { properties: { a: nested(levels - 1) } };
}

test("GET /v1/event-types/{type}: 200 with labels and example, 404", async () => {
  const answer = await workspace.call("GET", "/v1/event-types/contact.subscribed");
  expect(answer.body).toMatchObject({ preset: "email_marketing", suppressedSources: ["import"] });
  expect(answer.body.labels.fr).not.toBe("");
  expect(answer.body.example.type).toBe("contact.subscribed");
  expect((await workspace.call("GET", "/v1/event-types/no.body")).status).toBe(404);
});

describe("PATCH /v1/event-types/{type}", () => {
  test("raises the schema's version only with another schema: 200; stale ETag: 412", async () => {
    const { type } = (await create(aType())).body;
    const path = `/v1/event-types/${type}`;
    const warned = await workspace.call("PATCH", path, { body: { validation: "warn" } });
    expect(warned.body).toMatchObject({ validation: "warn", schemaVersion: 1, version: 2 });
    const changed = await workspace.call("PATCH", path, { body: { schema: { type: "object" } } });
    expect(changed.body).toMatchObject({ schemaVersion: 2, version: 3 });
    const headers = { "if-match": '"1"' };
    expect((await workspace.call("PATCH", path, { body: {}, headers })).status).toBe(412);
    expect((await workspace.call("PATCH", path, { body: { schema: { type: "x" } } })).status).toBe(422);
  });

  test("of a preset's type changes its validation and nothing else: 200, 409; unknown: 404", async () => {
    const path = "/v1/event-types/email.opened";
    expect((await workspace.call("PATCH", path, { body: { validation: "off" } })).body.validation).toBe(
      "off",
    );
    expect((await workspace.call("PATCH", path, { body: { schema: {} } })).status).toBe(409);
    expect((await workspace.call("PATCH", "/v1/event-types/no.body", { body: {} })).status).toBe(404);
  });
});

test("DELETE /v1/event-types/{type}: 204; asked for by a webhook or of a preset: 409; unknown: 404", async () => {
  const { type } = (await create(aType())).body;
  const webhook = await workspace.call("POST", "/v1/webhooks", {
    body: { name: "w", url: "https://example.org/", eventTypes: [type] },
  });
  expect((await workspace.call("DELETE", `/v1/event-types/${type}`)).status).toBe(409);
  await workspace.call("DELETE", `/v1/webhooks/${webhook.body.id}`);
  expect((await workspace.call("DELETE", `/v1/event-types/${type}`)).status).toBe(204);
  expect((await workspace.call("DELETE", `/v1/event-types/${type}`)).status).toBe(404);
  expect((await workspace.call("DELETE", "/v1/event-types/email.opened")).status).toBe(409);
});

test("POST /v1/event-types/presets/{preset} adds what is missing: 200; unknown: 404", async () => {
  const path = "/v1/event-types/presets/messaging";
  const first = await workspace.call("POST", path);
  expect(first.body.added).toHaveLength(9);
  expect((await workspace.call("POST", path)).body).toEqual({ preset: "messaging", added: [] });
  expect((await workspace.call("POST", "/v1/event-types/presets/nobody")).status).toBe(404);
});
