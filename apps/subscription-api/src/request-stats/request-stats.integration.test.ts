import { randomUUID } from "node:crypto";
import type { DeliveryResult } from "@hooklane/contracts";
import { asDeliveryId, asEndpointId, asEventId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import { DeliveryLog, DeliveryRollups } from "@hooklane/store";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;

interface Webhook {
  readonly id: string;
  readonly endpointId: string;
}

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
}, 60_000);

afterAll(() => api.stop());

async function makeWebhook(name: string): Promise<Webhook> {
  const made = await workspace.call("POST", "/v1/webhooks", {
    body: { name, url: `https://${name}.example.org/`, eventTypes: ["email.opened"] },
  });
  return made.body;
}

type Attempt = Extract<DeliveryResult, { kind: "attempt" }>;

/** An attempt of just now, as a dispatcher reports it. */
function attempt(
  { id, endpointId }: Webhook,
  outcome: Pick<Attempt, "durationMs" | "next"> & Partial<Attempt>,
) {
  const delivery = randomUUID();
  return {
    kind: "attempt" as const,
    webhookId: asWebhookId(id),
    endpointId: asEndpointId(endpointId),
    generation: 1,
    deliveries: [
      {
        id: asDeliveryId(`dl_${delivery}`),
        eventId: asEventId(delivery),
        type: "email.opened",
        acceptedAt: Date.now(),
      },
    ],
    number: 1,
    trigger: "automatic" as const,
    epoch: 1,
    startedAt: Date.now(),
    ...outcome,
  };
}

async function record(of: TestWorkspace, results: readonly DeliveryResult[]): Promise<void> {
  const recorded = { workspaceId: asWorkspaceId(of.id), retentionDays: 30, results };
  await new DeliveryLog(api.store).record([recorded]);
  const rollups = new DeliveryRollups(api.store);
  rollups.add(`attempts.v1/${randomUUID()}`, [{ ...recorded, offset: 0, timestampMs: Date.now() }]);
  await rollups.flush();
}

interface Buckets {
  readonly buckets: readonly { readonly at: string; readonly delivered: number }[];
}

const codeOf = ({ status, body }: TestAnswer) => [status, body.code];
const bucketsOf = ({ body }: TestAnswer) => (body as unknown as Buckets).buckets;

test("a webhook's requests by time, empty buckets too; the workspace's with what stands out", async () => {
  const [fine, broken] = [await makeWebhook("fine"), await makeWebhook("broken")];
  const refused = { durationMs: 2_000, statusCode: 503, error: "status" as const };
  await record(workspace, [
    attempt(fine, { durationMs: 20, statusCode: 200, next: { kind: "delivered" } }),
    attempt(broken, { ...refused, next: { kind: "retrying", nextAttemptAt: Date.now() + 60_000 } }),
    attempt(broken, { ...refused, next: { kind: "dead_letter", reason: "retries_exhausted" } }),
  ]);
  const lengths = { "1h": [12, 300], "24h": [24, 3_600], "7d": [28, 21_600] };
  for (const [range, [count, bucketSeconds]] of Object.entries(lengths)) {
    const answer = await workspace.call("GET", `/v1/webhooks/${fine.id}/stats/series?range=${range}`);
    expect(answer.body).toMatchObject({ webhookId: fine.id, range, bucketSeconds, total: { delivered: 1 } });
    const buckets = bucketsOf(answer);
    expect(buckets).toHaveLength(count!);
    expect(buckets[0]).toMatchObject({ delivered: 0, successRate: null, p95Ms: null });
    expect(buckets.map(({ delivered }) => delivered).reduce((sum, each) => sum + each)).toBe(1);
    const steps = buckets.slice(1).map(({ at }, index) => Date.parse(at) - Date.parse(buckets[index]!.at));
    expect(new Set(steps)).toEqual(new Set([bucketSeconds! * 1_000]));
  }
  const { body } = await workspace.call("GET", "/v1/workspace/stats?range=1h");
  expect(body).toMatchObject({
    total: { delivered: 1, failed: 2, deadLetters: 1, successRate: 1 / 3 },
    reasons: [{ error: "status", statusCode: 503, count: 2 }],
    webhooks: {
      failing: [{ webhookId: broken.id, failed: 2 }],
      slowest: [{ webhookId: broken.id }, { webhookId: fine.id }],
    },
    queues: [{ endpointId: broken.endpointId, webhookIds: [broken.id] }],
  });
});

test("a workspace without requests: zeros, nothing that stands out; nothing of others", async () => {
  const other = await api.createWorkspace();
  const { body } = await other.call("GET", "/v1/workspace/stats");
  expect(body).toMatchObject({
    range: "24h",
    total: { delivered: 0, failed: 0, successRate: null, p50Ms: null },
    reasons: [],
    webhooks: { failing: [], slowest: [] },
    queues: [],
  });
  const { id } = await makeWebhook("foreign");
  expect(codeOf(await other.call("GET", `/v1/webhooks/${id}/stats/series`))).toEqual([404, "not_found"]);
});

test("a range there is none of: 422; no key: 401", async () => {
  for (const query of ["?range=2h", "?hours=1"])
    expect(codeOf(await workspace.call("GET", `/v1/workspace/stats${query}`))).toEqual([
      422,
      "validation_failed",
    ]);
  expect(codeOf(await api.call("GET", "/v1/workspace/stats"))).toEqual([401, "unauthorized"]);
});
