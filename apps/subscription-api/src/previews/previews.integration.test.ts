import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
} from "@hooklane/core";
import { EventLog } from "@hooklane/store";
import { readForm } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Webhook } from "standardwebhooks";
import { OPERATOR_KEY, type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

interface Preview {
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bytes: number;
  readonly error: object;
}

let api: TestApi;
let workspace: TestWorkspace;
let other: TestWorkspace;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace({ redact: ["data.secret"] });
  other = await api.createWorkspace();
});

afterAll(() => api.stop());

const preview = (body: object) => workspace.call("POST", "/v1/webhooks/preview", { body });

const shown = async (body: object): Promise<Preview> => {
  const answer = await preview(body);
  expect(answer.status).toBe(200);
  return answer.body as unknown as Preview;
};

const create = async (options: object) => {
  const answer = await workspace.call("POST", "/v1/webhooks", {
    body: { name: "Hook", url: "https://hooks.example.org/a", eventTypes: ["email.opened"], ...options },
  });
  expect(answer.status).toBe(201);
  return answer.body;
};

const errorsOf = (answer: TestAnswer) => answer.body.errors.map(({ path, code }) => [path, code]);

const event = { id: "e1", type: "order.paid", timestamp: "2026-01-15T10:00:00Z", data: { n: 'a"é' } };

describe("POST /v1/webhooks/preview", () => {
  test("of options not saved: the body in its bytes, without a signature: 200", async () => {
    const request = await shown({
      body: '{"n":"{{ data.n }}","by":"{{ webhook.id }}"}',
      headers: { "X-A": "1" },
      event,
    });
    expect(request).toMatchObject({
      contentType: "application/json",
      body: '{"n":"a\\"é","by":"wh_preview"}',
      bytes: 31,
      headers: { "content-type": "application/json", "x-a": "1", "webhook-attempt": "1" },
    });
    expect(request.headers).not.toHaveProperty("webhook-signature");
  });

  test("without a body of its own it is the event", async () => {
    const { body } = await shown({ event });
    expect(JSON.parse(body)).toEqual({ ...event, source: "api" });
  });

  test("of a saved webhook: signed over exactly these bytes, secrets masked", async () => {
    const made = await create({
      body: '{"to":"{{ data.n }}"}',
      auth: { type: "basic", username: "u", password: "p:w" },
    });
    const request = await shown({ webhookId: made.id, event });
    expect(new Webhook(made.secret).verify(request.body, { ...request.headers })).toEqual({ to: 'a"é' });
    expect(request.headers.authorization).toBe("***");
    expect(JSON.stringify(request)).not.toContain(Buffer.from("u:p:w").toString("base64"));
  });

  test("of a batching webhook: an array", async () => {
    const made = await create({ batching: {} });
    expect(JSON.parse((await shown({ webhookId: made.id, event })).body)).toMatchObject([event]);
  });

  test.each(["application/x-www-form-urlencoded", "multipart/form-data"])("as %s", async (contentType) => {
    const request = await shown({ contentType, body: [{ name: "f", value: "{{ data.n }}" }], event });
    expect(await readForm(Buffer.from(request.body), request.contentType)).toEqual([["f", 'a"é']]);
  });

  test("of a type: its example", async () => {
    const { body } = await shown({
      eventType: "email.opened",
      body: '{"type":"{{ type }}","data":{{ data }}}',
    });
    const type = await workspace.call("GET", "/v1/event-types/email.opened");
    const { example } = type.body as unknown as { example: { data: object } };
    expect(JSON.parse(body)).toEqual({ type: "email.opened", data: example.data });
  });

  test("of a logged event: what redaction hides stays hidden", async () => {
    const logged = { ...event, id: "evt_logged", source: "api", data: { n: 1, secret: "s" } };
    const workspaceId = asWorkspaceId(workspace.id);
    await new EventLog(api.store).record([
      {
        workspaceId,
        recordId: asRecordId(logged.id),
        eventId: asEventId(logged.id),
        position: { partition: 0, epoch: 0, offset: 0 },
        type: logged.type,
        timestamp: logged.timestamp,
        source: "api",
        acceptedAt: new Date(),
        status: "accepted",
        shownBody: Buffer.from(JSON.stringify(logged)),
        decision: {
          matched: [
            {
              webhookId: asWebhookId("wh_x"),
              generation: 1,
              version: 1,
              endpointId: asEndpointId("ep_x"),
              partition: 0,
              ordinal: 0,
              deliveryId: asDeliveryId("dl_x"),
            },
          ],
          unmatched: [],
        },
        expiresAt: new Date("2100-01-01T00:00:00Z"),
      },
    ]);
    const { body } = await shown({ eventId: logged.id, body: "{{ data }}" });
    expect(JSON.parse(body)).toEqual({ n: 1, secret: "[redacted]" });
  });

  test("of a template that fails on this event: why and where, with what was rendered: 200", async () => {
    const { error } = await shown({ event, body: '{\n"n":{{ data.none }}}' });
    expect(error).toEqual({
      message: "rendered text, line 2, column 5: is not JSON",
      of: "rendered",
      line: 2,
      column: 5,
      rendered: '{\n"n":}',
    });
    const form = {
      contentType: "multipart/form-data",
      body: [{ name: "f", value: "{{ 'NOW' | downcase | date }}" }],
    };
    expect(await shown({ event, ...form })).toMatchObject({
      error: {
        of: "template",
        field: "f",
        line: 1,
        column: 1,
        message: expect.stringContaining("time of rendering"),
      },
    });
  });

  test.each([
    [{}, [["event", "required"]]],
    [{ event, eventType: "email.opened" }, [["eventType", "excluded_by"]]],
    [{ webhookId: "wh_1", body: "{}", event }, [["body", "excluded_by"]]],
    [{ body: "{{", event }, [["body", "invalid_template"]]],
    [{ body: "{}", contentType: "multipart/form-data", event }, [["body", "invalid_type"]]],
    [{ headers: { "webhook-id": "x" }, event }, [["headers.webhook-id", "reserved_header"]]],
    [{ event: { type: "a.b" } }, [["event.data", "required"]]],
    [{ event: { ...event, timestamp: "yesterday" } }, [["event.timestamp", "invalid_format"]]],
    [{ event: { ...event, data: { x: "x".repeat(256 * 1024) } } }, [["event", "event_too_large"]]],
    [{ eventType: "nobody.knows" }, [["eventType", "unknown_event_type"]]],
    [{ url: "https://example.org/", event }, [["url", "unknown_field"]]],
  ])("%j: 422 naming the field", async (body, expected) => {
    const answer = await preview(body);
    expect(answer.status).toBe(422);
    expect(errorsOf(answer)).toEqual(expect.arrayContaining(expected));
  });

  test("of what is no template: 422 naming the place in it", async () => {
    const answer = await preview({ body: '{\n"n":{{ data.n | shout }}}', event });
    expect([answer.status, answer.body.errors]).toMatchObject([
      422,
      [{ path: "body", code: "invalid_template", position: { line: 2, column: 5 } }],
    ]);
  });

  test("of a webhook or an event that is not there, or another workspace's: 404", async () => {
    const made = await create({});
    expect((await preview({ webhookId: "wh_none", event })).status).toBe(404);
    expect((await preview({ eventId: "evt_none" })).status).toBe(404);
    const foreign = await other.call("POST", "/v1/webhooks/preview", { body: { webhookId: made.id, event } });
    expect(foreign.status).toBe(404);
  });

  test("without a key 401, with the operator's 403, broken JSON 400, another method 405", async () => {
    const path = "/v1/webhooks/preview";
    expect((await api.call("POST", path, { body: { event } })).status).toBe(401);
    expect((await api.call("POST", path, { key: OPERATOR_KEY, body: { event } })).status).toBe(403);
    expect((await workspace.call("POST", path, { rawBody: "{" })).status).toBe(400);
    const read = await fetch(`${api.url}${path}`, {
      headers: { authorization: `Bearer ${workspace.apiKey}` },
    });
    expect(read.status).toBe(405);
  });
});

test("a webhook's own body is stored, shown, changed and removed", async () => {
  const made = await create({ body: '{"a":1}' });
  const path = `/v1/webhooks/${made.id}`;
  const bodyOf = async () => ((await workspace.call("GET", path)).body as unknown as { body?: unknown }).body;
  expect(await bodyOf()).toBe('{"a":1}');
  const fields = [{ name: "a", value: "{{ id }}" }];
  await workspace.call("PATCH", path, { body: { contentType: "multipart/form-data", body: fields } });
  expect(await bodyOf()).toEqual(fields);
  expect((await workspace.call("PATCH", path, { body: { contentType: null } })).status).toBe(422);
  await workspace.call("PATCH", path, { body: { body: null } });
  expect(await bodyOf()).toBeUndefined();
});
