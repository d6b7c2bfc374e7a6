import { asWebhookId } from "@hooklane/core";
import { createLogger } from "@hooklane/service";
import type { WebhookDocument } from "@hooklane/store";
import { describe, expect, test } from "@jest/globals";
import { ConfigGate, type ConfigGateDeps } from "./config-gate.js";

const webhookId = asWebhookId("wh_1");
const control = { webhookId, version: 3 };

/** A copy that holds one version, and a database that has another. */
function gateOver(versions: { held?: number | undefined; stored?: number }, rereadMs = 60_000) {
  const reads: number[] = [];
  const waiters: ((webhook: WebhookDocument) => void)[] = [];
  const at = (version: number | undefined) =>
    version === undefined ? undefined : ({ _id: webhookId, version } as WebhookDocument);
  const copy: ConfigGateDeps["copy"] = {
    webhook: () => at(versions.held),
    refreshWebhook: () => {
      reads.push(versions.stored ?? 0);
      versions.held = versions.stored ?? versions.held;
      return Promise.resolve(at(versions.stored));
    },
    waitForWebhookVersion: (_id, _version, signal) =>
      new Promise((resolve, reject) => {
        waiters.push(resolve);
        signal.addEventListener("abort", () => reject(signal.reason as Error));
      }),
  };
  const gate = new ConfigGate({ copy, logger: createLogger("test", "silent"), rereadMs });
  const arrive = (version: number) => {
    versions.held = version;
    for (const resolve of waiters) resolve(at(version)!);
  };
  return { gate, reads, waiters, arrive, versions };
}

const never = new AbortController().signal;

describe("the gate at a control record", () => {
  test("is open for a version the copy has, or a later one, without a read", async () => {
    const { gate, reads } = gateOver({ held: 4 });
    expect(gate.isOpen(control)).toBe(true);
    await gate.pass(0, control, never);
    expect(reads).toEqual([]);
  });

  test("reads once past the copy", async () => {
    const { gate, reads } = gateOver({ held: 2, stored: 3 });
    await gate.pass(0, control, never);
    expect(reads).toHaveLength(1);
    expect(gate.waitingCount).toBe(0);
  });

  test("stays shut while even the database is behind, says so, and opens when the version comes", async () => {
    const { gate, waiters, arrive } = gateOver({ held: 2, stored: 2 });
    const passing = gate.pass(5, control, never);
    while (waiters.length === 0) await Promise.resolve();
    expect(gate.waitingCount).toBe(1);
    expect(gate.describe()).toBe("waiting for configuration: partition 5: wh_1 version 3");
    arrive(3);
    await passing;
    expect(gate.describe()).toBeUndefined();
  });

  test("reads again and again while it waits", async () => {
    const { gate, reads, versions } = gateOver({ held: 2, stored: 2 }, 1);
    const passing = gate.pass(0, control, never);
    while (reads.length < 3) await new Promise((resolve) => setImmediate(resolve));
    versions.stored = 3;
    await passing;
    expect(gate.waitingCount).toBe(0);
  });

  test("lets pass what is about a webhook the database does not have", async () => {
    const { gate } = gateOver({});
    await gate.pass(0, control, never);
    expect(gate.waitingCount).toBe(0);
  });

  test("gives up when the partition is taken away", async () => {
    const { gate, waiters } = gateOver({ held: 2, stored: 2 });
    const stop = new AbortController();
    const passing = gate.pass(0, control, stop.signal);
    while (waiters.length === 0) await Promise.resolve();
    stop.abort(new Error("revoked"));
    await expect(passing).rejects.toThrow("revoked");
    expect(gate.waitingCount).toBe(0);
  });
});
