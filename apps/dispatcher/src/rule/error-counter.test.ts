import { setImmediate as turn } from "node:timers/promises";
import { asDeliveryId, asEndpointId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import type { CountDecision } from "@hooklane/lanes";
import { expect, test } from "@jest/globals";
import { ErrorCounter } from "./error-counter.js";

type Parts = ConstructorParameters<typeof ErrorCounter>;

const decision = (workspace: string, id: number): CountDecision => ({
  kind: "count",
  endpointId: asEndpointId(`ep_${id}`),
  ticket: 1,
  workspaceId: asWorkspaceId(workspace),
  error: {
    id: `ep_${id}:0:0:1`,
    webhookId: asWebhookId(`wh_${id}`),
    generation: 1,
    deliveryId: asDeliveryId(`dl_${id}`),
  },
});

test("errors of one workspace are counted one at a time, those of others beside them", async () => {
  const now = new Map<string, number>();
  const most = new Map<string, number>();
  let calls = 0;
  const windows = {
    count: async (workspaceId: string) => {
      now.set(workspaceId, (now.get(workspaceId) ?? 0) + 1);
      most.set(workspaceId, Math.max(most.get(workspaceId) ?? 0, now.get(workspaceId) ?? 0));
      most.set("all", Math.max(most.get("all") ?? 0, (now.get("ws_1") ?? 0) + (now.get("ws_2") ?? 0)));
      await turn();
      now.set(workspaceId, (now.get(workspaceId) ?? 0) - 1);
      // One that fails is made again, and keeps nobody from their turn.
      if (++calls === 3) throw new Error("no answer");
      return [];
    },
  };
  const counter = new ErrorCounter(
    windows as unknown as Parts[0],
    { workspace: () => undefined } as unknown as Parts[1],
    { onFailure: () => undefined, applyTrips: () => undefined } as unknown as Parts[2],
    {
      logger: { warn: () => undefined } as unknown as Parts[3]["logger"],
      signal: new AbortController().signal,
    },
  );
  const counts = Array.from({ length: 40 }, (_, id) =>
    counter.count(decision(id < 20 ? "ws_1" : "ws_2", id)),
  );
  expect(await Promise.all(counts)).toEqual(counts.map(() => true));
  expect([most.get("ws_1"), most.get("ws_2"), most.get("all")]).toEqual([1, 1, 2]);
});
