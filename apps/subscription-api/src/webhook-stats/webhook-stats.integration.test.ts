import { randomUUID } from "node:crypto";
import type { DeliveryResult } from "@hooklane/contracts";
import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
} from "@hooklane/core";
import { DeliveryLog, EventLog } from "@hooklane/store";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

const MINUTE_MS = 60_000;

let api: TestApi;
let workspace: TestWorkspace;
let other: TestWorkspace;

interface Webhook {
  readonly id: string;
  readonly endpointId: string;
}

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
  other = await api.createWorkspace();
}, 60_000);

afterAll(() => api.stop());

async function makeWebhook(name: string): Promise<Webhook> {
  const made = await workspace.call("POST", "/v1/webhooks", {
    body: { name, url: `https://${name}.example.org/`, eventTypes: ["email.opened"] },
  });
  return made.body;
}

interface Outcome {
  readonly durationMs: number;
  readonly next: Extract<DeliveryResult, { kind: "attempt" }>["next"];
}

/** Logs one delivery of an event accepted so many minutes ago, and what came of it; without: it is pending. */
async function deliver(webhook: Webhook, minutesAgo: number, outcome?: Outcome): Promise<void> {
  const acceptedAt = Date.now() - minutesAgo * MINUTE_MS;
  const [eventId, deliveryId] = [asEventId(`evt_${randomUUID()}`), asDeliveryId(`dl_${randomUUID()}`)];
  const [webhookId, endpointId] = [asWebhookId(webhook.id), asEndpointId(webhook.endpointId)];
  const workspaceId = asWorkspaceId(workspace.id);
  const facts = { webhookId, endpointId, generation: 1 };
  await new EventLog(api.store).record([
    {
      workspaceId,
      recordId: asRecordId(eventId),
      eventId,
      position: { partition: 0, epoch: 0, offset: acceptedAt },
      type: "email.opened",
      timestamp: "2026-01-15T10:00:00Z",
      source: "api",
      acceptedAt: new Date(acceptedAt),
      status: "accepted",
      shownBody: Buffer.from("{}"),
      decision: { matched: [{ ...facts, version: 1, partition: 0, ordinal: 0, deliveryId }], unmatched: [] },
      expiresAt: new Date("2100-01-01T00:00:00Z"),
    },
  ]);
  if (!outcome) return;
  const result: DeliveryResult = {
    kind: "attempt",
    ...facts,
    deliveries: [{ id: deliveryId, eventId, type: "email.opened", acceptedAt }],
    number: 1,
    trigger: "automatic",
    epoch: 1,
    startedAt: acceptedAt,
    ...outcome,
  };
  await new DeliveryLog(api.store).record([{ workspaceId, retentionDays: 36_500, results: [result] }]);
}

const delivered = (durationMs: number): Outcome => ({ durationMs, next: { kind: "delivered" } });
const codeOf = ({ status, body }: TestAnswer) => [status, body.code];
const statsOf = ({ id }: Webhook, query = "") => workspace.call("GET", `/v1/webhooks/${id}/stats${query}`);

describe("GET /v1/webhooks/{id}/stats", () => {
  test("counts by outcome in the window, success rate, durations and the line: 200", async () => {
    const webhook = await makeWebhook("counted");
    for (const durationMs of [10, 20, 30]) await deliver(webhook, 30, delivered(durationMs));
    await deliver(webhook, 30, { durationMs: 400, next: { kind: "dead_letter", reason: "gone" } });
    await deliver(webhook, 20, {
      durationMs: 50,
      next: { kind: "retrying", nextAttemptAt: Date.now() + MINUTE_MS },
    });
    await deliver(webhook, 5);
    await deliver(webhook, 180, delivered(1_000));
    const answer = await statsOf(webhook, "?hours=2");
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      webhookId: webhook.id,
      isShortened: false,
      deliveries: { delivered: 3, dead_letter: 1, skipped: 0, cancelled: 0, retrying: 1 },
      successRate: 0.75,
      attempts: { sampled: 5, p50Ms: 30, p95Ms: 400 },
      queue: { deliveries: 2, isAtLeast: false },
    });
    const { queue } = answer.body as unknown as { queue: { oldestWaitingSeconds: number } };
    expect(queue.oldestWaitingSeconds).toBeGreaterThanOrEqual(20 * 60);
    expect(queue.oldestWaitingSeconds).toBeLessThan(21 * 60);
    expect(queue).toHaveProperty("nextAttemptAt");
    expect((await statsOf(webhook)).body).toMatchObject({ deliveries: { delivered: 4 } });
  });

  test("of a webhook that was never sent to there are no rates", async () => {
    const answer = await statsOf(await makeWebhook("idle"));
    expect(answer.body).toMatchObject({
      successRate: null,
      attempts: { sampled: 0, p50Ms: null, p95Ms: null },
      queue: { deliveries: 0, isAtLeast: false },
    });
    expect(answer.body).not.toHaveProperty("queue.oldestAcceptedAt");
  });

  test("unknown or another workspace's: 404; hours out of bounds: 422; no key: 401", async () => {
    const webhook = await makeWebhook("refused");
    expect(codeOf(await statsOf({ ...webhook, id: "wh_nobody" }))).toEqual([404, "not_found"]);
    const foreign = await other.call("GET", `/v1/webhooks/${webhook.id}/stats`);
    expect(codeOf(foreign)).toEqual([404, "not_found"]);
    for (const query of ["?hours=0", "?hours=721", "?hours=1.5", "?hours=day", "?days=1"]) {
      expect(codeOf(await statsOf(webhook, query))).toEqual([422, "validation_failed"]);
    }
    expect(codeOf(await api.call("GET", `/v1/webhooks/${webhook.id}/stats`))).toEqual([401, "unauthorized"]);
  });
});
