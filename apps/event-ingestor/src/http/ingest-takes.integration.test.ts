import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { EVENT_BYTES_MAX } from "@hooklane/core";
import { closeServer } from "@hooklane/service";
import { eventually } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Directory } from "../directory/directory.js";
import {
  asProblem,
  DOORS,
  event,
  type IngestHarness,
  listening,
  openIngestHarness,
  post,
} from "../testing/ingest-harness.js";
import { eventsPartition, insertKey, insertType, workspaceId } from "../testing/test-configuration.js";

let harness: IngestHarness;

beforeAll(async () => {
  harness = await openIngestHarness();
}, 60_000);

afterAll(() => harness.close(), 30_000);

const found = (id: string) => harness.found(id);

describe.each(DOORS)("What POST /v1/events takes, served by %s", (_name, serve) => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = serve(harness.options);
    url = await listening(server);
  });
  afterAll(() => closeServer(server, 100));

  const postTo = (
    to: string,
    body: string | Buffer,
    more: { key?: string; headers?: Record<string, string> } = {},
  ) => post(to, body, { key: harness.key, ...more });
  const send = (body: unknown, more?: { key?: string; headers?: Record<string, string> }) =>
    postTo(url, JSON.stringify(body), more);

  test("202 means that the event stands in line, on its workspace's partition, in native form", async () => {
    const given = {
      data: { contact: { email: "a@b.example" }, n: 1 },
      source: "subscriber",
      timestamp: "2026-01-15T11:00:00.5+01:00",
      type: "strict",
      id: randomUUID(),
    };
    const { status, json } = await send(given);
    expect([status, json]).toEqual([202, { id: given.id, status: "accepted" }]);
    const [line] = await eventually(() => found(given.id).length > 0 && found(given.id));
    const { id, type, timestamp, source, data } = given;
    expect(line?.body).toBe(JSON.stringify({ id, type, timestamp, source, data }));
    expect(line?.partition).toBe(eventsPartition);
    expect(line?.meta).toMatchObject({ workspaceId, recordId: id, eventId: id, type, source });
  });

  test("events sent one after the other stand in line in that order", async () => {
    const mark = randomUUID();
    const ids = Array.from({ length: 20 }, (_, n) => `${mark}-${n}`);
    for (const id of ids) await send(event({ id }));
    await eventually(() => harness.inLine.some(({ meta }) => meta.eventId === ids.at(-1)));
    expect(harness.inLine.map(({ meta }) => meta.eventId).filter((id) => id.startsWith(mark))).toEqual(ids);
  });

  test("an event without id, timestamp and source gets them", async () => {
    const { json } = await send({ type: "free", data: { a: 1 } });
    const { id } = json as { id: string };
    expect(id).toMatch(/^evt_/);
    const [line] = await eventually(() => found(id).length > 0 && found(id));
    const body = JSON.parse(line!.body) as { timestamp: string; source: string };
    expect(body.source).toBe("api");
    expect(Math.abs(Date.parse(body.timestamp) - Date.now())).toBeLessThan(60_000);
  });

  test("a repeated id is accepted again", async () => {
    const given = event();
    expect((await send(given)).json).toEqual({ id: given.id, status: "accepted" });
    expect((await send(given)).json).toEqual({ id: given.id, status: "accepted" });
  });

  test("a repeated Idempotency-Key gives the ids of the first call", async () => {
    const headers = { "idempotency-key": randomUUID() };
    const anonymous = { type: "free", data: {} };
    const ids = async (body: object) => {
      const { json } = await send(body, { headers });
      const answer = json as { id?: string; results?: { id: string }[] };
      return answer.results?.map(({ id }) => id) ?? answer.id;
    };
    expect(await ids(anonymous)).toBe(await ids(anonymous));
    const [first, second] = (await ids({ events: [anonymous, anonymous] })) as string[];
    expect(first).not.toBe(second);
    expect(await ids({ events: [anonymous, anonymous] })).toEqual([first, second]);
  });

  test("a scheduled event stands in line with its time beside it, alone and among others", async () => {
    const deliverAt = new Date(Date.now() + 3_600_000).toISOString();
    const alone = event({ deliverAt });
    expect((await send(alone)).json).toEqual({ id: alone.id, status: "accepted" });
    const [good, early] = [event({ deliverAt }), event({ deliverAt: new Date().toISOString() })];
    const { json } = await send({ events: [good, early] });
    expect(json).toMatchObject({
      results: [
        { id: good.id, status: "accepted" },
        {
          id: early.id,
          status: "rejected",
          code: "invalid_event",
          errors: [{ path: "deliverAt", code: "too_small" }],
        },
      ],
    });
    for (const { id } of [alone, good]) {
      const [line] = await eventually(() => found(id).length > 0 && found(id));
      expect(line?.meta).toMatchObject({ recordId: id, deliverAt: Date.parse(deliverAt) });
      expect(line?.body).not.toContain("deliverAt");
    }
  });

  test("a suppressed source is accepted and marked", async () => {
    const given = event({ type: "no.import", source: "import" });
    expect((await send(given)).json).toEqual({ id: given.id, status: "suppressed" });
    const [line] = await eventually(() => found(given.id).length > 0 && found(given.id));
    expect(line?.meta.suppressed).toBe(true);
  });

  test("what does not fit is refused, noted, or not looked at, as the type says", async () => {
    const misfit = { contact: { email: 7 } };
    const refused = await send(event({ type: "strict", data: misfit }));
    expect(refused.status).toBe(422);
    expect(asProblem(refused.json).errors).toMatchObject([
      { path: "data.contact.email", code: "schema_mismatch" },
    ]);
    const noted = event({ type: "lenient", data: misfit });
    const ignored = event({ type: "unchecked", data: misfit });
    expect([(await send(noted)).status, (await send(ignored)).status]).toEqual([202, 202]);
    await eventually(() => found(noted.id).length > 0 && found(ignored.id).length > 0);
    expect(found(noted.id)[0]?.meta.schemaWarning).toContain("data.contact.email");
    expect(found(ignored.id)[0]?.meta.schemaWarning).toBeUndefined();
  });

  test("numbers JavaScript cannot hold arrive as they were written", async () => {
    const id = randomUUID();
    const data = '{"snowflake":9007199254740993,"price":1.10000000000000000001}';
    await postTo(url, `{"id":"${id}","type":"free","data":${data}}`);
    const [line] = await eventually(() => found(id).length > 0 && found(id));
    expect(line?.body.endsWith(`"data":${data}}`)).toBe(true);
  });

  test("of several events the good ones are taken, each is told apart", async () => {
    const good = [event(), event({ type: "no.import", source: "import" })];
    const bad = [
      event({ type: "unheard" }),
      { id: "x" },
      7,
      event({ data: { big: "x".repeat(EVENT_BYTES_MAX) } }),
    ];
    const { status, json } = await send({ events: [good[0], ...bad, good[1]] });
    expect(status).toBe(202);
    const { results } = json as {
      results: { index: number; id: string | null; status: string; code?: string }[];
    };
    expect(results.map(({ index, id, status: became, code }) => [index, id, became, code])).toEqual([
      [0, good[0]!.id, "accepted", undefined],
      [1, (bad[0] as { id: string }).id, "rejected", "unknown_event_type"],
      [2, "x", "rejected", "invalid_event"],
      [3, null, "rejected", "invalid_event"],
      [4, (bad[3] as { id: string }).id, "rejected", "event_too_large"],
      [5, good[1]!.id, "suppressed", undefined],
    ]);
    await eventually(() => good.every(({ id }) => found(id).length === 1));
  });

  test.each(["application/json;charset=UTF-8", "application/cloudevents+json", "APPLICATION/JSON"])(
    "content of type %s is JSON",
    async (type) => {
      expect((await send(event(), { headers: { "content-type": type } })).status).toBe(202);
    },
  );

  test("a key and a type made a moment ago are known, however old the copy is", async () => {
    const suffix = randomUUID();
    const blind = new Directory(
      { workspace: (id) => harness.copy.workspace(id), apiKey: () => undefined, eventType: () => undefined },
      harness.store,
    );
    const late = serve({ ...harness.options, directory: blind });
    try {
      const lateUrl = await listening(late);
      const fresh = await insertKey(harness.store, `fresh-${suffix}`);
      await insertType(harness.store, `fresh.${suffix}`);
      const { status } = await postTo(lateUrl, JSON.stringify(event({ type: `fresh.${suffix}` })), {
        key: fresh,
      });
      expect(status).toBe(202);
    } finally {
      await closeServer(late, 100);
    }
  });

  test("a service that stops answers and lets the client go", async () => {
    const stopping = serve({ ...harness.options, stopping: AbortSignal.abort() });
    const { status, headers } = await postTo(await listening(stopping), JSON.stringify(event()));
    expect([status, headers.get("connection")]).toEqual([202, "close"]);
    await closeServer(stopping, 60_000);
  });
});
