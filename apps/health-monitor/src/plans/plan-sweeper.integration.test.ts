import { plansOfFamily } from "@hooklane/core";
import type { Closeable } from "@hooklane/service";
import { PlanRepository, WorkspaceRepository } from "@hooklane/store";
import { eventually } from "@hooklane/testing";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { HealthMonitorHarness } from "../testing/health-monitor-harness.js";

jest.setTimeout(90_000);

const harness = new HealthMonitorHarness();
let monitor: Closeable | undefined;

beforeAll(async () => {
  await harness.open();
  const at = new Date();
  await new PlanRepository(harness.store).insertMissing(
    plansOfFamily("audience").map(({ id, ...rules }) => ({
      _id: id,
      ...rules,
      version: 1,
      createdAt: at,
      updatedAt: at,
    })),
  );
});

afterAll(async () => {
  await monitor?.close();
  await harness.close();
});

test("webhooks follow a change of plan whose caller died, and are announced", async () => {
  const workspace = await harness.createWorkspace({ plan: "audience.standard" });
  const webhook = await harness.createWebhook(workspace, "Locked");
  // All that had happened when the API died; long enough ago that nobody else is at it.
  const diedAt = new Date(Date.now() - 60_000);
  await new WorkspaceRepository(harness.store).changePlan(workspace._id, "audience.free", undefined, diedAt);
  monitor = await harness.start({ SMTP_URL: "smtp://127.0.0.1:9" });
  await eventually(async () => (await harness.readWebhook(webhook._id)).status === "plan_locked", {
    what: "a locked webhook",
  });
  expect(await harness.readWebhook(webhook._id)).toMatchObject({ generation: webhook.generation + 1 });
  const outbox = harness.store.db.collection<{ _id: string }>("outbox");
  await eventually(async () => {
    const entry = await outbox.findOne({ _id: `ctl:${webhook._id}:2` });
    return entry !== null && !("pending" in entry);
  });
  await eventually(async () => (await harness.store.db.collection("planSweeps").countDocuments()) === 0);
});
