import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readSettings } from "./settings.js";
import { UsageError } from "./usage-error.js";

let root: string;
let below: string;
const demo = {
  apiKey: "hl_live_demo",
  operatorKey: "x",
  urls: { api: "http://127.0.0.1:4400", ingest: "http://127.0.0.1:4401" },
};

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "hooklane-cli-"));
  below = join(root, "a", "b");
  mkdirSync(below, { recursive: true });
  mkdirSync(join(root, ".hooklane"));
  writeFileSync(join(root, ".hooklane", "demo.json"), JSON.stringify(demo));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("settings", () => {
  test("are the demo's, found from a folder below, when nothing else is given", () => {
    expect(readSettings({}, {}, below)).toEqual({
      apiUrl: demo.urls.api,
      ingestUrl: demo.urls.ingest,
      apiKey: demo.apiKey,
      keySource: join(root, ".hooklane", "demo.json"),
    });
  });

  test("of flags come before those of variables, and these before the demo's; empty ones do not count", () => {
    const env = { HOOKLANE_API_KEY: "of_env", HOOKLANE_API_URL: "", HOOKLANE_INGEST_URL: "http://ingest" };
    expect(readSettings({}, env, below)).toMatchObject({
      apiUrl: demo.urls.api,
      ingestUrl: "http://ingest",
      apiKey: "of_env",
      keySource: "HOOKLANE_API_KEY",
    });
    const flags = { apiKey: "of_flag", apiUrl: "http://flag", ingestUrl: "http://other" };
    expect(readSettings(flags, env, below)).toEqual({ ...flags, keySource: "--api-key" });
  });

  test("never send the demo's key to another URL", () => {
    expect(() => readSettings({ apiUrl: "http://elsewhere" }, {}, below)).toThrow(/Which key/);
    const env = { HOOKLANE_API_URL: "http://elsewhere" };
    expect(() => readSettings({}, env, below)).toThrow(UsageError);
  });

  test("send events to the API's URL when only that one is given", () => {
    const env = { HOOKLANE_API_URL: "http://front", HOOKLANE_API_KEY: "k" };
    expect(readSettings({}, env, below).ingestUrl).toBe("http://front");
  });

  test("that are missing or wrong are said, with what to do", () => {
    const nowhere = join(tmpdir(), "hooklane-nowhere");
    expect(() => readSettings({ apiKey: "k" }, {}, nowhere)).toThrow(/--api-url or HOOKLANE_API_URL/);
    expect(() => readSettings({ apiKey: "k", apiUrl: "localhost" }, {}, below)).toThrow(
      /--api-url is not a URL/,
    );
    writeFileSync(join(below, "plain"), "");
    mkdirSync(join(below, ".hooklane"));
    writeFileSync(join(below, ".hooklane", "demo.json"), '{"apiKey":');
    expect(() => readSettings({}, {}, below)).toThrow(/demo.json is not what `npm start` writes/);
    expect(() => readSettings({}, {}, join(below, "plain"))).toThrow(/is not what/);
  });
});
