import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { anEvent, eventually, type TestWorkspace } from "@hooklane/testing";
import { verify } from "@hooklane/client";
import { useKeptServices } from "./support/suite.js";

const suite = useKeptServices();
const { check } = suite;
const repository = fileURLToPath(new URL("../../", import.meta.url));
let dir: string;
let workspace: TestWorkspace;

beforeAll(async () => {
  const { services } = suite;
  workspace = await services.createWorkspace();
  dir = await mkdtemp(join(tmpdir(), "hooklane-cli-"));
  await mkdir(join(dir, ".hooklane"));
  const urls = {
    api: services.service("subscription-api").url,
    ingest: services.service("event-ingestor").url,
  };
  await writeFile(join(dir, ".hooklane", "demo.json"), JSON.stringify({ apiKey: workspace.apiKey, urls }));
});

afterAll(() => rm(dir, { recursive: true, force: true }));

/** The program npm links, in a folder below the one `npm start` ran in. */
function start(args: readonly string[]) {
  const { PATH = "", HOOKLANE_TEST_RUN = "" } = process.env;
  return spawn(process.execPath, [join(repository, "node_modules/.bin/hooklane"), ...args], {
    cwd: join(dir, ".hooklane"),
    env: { PATH, HOOKLANE_TEST_RUN },
  });
}

async function hooklane(args: readonly string[], input = "") {
  const child = start(args);
  child.stdin.end(input);
  const end = once(child, "close");
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await end) as [number | null];
  return { code, out, err };
}

interface Seen {
  readonly id: string;
  readonly eventId: string;
  readonly status: string;
}

/** `deliveries tail`, once it follows. */
async function follow(webhookId: string) {
  const tail = start(["deliveries", "tail", "--webhook", webhookId, "--json"]);
  const seen: Seen[] = [];
  createInterface(tail.stdout).on("line", (line) => seen.push(JSON.parse(line) as Seen));
  const said: string[] = [];
  createInterface(tail.stderr).on("line", (line) => said.push(line));
  await eventually(() => said.some((line) => line.startsWith("Following")), { what: "tail to follow" });
  return { tail, seen, said };
}

/** Carried out, with `--json`. */
async function ask<T>(args: readonly string[], input?: string): Promise<T> {
  const { code, out, err } = await hooklane([...args, "--json"], input);
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}: ${err}`);
  return JSON.parse(out) as T;
}

describe("hooklane, the command line", () => {
  check("from a webhook to its deliveries, their history and its end", async () => {
    const { receiver } = suite;
    const url = receiver.url("/cli");
    const create = [
      "webhooks",
      "create",
      "--name",
      "CLI",
      "--url",
      url,
      "--event-type",
      "email.link_clicked",
    ];
    const webhook = await ask<{ id: string; secret: string; status: string }>(create);
    expect(webhook.status).toBe("inactive");
    expect((await hooklane(["webhooks", "activate", webhook.id])).out).toMatch(/^status +active$/m);

    const { tail, seen } = await follow(webhook.id);
    const { type, data } = anEvent();
    const send = ["events", "send", type, "--data", JSON.stringify(data)];
    const { id } = await ask<{ id: string }>(send);
    const [request] = await receiver.waitFor((requests) => requests.length === 1, { path: "/cli" });
    const verified = await verify(request!.body, { ...request!.headers }, webhook.secret);
    expect(verified.json()).toMatchObject({ id, type, data });

    const found = await eventually(() => seen.find(({ status }) => status === "delivered"), {
      what: "a line of tail",
    });
    expect(seen.filter((line) => line.id === found.id).map(({ status }) => status)).toEqual([
      "pending",
      "delivered",
    ]);
    tail.kill("SIGINT");
    expect((await once(tail, "close"))[0]).toBe(130);

    const explained = await hooklane(["events", "explain", id]);
    expect(explained.out).toContain(found.id);
    expect((await hooklane(["deliveries", "get", found.id])).out).toMatch(/^1 +automatic .* 200/m);
    await ask(["deliveries", "resend", found.id]);
    await receiver.waitFor((requests) => requests.length === 2, { path: "/cli" });

    await ask(["webhooks", "delete", webhook.id, "--yes"]);
    expect(await hooklane(["webhooks", "get", webhook.id])).toMatchObject({ code: 1, out: "" });
  });

  check("tail tells after a restart of the API what happened meanwhile, once", async () => {
    const { receiver, services } = suite;
    const url = receiver.url("/tail");
    const { id: webhookId } = await workspace.createWebhook({ url, eventTypes: ["email.link_clicked"] });
    const { tail, seen, said } = await follow(webhookId);
    const api = services.service("subscription-api");
    const stoppedAt = performance.now();
    await api.stop("SIGINT");
    // An open stream holds no stop back.
    expect(performance.now() - stoppedAt).toBeLessThan(4_000);
    const { id } = await workspace.send(anEvent());
    await receiver.waitFor((requests) => requests.length === 1, { path: "/tail" });
    await services.start(["subscription-api"]);
    await eventually(() => seen.some(({ status }) => status === "delivered"), { what: "a line of tail" });
    expect(seen.map(({ eventId, status }) => [eventId, status])).toEqual([
      [id, "pending"],
      [id, "delivered"],
    ]);
    expect(said.map((line) => line.split(":")[0])).toEqual([
      "Following; Ctrl-C ends it.",
      "Trying again",
      "Connected again.",
    ]);
    tail.kill("SIGINT");
    await once(tail, "close");
  });

  check("many events from standard input, the bad ones told apart", async () => {
    const { code, out, err } = await hooklane(
      ["events", "send", "--from", "-"],
      JSON.stringify([anEvent(), anEvent({ type: "shop.closed" })]),
    );
    expect(out).toMatch(/^1 .* rejected +unknown_event_type/m);
    expect(err).toContain("1 of 2 events were rejected.");
    expect(code).toBe(1);
  });
});
