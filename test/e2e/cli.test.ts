import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { anEvent, eventually } from "@hooklane/testing";
import { verify } from "@hooklane/client";
import { useServices } from "./support/suite.js";

const suite = useServices();
const { check } = suite;
const repository = fileURLToPath(new URL("../../", import.meta.url));
let dir: string;

beforeAll(async () => {
  const { services } = suite;
  const workspace = await services.createWorkspace();
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

    const tail = start(["deliveries", "tail", "--webhook", webhook.id, "--json"]);
    const seen: { id: string; status: string }[] = [];
    tail.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      for (const line of chunk.split("\n").filter(Boolean)) seen.push(JSON.parse(line) as (typeof seen)[0]);
    });
    const { type, data } = anEvent();
    const send = ["events", "send", type, "--data", JSON.stringify(data)];
    const { id } = await ask<{ id: string }>(send);
    const [request] = await receiver.waitFor((requests) => requests.length === 1, { path: "/cli" });
    const verified = await verify(request!.body, { ...request!.headers }, webhook.secret);
    expect(verified.json()).toMatchObject({ id, type, data });

    const found = await eventually(() => seen.find(({ status }) => status === "delivered"), {
      what: "a line of tail",
    });
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
