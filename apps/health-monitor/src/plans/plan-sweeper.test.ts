import { asWebhookId, asWorkspaceId } from "@hooklane/core";
import { createLogger, createMetrics } from "@hooklane/service";
import type { ControlPayload, PlanScope, PlanSweep } from "@hooklane/store";
import { expect, test } from "@jest/globals";
import { createHealthMetrics } from "../health-metrics.js";
import { PlanSweeper } from "./plan-sweeper.js";

const now = new Date("2026-01-15T10:00:00Z");
const never = new AbortController().signal;

const sweepOf = (id: string): PlanSweep => ({
  scope: { kind: "workspace", workspaceId: asWorkspaceId(id) },
  changedAt: now,
});

/** Over sweeps that are due; what each of them has to change is told by `enforce`. */
function setUp(due: readonly PlanSweep[], enforce: (scope: PlanScope) => AsyncGenerator<ControlPayload>) {
  const announced: string[] = [];
  const settled: PlanSweep[] = [];
  const sweeper = new PlanSweeper({
    sweeps: {
      listDue: () => Promise.resolve([...due]),
      settle: (sweep, startedAt) => {
        expect(startedAt).toEqual(now);
        settled.push(sweep);
        return Promise.resolve();
      },
    },
    enforcer: { enforce },
    announcer: { announce: ({ webhookId }) => void announced.push(webhookId) },
    metrics: createHealthMetrics(createMetrics("test", { processMetrics: false })),
    logger: createLogger("test", "silent"),
    now: () => now,
  });
  return { sweeper, announced, settled };
}

const control = (webhookId: string): ControlPayload => ({
  workspaceId: asWorkspaceId("ws_1"),
  webhookId: asWebhookId(webhookId),
  version: 2,
  eventsPartition: 0,
});

test("what is changed is announced, and the sweep settled by the time it began", async () => {
  const sweep = sweepOf("ws_1");
  const { sweeper, announced, settled } = setUp([sweep], async function* () {
    yield await Promise.resolve(control("wh_1"));
    yield control("wh_2");
  });
  await sweeper.sweep(never);
  expect(announced).toEqual(["wh_1", "wh_2"]);
  expect(settled).toEqual([sweep]);
});

test("one that fails stays due and does not keep the others waiting", async () => {
  const [broken, fine] = [sweepOf("ws_broken"), sweepOf("ws_fine")];
  const { sweeper, announced, settled } = setUp([broken, fine], async function* (scope) {
    if (scope.kind === "workspace" && scope.workspaceId === "ws_broken") throw new Error("broken");
    yield await Promise.resolve(control("wh_1"));
  });
  await sweeper.sweep(never);
  expect(announced).toEqual(["wh_1"]);
  expect(settled).toEqual([fine]);
});

test("one that is stopped in the middle is not settled", async () => {
  const stop = new AbortController();
  const { sweeper, announced, settled } = setUp([sweepOf("ws_1"), sweepOf("ws_2")], async function* () {
    yield await Promise.resolve(control("wh_1"));
    stop.abort();
  });
  await sweeper.sweep(stop.signal);
  expect(announced).toEqual(["wh_1"]);
  expect(settled).toEqual([]);
});
