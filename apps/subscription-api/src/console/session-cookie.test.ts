import { createSecretKey, randomBytes } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { asWorkspaceId } from "@hooklane/core";
import {
  type ConsoleSession,
  SESSION_SECONDS,
  SESSION_WORKSPACES_MAX,
  SessionCookie,
} from "./session-cookie.js";

const newKey = (id: string) => ({ id, key: createSecretKey(randomBytes(32)) });
const [one, two] = [newKey("k1"), newKey("k2")];
const START = Date.UTC(2026, 0, 15);

function cookie({ secretKeys = [one], isSecure = false, atSeconds = 0 } = {}) {
  return new SessionCookie({ secretKeys, isSecure, now: () => new Date(START + atSeconds * 1_000) });
}

const session: ConsoleSession = {
  keys: [
    { workspaceId: asWorkspaceId("ws_1"), apiKey: "hl_live_first" },
    { workspaceId: asWorkspaceId("ws_2"), apiKey: "hl_live_second" },
  ],
};
const nobody: ConsoleSession = { keys: [] };
/** As the browser sends it. */
const toSent = (setCookie: string) => setCookie.split(";")[0]!;
const written = toSent(cookie().write(session));

describe("the console's session in a cookie", () => {
  test("is read as it was written, among other cookies, and says nothing of its keys", () => {
    expect(cookie().read(`a=b; ${written}; c=d`)).toEqual(session);
    expect(written).not.toContain("hl_live");
    expect(Buffer.from(written.split(".")[1]!, "base64").toString("latin1")).not.toContain("hl_live");
  });

  test("is kept from pages, from other sites, and over https from plain http", () => {
    const header = cookie({ isSecure: true }).write(session);
    for (const attribute of ["HttpOnly", "SameSite=Strict", "Path=/", "Secure", `Max-Age=${SESSION_SECONDS}`])
      expect(header.split("; ")).toContain(attribute);
    expect(cookie().write(session)).not.toContain("Secure");
  });

  test.each([
    undefined,
    "",
    "hooklane_session=",
    "hooklane_session=k1.",
    "hooklane_session=k1.AAAA",
    "hooklane_session=nonsense",
    `other_${written}`,
    `${written.slice(0, -8)}AAAAAAA=`,
    written.replace("k1.", "k2."),
  ])("that is %j is none", (header) => {
    expect(cookie({ secretKeys: [one, two] }).read(header)).toEqual(nobody);
  });

  test("is over after its time, whether or not the browser forgot it", () => {
    expect(cookie({ atSeconds: SESSION_SECONDS - 1 }).read(written)).toEqual(session);
    expect(cookie({ atSeconds: SESSION_SECONDS }).read(written)).toEqual(nobody);
  });

  test("opens with the key before while keys rotate, and with no other installation's", () => {
    expect(cookie({ secretKeys: [two, one] }).read(written)).toEqual(session);
    expect(cookie({ secretKeys: [two] }).read(written)).toEqual(nobody);
    expect(cookie({ secretKeys: [newKey("k1")] }).read(written)).toEqual(nobody);
  });

  test("is found behind another one of that name", () => {
    expect(cookie().read(`hooklane_session=stale; ${written}`)).toEqual(session);
  });

  test("without keys has the browser forget it", () => {
    expect(cookie().write(nobody)).toMatch(/^hooklane_session=; .*Max-Age=0/);
  });

  test("with as many workspaces as there may be fits what a browser keeps", () => {
    const keys = Array.from({ length: SESSION_WORKSPACES_MAX }, (_, index) => ({
      workspaceId: asWorkspaceId(`ws_${String(index).padStart(36, "0")}`),
      apiKey: `hl_live_${"x".repeat(43)}`,
    }));
    expect(cookie().write({ keys }).length).toBeLessThan(4_096);
  });
});
