import { describe, expect, test } from "@jest/globals";
import { currentAuditContext, runAudited } from "./audit-context.js";
import { maskSecrets } from "./masked.js";
import { changedFields } from "./record-change.js";

const webhook = {
  _id: "wh_1",
  name: "Clicks",
  secrets: [{ value: "whsec_1" }],
  auth: { type: "basic", username: "shop", password: "hush" },
};

describe("what the audit log tells of a change", () => {
  test("are the fields that differ, but for the counters every change raises", () => {
    const at = new Date("2026-01-15T10:00:00Z");
    const before = { name: "a", version: 1, updatedAt: at, headers: { b: "1", a: "2" }, filter: { x: 1 } };
    const after = { name: "b", version: 2, updatedAt: new Date(), headers: { a: "2", b: "1" }, rate: 1 };
    expect(changedFields(before, after)).toEqual(["filter", "name", "rate"]);
    expect(changedFields(before, { ...before, gone: undefined })).toEqual([]);
  });

  test("names a secret that changed, and shows neither the old nor the new one", () => {
    const after = {
      ...webhook,
      secrets: [{ value: "whsec_2" }],
      auth: { ...webhook.auth, password: "more" },
    };
    expect(changedFields(webhook, after)).toEqual(["auth", "secrets"]);
    expect(maskSecrets("webhook", after)).toEqual({
      ...webhook,
      secrets: [{ value: "••••" }],
      auth: { type: "basic", username: "shop", password: "••••" },
    });
  });

  test("does not hold the hash of a key", () => {
    expect(maskSecrets("api_key", { hash: "abc", hint: "wxyz" })).toEqual({ hash: "••••", hint: "wxyz" });
  });
});

describe("the context of a change", () => {
  test("reaches everything that is awaited in it, and nothing beside it", async () => {
    const context = { actor: { kind: "operator" }, operation: "createWorkspace" } as const;
    const later = () => new Promise((resolve) => setImmediate(() => resolve(currentAuditContext())));
    const [inside, beside] = await Promise.all([runAudited(context, later), later()]);
    expect(inside).toBe(context);
    expect(beside).toEqual({ actor: { kind: "system" }, operation: "system" });
  });
});
