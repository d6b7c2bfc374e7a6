import { createServer, type IncomingMessage, type Server } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { run, type RunOptions } from "./run.js";

interface Call {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly key: string | undefined;
  readonly ifMatch: string | undefined;
  readonly body: unknown;
}

let server: Server;
let url: string;
let dir: string;
let calls: Call[] = [];
let answers: { status: number; body?: unknown; headers?: Record<string, string> }[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "hooklane-cli-"));
  server = createServer((request, response) => {
    void read(request).then((call) => {
      calls.push(call);
      const { status, body, headers } = answers.length > 1 ? answers.shift()! : answers[0]!;
      response.writeHead(status, headers).end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  calls = [];
});
afterAll(async () => {
  rmSync(dir, { recursive: true, force: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function read(request: IncomingMessage): Promise<Call> {
  const { method, url: path, headers } = request;
  const body = Number(headers["content-length"] ?? 0) > 0 ? await json(request) : undefined;
  return { method, url: path, key: headers.authorization, ifMatch: headers["if-match"], body };
}

/** Runs one command line against a server that answers with these in turn, the last one again and again. */
async function hooklane(
  args: readonly string[],
  given: typeof answers,
  more: { input?: string; answer?: string; signal?: AbortSignal; env?: Record<string, string> } = {},
) {
  answers = given;
  let out = "";
  let err = "";
  const options: RunOptions = {
    env: { HOOKLANE_API_URL: url, HOOKLANE_API_KEY: "hl_live_test", ...more.env },
    cwd: dir,
    signal: more.signal ?? new AbortController().signal,
    printError: (text) => (err += `${text}\n`),
    terminal: {
      print: (text) => (out += `${text}\n`),
      say: (text) => (err += `${text}\n`),
      isInteractive: more.answer !== undefined,
      ask: () => Promise.resolve(more.answer ?? ""),
      readInput: () => Promise.resolve(more.input ?? ""),
    },
  };
  return { code: await run(args, options), out, err };
}

const problem = (status: number, code: string, more: object = {}) => ({
  status,
  body: { type: "about:blank", title: "T", status, code, detail: "It is so.", ...more },
});
const webhook = {
  id: "wh_1",
  endpointId: "ep_1",
  kind: "events",
  name: "My \u001b[31mCRM",
  url: "https://example.org/",
  eventTypes: ["a", "b", "c", "d"],
  status: "active",
  version: 3,
};
const delivery = (id: string, status: string, attempts: readonly object[] = []) => ({
  id,
  eventId: "evt_1",
  eventType: "contact.subscribed",
  webhookId: "wh_1",
  endpointId: "ep_1",
  status,
  acceptedAt: `2026-01-01T00:00:0${id.at(-1) ?? ""}.000Z`,
  attempts,
});
const refused = { number: 1, trigger: "automatic", startedAt: "2026-01-01T00:00:00.000Z", durationMs: 12.4 };

const importJob = (more: object = {}) => ({
  id: "job_1",
  kind: "contact_import",
  status: "running",
  phase: "writing",
  audienceId: "au_1",
  update: true,
  tags: [],
  total: 3,
  done: 0,
  added: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  createdAt: "2026-01-01T00:00:00.000Z",
  ...more,
});

describe("hooklane contacts import", () => {
  const args = (file: string, ...more: readonly string[]) => [
    "contacts",
    "import",
    file,
    "--audience",
    "au_1",
    ...more,
  ];

  test("sends the file as what its ending says, and shows the job", async () => {
    const file = join(dir, "readers.json");
    writeFileSync(file, JSON.stringify([{ email: "a@b.c" }]));
    const { code, out } = await hooklane(args(file, "--tag", "vip", "fr", "--no-update"), [
      { status: 202, body: importJob() },
    ]);
    expect(calls).toMatchObject([
      {
        method: "POST",
        url: "/v1/audiences/au_1/imports?update=false&tags=vip%2Cfr",
        body: [{ email: "a@b.c" }],
      },
    ]);
    expect(out).toContain("0 of 3");
    expect(code).toBe(0);
  });

  test("--wait tells how far it is, and fails when lines were rejected", async () => {
    const done = { status: "completed", phase: "done", done: 3, added: 2, rejected: 1 };
    const { code, err } = await hooklane(
      args("-", "--type", "json", "--wait"),
      [
        { status: 202, body: importJob() },
        { status: 200, body: importJob({ done: 1, added: 1 }) },
        { status: 200, body: importJob(done) },
      ],
      { input: "[]" },
    );
    expect(err.split("\n")).toEqual([
      "1 of 3 lines",
      "3 of 3 lines, 1 rejected",
      "1 of 3 lines were rejected.",
      "",
    ]);
    expect(code).toBe(1);
  });

  test("is not sent when it cannot be read, or nobody knows what it is", async () => {
    expect(await hooklane(args("nowhere.csv"), [])).toMatchObject({ code: 2 });
    expect(await hooklane(args("readers.xls"), [])).toMatchObject({
      code: 2,
      err: expect.stringContaining("--type"),
    });
    expect(calls).toEqual([]);
  });
});

describe("hooklane webhooks", () => {
  test("list shows a table that cannot steer the terminal, and how to go on", async () => {
    const body = { data: [webhook], nextCursor: "abc" };
    const { code, out } = await hooklane(["webhooks", "list", "--limit", "1"], [{ status: 200, body }]);
    expect(out.split("\n")).toEqual([
      "ID    NAME         STATUS  EVENT TYPES         URL",
      "wh_1  My \u{FFFD}[31mCRM  active  a, b, c and 1 more  https://example.org/",
      "More: --cursor abc",
      "",
    ]);
    expect(code).toBe(0);
    expect(calls).toMatchObject([{ method: "GET", url: "/v1/webhooks?limit=1", key: "Bearer hl_live_test" }]);
  });

  test("list --json is the API's answer", async () => {
    const body = { data: [webhook], nextCursor: null };
    const { out } = await hooklane(["--json", "webhooks", "list"], [{ status: 200, body }]);
    expect(JSON.parse(out)).toEqual(body);
    const after = await hooklane(["webhooks", "list", "--json", "--cursor", "abc"], [{ status: 200, body }]);
    expect(JSON.parse(after.out)).toEqual(body);
    expect(calls[1]!.url).toBe("/v1/webhooks?limit=50&cursor=abc");
  });

  test("create takes flags and fields of a file, and shows the secret", async () => {
    const file = join(dir, "webhook.json");
    writeFileSync(file, JSON.stringify({ name: "N", batching: { maxEvents: 5 } }));
    const args = ["webhooks", "create", "--from", file, "--url", "https://e.org", "--event-type", "a", "b"];
    const answer = { status: 201, body: { ...webhook, secret: "whsec_x" } };
    const { out } = await hooklane([...args, "--active"], [answer]);
    expect(calls[0]!.body).toEqual({
      name: "N",
      batching: { maxEvents: 5 },
      url: "https://e.org",
      eventTypes: ["a", "b"],
      status: "active",
    });
    expect(out).toContain("Signing secret, not shown again: whsec_x");
  });

  test("update sends what is given, bound to a version", async () => {
    const args = ["webhooks", "update", "wh_1", "--name", "New", "--if-version", "3"];
    const { out } = await hooklane(args, [{ status: 200, body: webhook }]);
    expect(calls).toMatchObject([
      { method: "PATCH", url: "/v1/webhooks/wh_1", body: { name: "New" }, ifMatch: '"3"' },
    ]);
    expect(out).toMatch(/^id {11}wh_1$/m);
    const removal = await hooklane(
      ["webhooks", "update", "wh_1", "--from", "-"],
      [{ status: 200, body: webhook }],
      {
        input: '{"filter":null}',
      },
    );
    expect(removal.code).toBe(0);
    expect(calls[1]!.body).toEqual({ filter: null });
    expect(await hooklane(["webhooks", "update", "wh_1"], [])).toMatchObject({ code: 2 });
  });

  test("activate and deactivate switch", async () => {
    await hooklane(["webhooks", "activate", "wh_1"], [{ status: 200, body: webhook }]);
    await hooklane(["webhooks", "deactivate", "wh_1"], [{ status: 200, body: webhook }]);
    expect(calls.map(({ method, url: path }) => `${method} ${path}`)).toEqual([
      "POST /v1/webhooks/wh_1/activate",
      "POST /v1/webhooks/wh_1/deactivate",
    ]);
  });

  test("activate --recover --wait tells how far it is, and shows the webhook when it is done", async () => {
    const recover = {
      id: "job_1",
      kind: "recover",
      webhookId: "wh_1",
      createdAt: "2026-01-01T00:00:00.000Z",
    };
    const sending = { ...recover, status: "running", phase: "sending", waitingFor: 0 };
    const { code, out, err } = await hooklane(
      ["webhooks", "activate", "wh_1", "--recover", "--wait"],
      [
        { status: 200, body: { ...webhook, status: "recovering", recoveryJobId: "job_1" } },
        {
          status: 200,
          body: {
            ...sending,
            phase: "waiting",
            waitingFor: 2,
            sent: 0,
            remaining: { count: 5, isAtLeast: false },
          },
        },
        { status: 200, body: { ...sending, sent: 3, remaining: { count: 10_000, isAtLeast: true } } },
        { status: 200, body: { ...sending, status: "completed", phase: "done", sent: 5 } },
        { status: 200, body: webhook },
      ],
    );
    expect(code).toBe(0);
    expect(calls.map(({ method, url: path }) => `${method} ${path}`)).toEqual([
      "POST /v1/webhooks/wh_1/activate",
      ...Array.from({ length: 3 }, () => "GET /v1/jobs/job_1"),
      "GET /v1/webhooks/wh_1",
    ]);
    expect(calls[0]!.body).toEqual({ recover: true });
    expect(err.split("\n").slice(0, 3)).toEqual([
      "waiting for the end of what was queued before (2 deliveries at the last look)",
      "3 events put in line, more than 10000 to go",
      "completed: 5 events put in line",
    ]);
    expect(out).toContain("active");
  });

  test("delete asks, and does not delete where nobody can be asked", async () => {
    const found = { status: 200, body: webhook };
    expect(await hooklane(["webhooks", "delete", "wh_1"], [found])).toMatchObject({ code: 2 });
    expect(await hooklane(["webhooks", "delete", "wh_1"], [found], { answer: "n" })).toMatchObject({
      code: 2,
    });
    expect(calls.map(({ method }) => method)).toEqual(["GET", "GET"]);
    const yes = await hooklane(["webhooks", "delete", "wh_1"], [found, { status: 204 }], { answer: "y" });
    expect(yes).toMatchObject({ code: 0, out: "Deleted wh_1.\n" });
    await hooklane(["webhooks", "delete", "wh_1", "--yes"], [{ status: 204 }]);
    expect(calls.slice(2).map(({ method }) => method)).toEqual(["GET", "DELETE", "DELETE"]);
  });
});

describe("hooklane webhooks test", () => {
  const delivery = {
    id: "dl_1",
    eventId: "test:1",
    eventType: "email.opened",
    webhookId: "wh_1",
    endpointId: "ep_1",
    acceptedAt: "2026-01-15T10:00:00.000Z",
    attempts: [
      { number: 1, trigger: "test", startedAt: "2026-01-15T10:00:00.000Z", durationMs: 7, statusCode: 500 },
    ],
  };

  test.each([
    ["delivered", 0],
    ["pending", 0],
    ["dead_letter", 1],
  ])("shows what became of it: %s exits with %d", async (status, exitCode) => {
    const args = ["webhooks", "test", "wh_1", "--type", "email.opened"];
    const { code, out } = await hooklane(args, [{ status: 200, body: { ...delivery, status } }]);
    expect(code).toBe(exitCode);
    expect(out).toMatch(/1 +test +2026-01-15T10:00:00.000Z +7 +500/);
    expect(calls).toMatchObject([
      { method: "POST", url: "/v1/webhooks/wh_1/test", body: { eventType: "email.opened" } },
    ]);
  });

  test("asks for the type", async () => {
    expect(await hooklane(["webhooks", "test", "wh_1"], [])).toMatchObject({ code: 2 });
  });
});

describe("hooklane events", () => {
  const accepted = { status: 202, body: { id: "evt_1", status: "accepted" } };

  test("send makes an event of the flags", async () => {
    const args = [
      "events",
      "send",
      "contact.subscribed",
      "--data",
      '{"a":1}',
      "--id",
      "evt_1",
      "--source",
      "admin",
    ];
    const { out } = await hooklane(args, [accepted]);
    expect(out).toBe("evt_1  accepted\n");
    const body = { type: "contact.subscribed", data: { a: 1 }, id: "evt_1", source: "admin" };
    expect(calls).toMatchObject([{ method: "POST", url: "/v1/events", body }]);
  });

  test("send takes one from standard input, and several; rejected ones are a failure", async () => {
    await hooklane(["events", "send", "other", "--from", "-"], [accepted], {
      input: '{"type":"t","data":{}}',
    });
    expect(calls[0]!.body).toEqual({ type: "other", data: {} });
    const errors = [{ path: "type", code: "required", message: "is required" }];
    const results = [
      { index: 0, id: "evt_1", status: "accepted" },
      { index: 1, id: null, status: "rejected", code: "invalid_event", errors },
    ];
    const input = '[{"type":"t","data":{}},{}]';
    const many = await hooklane(["events", "send", "--from", "-"], [{ status: 202, body: { results } }], {
      input,
    });
    expect(calls[1]!.body).toEqual({ events: [{ type: "t", data: {} }, {}] });
    expect(many).toMatchObject({ code: 1, err: "1 of 2 events were rejected.\n" });
    expect(many.out).toContain("1      -      rejected  invalid_event  type is required");
  });

  test.each([
    [["events", "send"], /Give a type/],
    [["events", "send", "t", "--data", "{"], /--data is not JSON/],
    [["events", "send", "t", "--data", "[]"], /not a JSON object/],
    [["events", "send", "t", "--data", "{}", "--from", "-"], /exclude each other/],
    [["events", "send", "--from", "/nowhere/at-all.json"], /cannot be read/],
    [["events", "send", "--id", "x", "--from", "-"], /bring type, id/],
    [["webhooks", "list", "--limit", "0"], /from 1 to 200/],
    [["webhooks", "lisst"], /Did you mean list/],
    [["webhooks", "get"], /missing required argument/],
  ])("%j is refused before anything is sent", async (args, text) => {
    const { code, err } = await hooklane(args, [], { input: "[]" });
    expect(err).toMatch(text);
    expect(code).toBe(2);
    expect(calls).toEqual([]);
  });

  test("explain tells both sides", async () => {
    const body = {
      matched: [{ webhookId: "wh_1", deliveryId: "dl_1" }],
      unmatched: [{ webhookId: "wh_2", reason: "filter" }],
    };
    const { out } = await hooklane(["events", "explain", "a/b"], [{ status: 200, body }]);
    expect(out).toBe("WEBHOOK  DELIVERY\nwh_1     dl_1\nwh_2     no: filter\n");
    expect(calls[0]!.url).toBe("/v1/events/a%2Fb/explain");
  });
});

describe("hooklane deliveries", () => {
  test("list filters, get shows the attempts", async () => {
    const page = { data: [delivery("dl_1", "delivered")], nextCursor: null };
    const args = [
      "deliveries",
      "list",
      "--webhook",
      "wh_1",
      "--status",
      "delivered",
      "--after",
      "2026-01-01T00:00:00Z",
    ];
    await hooklane(args, [{ status: 200, body: page }]);
    const query = Object.fromEntries(new URL(calls[0]!.url!, url).searchParams);
    expect(query).toEqual({
      webhookId: "wh_1",
      status: "delivered",
      from: "2026-01-01T00:00:00Z",
      limit: "50",
    });
    const attempts = [
      { ...refused, statusCode: 500, error: "status" },
      { ...refused, number: 2, error: "timeout" },
    ];
    const one = { status: 200, body: delivery("dl_1", "retrying", attempts) };
    const { out } = await hooklane(["deliveries", "get", "dl_1"], [one]);
    expect(out).toContain("1        automatic  2026-01-01T00:00:00.000Z  12  500      -");
    expect(out).toContain("2        automatic  2026-01-01T00:00:00.000Z  12  timeout  -");
  });

  test("resend tells the new delivery, and who is not sent to", async () => {
    const body = {
      count: 1,
      resends: [
        { deliveryId: "dl_2", resendOf: "dl_1", eventId: "e", webhookId: "wh_1", endpointId: "ep_1" },
      ],
      skipped: [{ deliveryId: "dl_1", webhookId: "wh_2", status: "inactive" }],
    };
    const { out } = await hooklane(["deliveries", "resend", "dl_1"], [{ status: 202, body }]);
    expect(out).toBe("dl_2  to wh_1\nnot resent to wh_2: it is inactive\n");
  });

  test("tail prints each change as it comes, also over a restart of the API, until it is stopped", async () => {
    const stop = new AbortController();
    const of = (event: string, id: string, data: object) =>
      `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
    const connections = [
      `retry: 10\n\n${of("ping", "p", {})}${of("delivery", "1", delivery("dl_1", "pending"))}`,
      `${of("reset", "2", { reason: "too_old" })}${of("webhook", "3", { id: "wh_1" })}${of("delivery", "4", delivery("dl_1", "delivered", [{ ...refused, statusCode: 204 }]))}`,
    ];
    const asked: unknown[] = [];
    const api = createServer((request, response) => {
      asked.push([request.url, request.headers["last-event-id"]]);
      response.writeHead(200, { "content-type": "text/event-stream" });
      const text = connections.shift();
      // The first connection ends as it does when the API stops.
      if (connections.length > 0) response.end(text);
      else response.write(text ?? "");
    });
    await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
    const said: string[] = [];
    const args = ["deliveries", "tail", "--webhook", "wh_1", "--type", "a", "--status", "delivered"];
    const code = await run(args, {
      env: {
        HOOKLANE_API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
        HOOKLANE_API_KEY: "k",
      },
      cwd: dir,
      signal: stop.signal,
      printError: (text) => said.push(text),
      terminal: {
        print: (line) => {
          said.push(line);
          if (line.includes("204")) stop.abort();
        },
        say: (line) => said.push(`(${line})`),
        isInteractive: false,
        ask: () => Promise.resolve(""),
        readInput: () => Promise.resolve(""),
      },
    });
    api.closeAllConnections();
    await new Promise((resolve) => api.close(resolve));
    expect(said).toEqual([
      "(Following; Ctrl-C ends it.)",
      expect.stringMatching(/dl_1 .* pending +0 +-$/),
      "(Trying again: the API stopped)",
      "(Connected again.)",
      expect.stringMatching(/cannot be told/),
      expect.stringMatching(/dl_1 .* delivered +1 +204$/),
    ]);
    const url = "/v1/stream?webhookId=wh_1&eventType=a&status=delivered";
    expect(asked).toEqual([
      [url, undefined],
      [url, "1"],
    ]);
    expect(code).toBe(130);
  }, 20_000);

  test("tail says why the API refuses it", async () => {
    expect(await hooklane(["deliveries", "tail"], [problem(401, "unauthorized")])).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("It is so."),
    });
  });
});

describe("an error says what to do, and scripts read it from the exit code", () => {
  test.each([
    [problem(401, "unauthorized"), 1, /It is so\.\nThe key is from HOOKLANE_API_KEY/],
    [problem(404, "not_found"), 1, /^hooklane: It is so\.$/m],
    [problem(403, "plan_upgrade_required", { upgradeUrl: "https://up" }), 1, /Upgrade: https:\/\/up/],
    [
      problem(422, "validation_failed", {
        errors: [{ path: "limit", code: "too_large", message: "is too large" }],
      }),
      1,
      /^ {2}limit: is too large$/m,
    ],
    [{ ...problem(429, "rate_limited"), headers: { "retry-after": "99" } }, 3, /Try again in 99 s/],
    [{ ...problem(500, "internal"), headers: { "x-request-id": "r1" } }, 1, /request r1/],
  ])("%j", async (answer, exitCode, text) => {
    const { code, err } = await hooklane(["webhooks", "list"], [answer]);
    expect(err).toMatch(text);
    expect(code).toBe(exitCode);
  });

  test("nobody answers", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const env = { HOOKLANE_API_URL: `http://127.0.0.1:${(closed.address() as AddressInfo).port}` };
    await new Promise((resolve) => closed.close(resolve));
    const { code, err } = await hooklane(["webhooks", "list"], [], { env });
    expect(err).toMatch(
      /^hooklane: http:\/\/127.0.0.1:\d+ cannot be reached: .*ECONNREFUSED.*\nIs it running/,
    );
    expect(code).toBe(3);
  }, 20_000);

  test("help and version are no errors, no command is", async () => {
    expect(await hooklane(["--help"], [])).toMatchObject({
      code: 0,
      out: expect.stringContaining("deliveries"),
    });
    expect(await hooklane(["--version"], [])).toMatchObject({ code: 0, out: "0.1.0\n" });
    expect(await hooklane([], [])).toMatchObject({
      code: 2,
      err: expect.stringContaining("Usage: hooklane"),
    });
  });
});

describe("hooklane journeys", () => {
  const journey = {
    id: "jn_1",
    name: "Onboarding",
    status: "active",
    steps: [],
    pointCount: 2,
    version: 3,
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-02T00:00:00.000Z",
  };

  test("are listed, started, paused and resumed", async () => {
    const list = { status: 200, body: { data: [journey], nextCursor: null } };
    expect((await hooklane(["journeys", "list"], [list])).out).toMatch(/jn_1 +Onboarding +active +2/);
    for (const command of ["start", "pause", "resume"])
      expect(await hooklane(["journeys", command, "jn_1"], [{ status: 200, body: journey }])).toMatchObject({
        code: 0,
        out: expect.stringContaining("active"),
      });
    await hooklane(["journeys", "resume", "jn_1", "--recover"], [{ status: 200, body: journey }]);
    expect(calls.map(({ method, url: path, body }) => [method, path, body])).toEqual([
      ["GET", "/v1/journeys?limit=50", undefined],
      ["POST", "/v1/journeys/jn_1/start", {}],
      ["POST", "/v1/journeys/jn_1/pause", {}],
      ["POST", "/v1/journeys/jn_1/resume", { recover: false }],
      ["POST", "/v1/journeys/jn_1/resume", { recover: true }],
    ]);
  });
});
