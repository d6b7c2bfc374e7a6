import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
  always,
  anEvent,
  answer,
  type Behaviour,
  eventually,
  readSequence,
  type ServiceName,
} from "@hooklane/testing";
import { describe, expect } from "@jest/globals";
import { Webhook } from "standardwebhooks";
import { findInDatabase } from "./support/find-in-database.js";
import { useServices } from "./support/suite.js";

const KEYED: readonly ServiceName[] = ["subscription-api", "router", "dispatcher", "health-monitor"];
const repository = fileURLToPath(new URL("../../", import.meta.url));
const newKey = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const [first, second] = [newKey("first"), newKey("second")];

const suite = useServices(() => ({
  env: { HOOKLANE_SECRETS_KEYS: first, DISPATCHER_RETRY_WAITS_S: "0.3,0.6,0.9" },
}));
const { check } = suite;

/** Runs a program of the repository to its end. */
async function run(file: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [file, ...args], { cwd: repository, env });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output: Buffer.concat(chunks).toString() };
}

const rotate = (keys: string, ...args: readonly string[]) =>
  run("infra/docker/rotate-secrets-key.mjs", args, {
    PATH: process.env.PATH ?? "",
    MONGODB_URI: suite.services.stack.mongodbUri,
    MONGODB_DATABASE: suite.services.prefix,
    HOOKLANE_SECRETS_KEYS: keys,
  });

const restartWith = (keys: string) =>
  Promise.all(KEYED.map((name) => suite.services.restart(name, { HOOKLANE_SECRETS_KEYS: keys })));

const verify = (
  secret: string,
  { body, headers }: { body: Buffer; headers: Readonly<Record<string, string>> },
) => new Webhook(secret).verify(body, { ...headers });

describe("secrets at rest", () => {
  check("are nowhere in the database, and what they sign and open is right at the receiver", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace({ operationalWebhook: { url: receiver.url("/ops") } });
    const webhook = await workspace.createWebhook({
      url: receiver.url("/signed"),
      auth: { type: "basic", username: "shop", password: "a-password-to-look-for" },
    });
    const kept = { "idempotency-key": "kept" };
    const key = await workspace.api.ask<{ apiKey: string }>("POST", "/v1/api-keys", { name: "ci" }, kept);
    const [secretBefore, secretKey] = [webhook.secret, webhook.secret.slice("whsec_".length)];
    await workspace.send(anEvent());
    const [request] = await receiver.waitFor((seen) => seen.length === 1, { path: "/signed" });
    verify(secretBefore, request!);
    const basic = Buffer.from("shop:a-password-to-look-for").toString("base64");
    expect(request!.headers.authorization).toBe(`Basic ${basic}`);

    expect(await findInDatabase(suite.services, [webhook.id])).toContain("webhooks");
    const secrets = [secretKey, "a-password-to-look-for", basic, key.apiKey, workspace.apiKey, "whsec_"];
    expect(await findInDatabase(services, secrets)).toEqual([]);
    expect(services.tail(5_000)).not.toMatch(new RegExp([secretKey, "a-password-to-look-for"].join("|")));
  });

  check("are not lost to a wrong key: the service says which, is not ready, and writes nothing", async () => {
    const { services } = suite;
    const wrong = `first:${randomBytes(32).toString("base64")}`;
    const api = await services.another("subscription-api", { HOOKLANE_SECRETS_KEYS: wrong });
    api.spawn();
    const report = await eventually(async () => {
      const answer = await fetch(`${api.url}/readyz`).catch(() => undefined);
      const text = (await answer?.text()) ?? "";
      return text.includes("secret_keys") && text;
    });
    expect(report).toContain("the key first of HOOKLANE_SECRETS_KEYS is another one");
    expect((await fetch(`${api.url}/v1/workspaces`)).status).toBe(503);
    await api.stop();
  });

  for (const name of KEYED) {
    check(`${name} without a key does not start, and says in a line how to make one`, async () => {
      const { services } = suite;
      const { code, output } = await run(`apps/${name}/dist/main.js`, [], {
        KAFKA_BROKERS: services.stack.brokers.join(","),
        MONGODB_URI: services.stack.mongodbUri,
        OPERATOR_KEY: services.operatorKey,
        SMTP_URL: "smtp://127.0.0.1:9",
        MAIL_FROM: "hooklane@example.org",
      });
      expect(code).toBe(1);
      expect(output).toMatch(/^ {2}HOOKLANE_SECRETS_KEYS is not set; .*openssl rand -base64 32.*$/m);
    });
  }
});

describe("fields of events that are not to be stored", () => {
  check(
    "are nowhere in the database, whatever becomes of the event; a resend has its original bytes",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace({ redact: ["data.contact.email", "data.pin"] });
      const [email, pin] = ["redacted-lea@example.org", 48_150_162];
      const echo =
        (status: number): Behaviour =>
        ({ body }) =>
          answer(status, { body: String(body) });
      receiver.behave("/taken", echo(200));
      receiver.behave("/refused", echo(500));
      const [taken] = await Promise.all(
        ["/taken", "/refused"].map((path) => workspace.createWebhook({ url: receiver.url(path) })),
      );
      const events = [1, 2, 3].map((seq) => anEvent({ data: { contact: { id: "c", email }, pin, seq } }));
      for (const event of events) await workspace.send(event);
      const later = new Date(Date.now() + 3_600_000).toISOString();
      await workspace.send(anEvent({ data: { contact: { id: "c", email }, pin }, deliverAt: later }));
      const [{ id } = { id: "" }] = events;

      await receiver.waitFor((seen) => seen.length > 0, { path: "/refused" });
      await eventually(async () => (await services.database.collection("backlog").countDocuments()) > 0);
      expect(await findInDatabase(services, [email, String(pin)])).toEqual([]);
      const list = `/v1/deliveries?eventId=${id}&status=dead_letter`;
      const [dead] = await eventually(async () => {
        const { data } = await workspace.api.ask<{ data: { attempts: { responseHead: string }[] }[] }>(
          "GET",
          list,
        );
        return data.length > 0 && data;
      });
      expect(dead!.attempts[0]!.responseHead).toContain("[redacted]");
      const shown = await workspace.api.ask<{ data: unknown }>("GET", `/v1/events/${id}`);
      expect(shown.data).toMatchObject({ contact: { id: "c", email: "[redacted]" }, pin: "[redacted]" });

      const [first] = receiver.requestsTo("/taken");
      expect(JSON.parse(first!.body.toString())).toMatchObject({ data: { contact: { email }, pin } });
      const before = receiver.requestsTo("/taken").length;
      await workspace.api.ask("POST", `/v1/events/${id}/resend`, { webhookId: taken!.id });
      const requests = await receiver.waitFor((seen) => seen.length > before, { path: "/taken" });
      expect(requests.at(-1)!.body.equals(first!.body)).toBe(true);
      verify(taken!.secret, requests.at(-1)!);
      expect(await findInDatabase(services, [email, String(pin)])).toEqual([]);
      expect(services.tail(5_000)).not.toContain(email);
    },
  );
});

describe("an API key that is revoked", () => {
  check("sends no more events at once", async () => {
    const { services } = suite;
    const workspace = await services.createWorkspace();
    const made = await workspace.api.ask<{ id: string; apiKey: string }>("POST", "/v1/api-keys", {
      name: "shop",
    });
    const url = `${services.service("event-ingestor").url}/v1/events`;
    const send = () =>
      fetch(url, {
        method: "POST",
        headers: { authorization: `Bearer ${made.apiKey}`, "content-type": "application/json" },
        body: JSON.stringify(anEvent()),
      });
    expect((await send()).status).toBe(202);
    const listKeys = () =>
      workspace.api.ask<{ data: { id: string; lastUsedAt?: string }[] }>("GET", "/v1/api-keys");
    await eventually(async () =>
      (await listKeys()).data.some(({ id, lastUsedAt }) => id === made.id && lastUsedAt),
    );
    await workspace.api.ask("DELETE", `/v1/api-keys/${made.id}`);
    const revokedAt = Date.now();
    const refused = await eventually(async () => {
      const answer = await send();
      return answer.status === 401 && answer;
    });
    // The copy of the keys looks ten times a second.
    expect(Date.now() - revokedAt).toBeLessThan(3_000);
    expect(await refused.json()).toMatchObject({ code: "unauthorized", detail: "The key is revoked" });
  });
});

describe("the audit log", () => {
  check("tells that Hooklane itself disabled a webhook, and why", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    receiver.behave("/gone", always(410));
    const webhook = await workspace.createWebhook({ url: receiver.url("/gone") });
    await workspace.send(anEvent());
    const entry = await eventually(async () => {
      const { data } = await workspace.api.ask<{ data: object[] }>(
        "GET",
        `/v1/audit-log?object=${webhook.id}&actor=system`,
      );
      return data[0];
    });
    expect(entry).toMatchObject({
      actor: { kind: "system" },
      operation: "disableWebhook",
      object: { kind: "webhook", id: webhook.id },
      changes: expect.arrayContaining(["disabled", "status"]),
      before: { status: "active" },
      after: { status: "auto_disabled", disabled: { reason: "gone" } },
    });
  });
});

describe("the rotation of the secrets' key", () => {
  check(
    "while deliveries run loses none and breaks no signature; the old key is not needed after it",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      const webhooks = await Promise.all(
        ["/rotated/a", "/rotated/b"].map((path) => workspace.createWebhook({ url: receiver.url(path) })),
      );
      const redacting = await services.createWorkspace({ redact: ["data.contact"] });
      await redacting.createWebhook({ url: receiver.url("/rotated/redacted") });
      const secret = await redacting.send(anEvent());
      const [original] = await receiver.waitFor((seen) => seen.length === 1, { path: "/rotated/redacted" });
      let sent = 0;
      const over = new AbortController();
      const sending = (async () => {
        while (!over.signal.aborted) {
          await workspace.send(anEvent({ data: { seq: ++sent } }));
          await sleep(20);
        }
      })();
      try {
        // Everybody reads the new key before anybody writes with it.
        await restartWith(`${first},${second}`);
        await restartWith(`${second},${first}`);
        const dry = await rotate(`${second},${first}`, "--dry-run");
        expect([dry.code, dry.output]).toEqual([0, expect.stringMatching(/\d+ secrets .* would be sealed/)]);
        expect(dry.output).toMatch(/[1-9]\d* events would be sealed/);
        const real = await rotate(`${second},${first}`);
        expect(real.output).toMatch(/done: (\d+) of \1 documents, \d+\/s/);
        expect([real.code, real.output]).toEqual([0, expect.stringContaining("no longer used: first")]);
        await restartWith(second);
        const begun = sent;
        await eventually(() => sent > begun + 20);
      } finally {
        over.abort();
        await sending;
      }
      for (const [index, path] of ["/rotated/a", "/rotated/b"].entries()) {
        const requests = await receiver.waitFor((seen) => new Set(readSequence(seen)).size === sent, {
          path,
        });
        for (const request of requests) verify(webhooks[index]!.secret, request);
      }
      expect(await findInDatabase(suite.services, ["enc:v1:first:"])).toEqual([]);
      await redacting.api.ask("POST", `/v1/events/${secret.id}/resend`, {});
      const again = await receiver.waitFor((seen) => seen.length === 2, { path: "/rotated/redacted" });
      expect(again[1]!.body.equals(original!.body)).toBe(true);
      const state = await workspace.readWebhook(webhooks[0]!.id);
      expect(state).toMatchObject({ version: 1, status: "active" });
      const wrong = await rotate(newKey("third"));
      expect(wrong.code).toBe(1);
      expect(wrong.output).toContain("cannot be opened and was left as it is: webhooks");
    },
    180_000,
  );
});
