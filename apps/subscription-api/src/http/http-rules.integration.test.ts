import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { OPERATOR_KEY, type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
});

afterAll(() => api.stop());

const code = (answer: TestAnswer) => answer.body.code;

describe("a key", () => {
  test.each([undefined, "hl_live_unknown", "x"])("that is %s: 401", async (key) => {
    const answer = await api.call("GET", "/v1/webhooks", { key });
    expect([answer.status, code(answer)]).toEqual([401, "unauthorized"]);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });

  test("of a workspace does not open the operator's calls, nor the other way round: 403", async () => {
    expect((await api.call("GET", "/v1/workspaces", { key: workspace.apiKey })).status).toBe(403);
    expect((await api.call("GET", "/v1/webhooks", { key: OPERATOR_KEY })).status).toBe(403);
  });

  test("without the scope: 403", async () => {
    const made = await workspace.call("POST", "/v1/api-keys", { body: { name: "r", scopes: ["read"] } });
    const key = made.body.apiKey;
    expect((await api.call("GET", "/v1/webhooks", { key })).status).toBe(200);
    expect(code(await api.call("POST", "/v1/webhooks", { key, body: {} }))).toBe("forbidden");
  });

  test("whatever it is: the answer has the request's id, the caller's own where it sent one", async () => {
    const answer = await api.call("GET", "/v1/webhooks");
    expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    const headers = { "x-request-id": "req-1" };
    expect((await workspace.call("GET", "/v1/webhooks", { headers })).headers.get("x-request-id")).toBe(
      "req-1",
    );
  });
});

describe("a body", () => {
  test.each([
    "{",
    "",
    '{"a":1}x',
    '{"__proto__":1}',
    '{"a":{"__proto__":"x"}}',
    `${"[".repeat(70)}${"]".repeat(70)}`,
  ])("that is not JSON: 400 %j", async (rawBody) => {
    const answer = await workspace.call("POST", "/v1/webhooks", { rawBody });
    // No text at all is no body; then the fields are missing.
    expect([answer.status, code(answer)]).toEqual(
      rawBody === "" ? [422, "validation_failed"] : [400, "malformed_json"],
    );
  });

  test.each(["gzip", "deflate", "br"])(
    "a body that says it is %s and is not is refused",
    async (encoding) => {
      const headers = { "content-encoding": encoding };
      const answer = await workspace.call("POST", "/v1/webhooks", { rawBody: '{"name":"N"}', headers });
      expect([answer.status, code(answer)]).toEqual([400, "malformed_json"]);
    },
  );

  test("nested without end is refused like any other nonsense, and the service goes on", async () => {
    const rawBody = `{"name":${"[".repeat(400_000)}${"]".repeat(400_000)}}`;
    expect((await workspace.call("POST", "/v1/webhooks", { rawBody })).status).toBe(400);
    expect((await workspace.call("GET", "/v1/webhooks")).status).toBe(200);
  });

  test.each([[[]], ["text"], [1], [null]])("that is JSON but no object: 422 %j", async (body) => {
    const answer = await workspace.call("POST", "/v1/webhooks", { body });
    expect([answer.status, code(answer)]).toEqual([422, "validation_failed"]);
  });

  test("above 1 MiB: 413", async () => {
    const answer = await workspace.call("POST", "/v1/webhooks", { body: { name: "x".repeat(1024 * 1024) } });
    expect([answer.status, code(answer)]).toEqual([413, "body_too_large"]);
  });

  test("of another type: 415", async () => {
    const answer = await workspace.call("POST", "/v1/webhooks", {
      rawBody: "name=x",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect([answer.status, code(answer)]).toEqual([415, "unsupported_media_type"]);
  });
});

describe("a path", () => {
  test("nobody knows: 404", async () => {
    for (const path of ["/v1/nothing", "/x", "/v1/webhooks/a/b/c"]) {
      expect(code(await workspace.call("GET", path))).toBe("not_found");
    }
  });

  test("with another method: 405 and which are allowed", async () => {
    const answer = await workspace.call("PUT", "/v1/webhooks");
    expect([answer.status, code(answer), answer.headers.get("allow")]).toEqual([
      405,
      "method_not_allowed",
      "POST, GET",
    ]);
  });

  test("that is not encoded right: 404", async () => {
    expect((await workspace.call("GET", "/v1/webhooks/%E0%A4%A")).status).toBe(404);
  });
});

describe("a list", () => {
  const lists = ["/v1/webhooks", "/v1/api-keys", "/v1/event-types", "/v1/events", "/v1/deliveries"];

  test.each(lists)("%s takes a limit of 1 to 200: 422 otherwise", async (path) => {
    for (const limit of ["0", "201", "x", "1.5"]) {
      const answer = await workspace.call("GET", `${path}?limit=${limit}`);
      expect([answer.status, answer.body.errors[0]!.path]).toEqual([422, "limit"]);
    }
    expect((await workspace.call("GET", `${path}?limit=200`)).status).toBe(200);
  });

  test.each([...lists, "/v1/deliveries?status=delivered&x"])(
    "%s refuses a cursor it did not give: 400",
    async (list) => {
      const [path, query = ""] = list.replace("&x", "").split("?");
      for (const cursor of ["x", "bm9uc2Vuc2U", "W10"]) {
        const answer = await workspace.call("GET", `${path!}?${query}&cursor=${cursor}`);
        expect([answer.status, code(answer)]).toEqual([400, "invalid_cursor"]);
      }
    },
  );

  test("refuses a parameter nobody knows: 422", async () => {
    const answer = await workspace.call("GET", "/v1/webhooks?page=2");
    expect(answer.body.errors).toEqual([
      { path: "page", code: "unknown_field", message: expect.any(String) },
    ]);
  });

  test("gives every element once, page by page", async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const answer = await workspace.call("GET", `/v1/event-types?limit=7${cursor && `&cursor=${cursor}`}`);
      seen.push(...answer.body.data.map(({ type }) => type));
      cursor = answer.body.nextCursor;
    }
    expect(seen).toEqual([...seen].sort());
    expect(new Set(seen).size).toBe(24);
  });
});

describe("an Idempotency-Key", () => {
  const create = (key: string, name = "idem", more: object = {}) =>
    workspace.call("POST", "/v1/api-keys", {
      body: { name, ...more },
      headers: { "idempotency-key": key },
    });

  test("makes a repeated call once, and answers it alike", async () => {
    const [one, two] = [await create("k1"), await create("k1")];
    expect(one.status).toBe(201);
    expect(two).toMatchObject({ status: 201, body: one.body });
    const stored = JSON.stringify(await api.store.db.collection("idempotencyKeys").find().toArray());
    expect(stored).not.toContain(one.body.apiKey);
  });

  test("makes ten calls at the same time once", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => create("k2")));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  });

  test("with another body: 409", async () => {
    await create("k3");
    const answer = await create("k3", "other");
    expect([answer.status, code(answer)]).toEqual([409, "idempotency_conflict"]);
  });

  test("of a refused call can be used again", async () => {
    expect((await create("k4", "")).status).toBe(422);
    expect((await create("k4", "right")).status).toBe(201);
  });

  test("is the workspace's own", async () => {
    const other = await api.createWorkspace();
    const one = await create("k5");
    const two = await other.call("POST", "/v1/api-keys", {
      body: { name: "idem" },
      headers: { "idempotency-key": "k5" },
    });
    expect(two.status).toBe(201);
    expect(two.body.id).not.toBe(one.body.id);
  });

  test("of more than 255 characters: 422", async () => {
    expect((await create("x".repeat(256))).status).toBe(422);
  });
});

describe("pages", () => {
  test("the description is OpenAPI 3.1 and names every error a call can answer with", async () => {
    const { body } = await api.call("GET", "/v1/openapi.json");
    expect(body.openapi).toBe("3.1.0");
    expect(Object.keys(body.paths["/v1/webhooks"]!.post!.responses).sort()).toEqual([
      "201",
      "400",
      "401",
      "403",
      "409",
      "413",
      "415",
      "422",
      "429",
      "500",
      "503",
    ]);
    const ids = Object.values(body.paths).flatMap((item) =>
      Object.values(item).map((each) => each.operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("every reference of the description leads to something in it", async () => {
    const { text } = await api.call("GET", "/v1/openapi.json");
    const description = JSON.parse(text) as Record<string, unknown>;
    const references = new Set([...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!));
    expect(references.size).toBeGreaterThan(20);
    for (const reference of references) {
      const found = reference
        .split("/")
        .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], description);
      expect([reference, typeof found]).toEqual([reference, "object"]);
    }
  });

  test("/docs is one page that loads nothing from elsewhere", async () => {
    const answer = await api.call("GET", "/docs");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(answer.text).not.toMatch(/<script|<link|src=|@import|url\(/);
    expect(answer.text).toContain("POST /v1/webhooks");
  });

  test.each(["/healthz", "/readyz", "/metrics"])("%s answers without a key", async (path) => {
    expect((await api.call("GET", path)).status).toBe(200);
  });
});
