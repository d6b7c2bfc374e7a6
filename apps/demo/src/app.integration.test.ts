import { randomUUID } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CATALOGUE, createWebhook, type CreateWebhook } from "@hooklane/contracts";
import { createKafka, GroupConsumer } from "@hooklane/kafka";
import { closeServer, createLogger, createMetrics, loadConfig, Readiness } from "@hooklane/service";
import { createTopics, dropTopics, eventually } from "@hooklane/testing";
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { createTransport } from "nodemailer";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { type Demo, startDemo } from "./app.js";
import { demoConfig } from "./config.js";

jest.setTimeout(60_000);

const quiet = createLogger("test", "silent");
const prefix = `demo-${randomUUID().slice(0, 8)}`;
const brokers = (process.env.KAFKA_BROKERS ?? "").split(",");

/** Stands in for the management API: the calls and answers of api.md §2, bodies checked by its own schema. */
class ApiStandIn {
  webhooks: (CreateWebhook & { id: string; secret: string })[] = [];
  readonly #server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const [status, body] = this.#answer(
        request.method ?? "",
        request.url ?? "",
        Buffer.concat(chunks).toString(),
      );
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return closeServer(this.#server, 100);
  }

  #answer(method: string, path: string, body: string): [number, unknown] {
    if (method === "GET") {
      return [
        200,
        { data: this.webhooks.map((webhook) => ({ ...webhook, secret: undefined })), nextCursor: null },
      ];
    }
    if (method === "DELETE") {
      this.webhooks = this.webhooks.filter(({ id }) => !path.endsWith(id));
      return [204, undefined];
    }
    const given = createWebhook.safeParse(JSON.parse(body));
    if (!given.success) return [422, { code: "validation_failed", errors: given.error.issues }];
    const secret = `whsec_${Buffer.from(randomUUID().slice(0, 32)).toString("base64")}`;
    const made = { ...given.data, id: `wh_${randomUUID()}`, secret };
    this.webhooks.push(made);
    return [201, made];
  }
}

const api = new ApiStandIn();
let apiUrl = "";
let directory = "";
const demos: Demo[] = [];

beforeAll(async () => {
  await createTopics(brokers, prefix);
  apiUrl = await api.start();
  directory = await mkdtemp(join(tmpdir(), "hooklane-demo-"));
});

afterEach(async () => {
  for (const demo of demos.splice(0)) await demo.close();
});

afterAll(async () => {
  await api.close();
  await dropTopics(brokers, prefix);
  await rm(directory, { recursive: true });
});

async function start(env: Readonly<Record<string, string>> = {}) {
  const config = loadConfig(demoConfig, {
    DEMO_PORT: "0",
    DEMO_SMTP_PORT: "0",
    DEMO_STATE_FILE: join(directory, "state", "demo.json"),
    HOOKLANE_API_URL: `${apiUrl}/`,
    HOOKLANE_API_KEY: "hl_live_test",
    HOOKLANE_WORKSPACE_ID: "ws_demo",
    HOOKLANE_TOPIC_PREFIX: prefix,
    KAFKA_BROKERS: brokers.join(","),
    LOG_LEVEL: "silent",
    ...env,
  });
  const readiness = new Readiness();
  const demo = await startDemo({
    name: "demo",
    config,
    logger: quiet,
    metrics: createMetrics("demo", { processMetrics: false }),
    readiness,
    signal: new AbortController().signal,
  });
  demos.push(demo);
  readiness.markRunning();
  const url = `http://127.0.0.1:${demo.port}`;
  await eventually(async () => (await fetch(`${url}/readyz`)).ok, { what: "a ready demo" });
  return { ...demo, url };
}

const stop = async () => {
  for (const demo of demos.splice(0)) await demo.close();
};

interface Received {
  readonly data: readonly {
    readonly name: string;
    readonly signature: string;
    readonly order: string;
    readonly body: string;
  }[];
}

const readReceived = async (url: string, query: string): Promise<Received["data"]> =>
  ((await (await fetch(`${url}/received?${query}`)).json()) as Received).data;

const signed = (secret: string, body: string) => {
  const id = `msg_${randomUUID()}`;
  const at = new Date();
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new StandardWebhook(secret).sign(id, at, body),
  };
};

describe("the demo's webhooks", () => {
  test("are made once, found again at the next start, and made anew when their secrets are lost", async () => {
    const port = String((await start()).port);
    const made = api.webhooks.map(({ id }) => id);
    expect(api.webhooks.map(({ name, status }) => [name, status])).toEqual([
      ["Demo: CRM", "active"],
      ["Demo: analytics (batched)", "active"],
      ["Demo: flaky", "active"],
    ]);
    await stop();
    await start({ DEMO_PORT: port });
    expect(api.webhooks.map(({ id }) => id)).toEqual(made);
    expect((await stat(join(directory, "state", "demo.json"))).mode & 0o777).toBe(0o600);

    await stop();
    await rm(join(directory, "state"), { recursive: true });
    await start({ DEMO_PORT: port });
    expect(api.webhooks.map(({ name }) => name)).toEqual([
      "Demo: CRM",
      "Demo: analytics (batched)",
      "Demo: flaky",
    ]);
    expect(api.webhooks.some(({ id }) => made.includes(id))).toBe(false);
  });

  test("a user's webhook is never touched", async () => {
    const mine = { id: "wh_mine", name: "Mine", url: "http://127.0.0.1/hooks/mine" };
    api.webhooks.push({ ...api.webhooks[0]!, ...mine });
    await start();
    expect(api.webhooks.filter(({ id }) => id === "wh_mine")).toHaveLength(1);
  });
});

describe("the demo's producer", () => {
  test("puts catalogue events with fresh ids on Kafka, in order, keyed by the workspace", async () => {
    const seen: { key: string; event: { id: string; type: string; data: { demo: { sequence: number } } } }[] =
      [];
    const reader = new GroupConsumer(createKafka({ brokers, clientId: "test", logger: quiet }), {
      groupId: `${prefix}.test`,
      topics: [`${prefix}.inbound.v1`],
      handler: ({ records }) => {
        for (const { key, value } of records) {
          seen.push({ key: String(key), event: JSON.parse(String(value)) as (typeof seen)[0]["event"] });
        }
        return Promise.resolve();
      },
    });
    reader.start();
    try {
      await start();
      await eventually(() => seen.length >= 6 && seen.at(-1)!.event.data.demo.sequence >= 2);
    } finally {
      await reader.close();
    }
    const types = CATALOGUE.eventTypes.map(({ type }) => type);
    for (const { key, event } of seen) {
      expect(key).toBe("ws_demo");
      expect(event.type).toBe(types[(event.data.demo.sequence - 1) % types.length]);
    }
    expect(new Set(seen.map(({ event }) => event.id)).size).toBe(seen.length);
  });
});

describe("the demo's receiver", () => {
  test("checks signatures and order, and shows what came", async () => {
    const { url } = await start();
    const { secret } = api.webhooks.find(({ name }) => name === "Demo: CRM")!;
    const post = (sequence: number, signWith: string) => {
      const body = JSON.stringify({
        type: "contact.created",
        data: { demo: { run: "r", sequence }, x: "<b>&" },
      });
      return fetch(`${url}/hooks/crm`, { method: "POST", body, headers: signed(signWith, body) });
    };
    const other = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
    const statuses = [
      await post(1, secret),
      await post(3, secret),
      await post(2, secret),
      await post(4, other),
    ];
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 401]);
    const received = await readReceived(url, "name=crm&limit=10");
    expect(received.map(({ signature, order }) => [signature, order])).toEqual([
      ["invalid", "unknown"],
      ["valid", "violation"],
      ["valid", "in_order"],
      ["valid", "in_order"],
    ]);
    const page = await (await fetch(url)).text();
    expect(page).toContain("&lt;b&gt;&amp;");
    expect(page).not.toMatch(/<script|https?:\/\/(?!127\.0\.0\.1)/);
  });

  test("takes whatever is posted anywhere else, and remembers credentials of nobody", async () => {
    const { url } = await start();
    const answer = await fetch(`${url}/my-own/path?x=1`, {
      method: "POST",
      body: "not json",
      headers: { authorization: "Basic c2VjcmV0" },
    });
    expect(answer.status).toBe(200);
    const [received] = await readReceived(url, `name=${encodeURIComponent("/my-own/path")}&limit=1`);
    expect(received).toMatchObject({ name: "/my-own/path", signature: "unchecked", body: "not json" });
    expect(JSON.stringify(received)).not.toContain("c2VjcmV0");
  });
});

describe("the demo's mail catcher", () => {
  test("shows every mail as JSON and as a page, also when it is all there is", async () => {
    const { url, smtpPort } = await start({
      DEMO_MODE: "mail-only",
      HOOKLANE_API_URL: "",
      HOOKLANE_API_KEY: "",
      KAFKA_BROKERS: "",
      HOOKLANE_WORKSPACE_ID: "",
    });
    const transport = createTransport({ host: "127.0.0.1", port: smtpPort });
    await transport.sendMail({
      from: "no-reply@hooklane.example",
      to: "ana@example.org",
      subject: "Désactivé <b>",
      text: "plain",
      html: `<p>rich "quoted"</p>`,
    });
    transport.close();
    const { data } = (await (await fetch(`${url}/mails`)).json()) as {
      data: { id: number; subject: string }[];
    };
    expect(data).toMatchObject([{ to: ["ana@example.org"], subject: "Désactivé <b>" }]);
    const list = await (await fetch(`${url}/mails`, { headers: { accept: "text/html" } })).text();
    expect(list).toContain("Désactivé &lt;b&gt;");
    const page = await (await fetch(`${url}/mails/${data[0]!.id}`)).text();
    expect(page).toContain("&lt;p&gt;rich &quot;quoted&quot;&lt;/p&gt;");
    expect((await fetch(`${url}/hooks/crm`, { method: "POST", body: "{}" })).status).toBe(404);
  });
});
