import {
  type LongQueueAnswer,
  type NotableWebhookAnswer,
  statsRangeQuery,
  workspaceStats,
} from "@hooklane/contracts";
import type { EndpointId, WebhookId, WorkspaceId } from "@hooklane/core";
import {
  type EndpointQueue,
  type EndpointQueueReader,
  planBuckets,
  type RollupReader,
  type WebhookRepository,
  type WebhookSums,
} from "@hooklane/store";
import { ok } from "../http/answer.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { toSeriesAnswer, toSumsAnswer } from "./series-answer.js";

export interface WorkspaceStatsOptions {
  readonly webhooks: Pick<WebhookRepository, "listOfEndpoint">;
  readonly rollups: Pick<RollupReader, "readSeries" | "readNotable">;
  readonly queues: Pick<EndpointQueueReader, "readLongest">;
  readonly now: () => Date;
}

/** Lines told of. */
const QUEUES_MAX = 5;

export function workspaceStatsOperation(options: WorkspaceStatsOptions): Operation {
  const { rollups, now } = options;
  return workspaceOperation({
    method: "get",
    path: "/v1/workspace/stats",
    operationId: "getWorkspaceStats",
    tag: "Health",
    summary: "Tell how all requests of the workspace went over time, and which webhooks stand out",
    access: "read",
    query: statsRangeQuery,
    success: { status: 200, description: "Requests by time, webhooks, lines", body: workspaceStats },
    problems: [],
    handle: async ({ workspaceId, query: { range } }) => {
      const at = now();
      const plan = planBuckets(range, at);
      const [series, notable, queues] = await Promise.all([
        rollups.readSeries(workspaceId, workspaceId, plan),
        rollups.readNotable(workspaceId, plan),
        readQueues(options, workspaceId),
      ]);
      return ok({
        ...toSeriesAnswer(series, plan, range, at),
        webhooks: {
          from: notable.from.toISOString(),
          failing: notable.failing.map(toNotable),
          slowest: notable.slowest.map(toNotable),
        },
        queues,
      });
    },
  });
}

const toNotable = (sums: WebhookSums): NotableWebhookAnswer => ({
  webhookId: sums.webhookId,
  ...toSumsAnswer(sums),
});

async function readQueues(
  { queues, webhooks }: WorkspaceStatsOptions,
  workspaceId: WorkspaceId,
): Promise<LongQueueAnswer[]> {
  const longest = [...(await queues.readLongest(workspaceId, QUEUES_MAX))];
  return Promise.all(
    longest.map(async ([endpointId, queue]) => {
      const sharing = await webhooks.listOfEndpoint(endpointId);
      return toQueue(
        endpointId,
        queue,
        sharing.map(({ _id }) => _id),
      );
    }),
  );
}

const toQueue = (
  endpointId: EndpointId,
  { waiting, isAtLeast, oldestAcceptedAt, nextAttemptAt }: EndpointQueue,
  webhookIds: readonly WebhookId[],
): LongQueueAnswer => ({
  endpointId,
  webhookIds: [...webhookIds],
  deliveries: waiting,
  isAtLeast,
  ...(oldestAcceptedAt && { oldestAcceptedAt: oldestAcceptedAt.toISOString() }),
  ...(nextAttemptAt && { nextAttemptAt: nextAttemptAt.toISOString() }),
});
