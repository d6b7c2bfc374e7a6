import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import express from "express";
import { OPERATOR_KEY, TestApi, type TestWorkspace } from "../testing/test-api.js";
import { createConsoleFiles } from "./console-files.js";
import type { SignedIn } from "./session-routes.js";

describe("signing in to the console", () => {
  let api: TestApi;
  let first: TestWorkspace;
  let second: TestWorkspace;

  beforeAll(async () => {
    api = await TestApi.start();
    [first, second] = [
      await api.createWorkspace({ name: "First" }),
      await api.createWorkspace({ name: "Second" }),
    ];
  });
  afterAll(() => api.stop());

  /** A browser: keeps its cookie. */
  function open() {
    let cookie = "";
    return {
      call: async (method: string, path: string, headers: Record<string, string> = {}, body?: object) => {
        const answer = await api.call(method, path, {
          headers: { ...(cookie !== "" && { cookie }), ...headers },
          body,
        });
        const set = answer.headers.get("set-cookie");
        if (set !== null) cookie = set.split(";")[0]!;
        const { workspaces } = answer.body as unknown as { workspaces?: SignedIn[] };
        return { ...answer, workspaces };
      },
      signIn(apiKey: string) {
        return this.call("POST", "/console/session", {}, { apiKey });
      },
    };
  }
  const within = ({ id }: TestWorkspace) => ({ "hooklane-workspace": id });

  test("with a key: its workspace can be called without it, and no other one", async () => {
    const browser = open();
    expect((await browser.call("GET", "/v1/webhooks", within(first))).status).toBe(401);
    const { workspaces } = await browser.signIn(` ${first.apiKey}\n`);
    expect(workspaces).toEqual([{ id: first.id, name: "First", scopes: ["read", "write", "ingest"] }]);
    expect((await browser.call("GET", "/v1/webhooks", within(first))).status).toBe(200);
    expect((await browser.call("GET", "/v1/webhooks", within(second))).status).toBe(401);
  });

  test("with several keys: each call names its workspace; one that is left is left alone", async () => {
    const browser = open();
    await browser.signIn(first.apiKey);
    expect((await browser.signIn(second.apiKey)).workspaces).toHaveLength(2);
    // Once more with the same is no third one.
    expect((await browser.signIn(first.apiKey)).workspaces).toHaveLength(2);
    const name = async (workspace: TestWorkspace) =>
      (await browser.call("GET", "/v1/workspace", within(workspace))).body.name;
    expect([await name(first), await name(second)]).toEqual(["First", "Second"]);
    const left = await browser.call("DELETE", "/console/session", within(first));
    expect(left.workspaces!.map(({ id }) => id)).toEqual([second.id]);
    expect((await browser.call("GET", "/v1/workspace", within(first))).status).toBe(401);
    await browser.call("DELETE", "/console/session", { "hooklane-workspace": "*" });
    expect((await browser.call("GET", "/console/session")).workspaces).toEqual([]);
  });

  test("a call that does not name its workspace is nobody's, nor can one be signed out: other sites' pages can do no more", async () => {
    const browser = open();
    await browser.signIn(first.apiKey);
    expect((await browser.call("GET", "/v1/webhooks")).status).toBe(401);
    expect((await browser.call("POST", "/v1/webhooks", {}, {})).status).toBe(401);
    expect((await browser.call("DELETE", "/console/session")).status).toBe(403);
    const form = { "content-type": "text/plain" };
    expect((await browser.call("POST", "/console/session", form, { apiKey: second.apiKey })).status).toBe(
      415,
    );
    expect((await browser.call("GET", "/console/session")).workspaces).toHaveLength(1);
  });

  test("a call's own key goes before the session", async () => {
    const browser = open();
    await browser.signIn(first.apiKey);
    const headers = { ...within(first), authorization: "Bearer hl_live_unknown" };
    expect((await browser.call("GET", "/v1/webhooks", headers)).status).toBe(401);
  });

  test("a key that is unknown, the operator's, of no use for reading or missing opens nothing, and says why", async () => {
    const browser = open();
    const ingest = await first.call("POST", "/v1/api-keys", { body: { name: "i", scopes: ["ingest"] } });
    expect((await browser.signIn("hl_live_unknown")).status).toBe(401);
    expect((await browser.signIn(OPERATOR_KEY)).status).toBe(403);
    expect((await browser.signIn(ingest.body.apiKey)).status).toBe(403);
    expect((await browser.signIn("")).status).toBe(422);
    expect((await browser.call("POST", "/console/session")).status).toBe(422);
    expect((await browser.call("GET", "/console/session")).workspaces).toEqual([]);
  });

  test("a key that was revoked closes what was open", async () => {
    const browser = open();
    const made = await first.call("POST", "/v1/api-keys", { body: { name: "r", scopes: ["read"] } });
    expect((await browser.signIn(made.body.apiKey)).workspaces).toMatchObject([{ scopes: ["read"] }]);
    await first.call("DELETE", `/v1/api-keys/${made.body.id}`);
    expect((await browser.call("GET", "/v1/webhooks", within(first))).status).toBe(401);
    expect((await browser.call("GET", "/console/session")).workspaces).toEqual([]);
  });
});

describe("the console's files", () => {
  let dir: string;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    dir = `${mkdtempSync(join(tmpdir(), "console-"))}/`;
    mkdirSync(`${dir}assets`);
    writeFileSync(`${dir}index.html`, '<meta name="style-nonce" content="__STYLE_NONCE__">');
    writeFileSync(`${dir}assets/main-1.js`, "1");
    server = createServer(express().use(createConsoleFiles(dir)!)).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(dir, { recursive: true });
  });

  const get = (path: string, accept = "text/html,*/*") => fetch(`${url}${path}`, { headers: { accept } });

  test.each(["/", "/webhooks/wh_1", "/event-types/contact.subscribed"])(
    "%s is the page, with styles of its own only, and a new number for them each time",
    async (path) => {
      const [one, two] = [await get(path), await get(path)];
      const nonce = /content="([^"]+)"/.exec(await one.text())![1]!;
      const policy = one.headers.get("content-security-policy")!;
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).not.toContain("unsafe");
      expect(await two.text()).not.toContain(nonce);
      expect(one.headers.get("cache-control")).toBe("no-store");
    },
  );

  test("a file is kept for ever, as its name changes with it; one that is gone is not the page", async () => {
    const file = await get("/assets/main-1.js");
    expect(file.headers.get("cache-control")).toContain("immutable");
    expect(file.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await get("/assets/main-0.js")).status).toBe(404);
    expect((await get("/assets/..%2findex.html")).status).toBe(404);
  });

  test("paths of the API, and what is no browser opening a page, do not get the page", async () => {
    expect((await get("/v1/nothing")).status).toBe(404);
    expect((await get("/console/nothing")).status).toBe(404);
    expect((await get("/webhoks", "application/json")).status).toBe(404);
  });

  test("that are not built are not served", () => {
    expect(createConsoleFiles(`${dir}nothing/`)).toBeUndefined();
  });
});
