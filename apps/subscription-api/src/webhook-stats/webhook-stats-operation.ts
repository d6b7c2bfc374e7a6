import { webhookStats, type WebhookStatsAnswer, webhookStatsQuery } from "@hooklane/contracts";
import { asWebhookId } from "@hooklane/core";
import type {
  DeliveryStatistics,
  DeliveryStatisticsReader,
  EndpointQueue,
  EndpointQueueReader,
  WebhookRepository,
} from "@hooklane/store";
import { notFound, ok } from "../http/answer.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { percentile } from "./percentile.js";

const HOUR_MS = 3_600_000;

export interface WebhookStatsOptions {
  readonly webhooks: Pick<WebhookRepository, "find">;
  readonly statistics: Pick<DeliveryStatisticsReader, "read">;
  readonly queues: Pick<EndpointQueueReader, "read">;
  readonly now: () => Date;
}

export function webhookStatsOperation(options: WebhookStatsOptions): Operation {
  const { webhooks, statistics, queues, now } = options;
  return workspaceOperation({
    method: "get",
    path: "/v1/webhooks/{id}/stats",
    operationId: "getWebhookStats",
    tag: "Webhooks",
    summary: "Tell in numbers what became of a webhook's deliveries; also those of a deleted one",
    access: "read",
    query: webhookStatsQuery,
    success: { status: 200, description: "Counts, durations, and the line", body: webhookStats },
    problems: ["not_found"],
    handle: async ({ workspaceId, params, query }) => {
      const webhook = await webhooks.find(asWebhookId(params.id ?? ""));
      if (webhook?.workspaceId !== workspaceId) return notFound("webhook");
      const { _id, endpointId } = webhook;
      const at = now();
      const window = { from: new Date(at.getTime() - query.hours * HOUR_MS), to: at };
      const [read, lines] = await Promise.all([
        statistics.read(workspaceId, _id, window),
        queues.read(workspaceId, [endpointId]),
      ]);
      const isShortened = read.window.from > window.from;
      return ok({
        webhookId: _id,
        ...toAnswer(read),
        isShortened,
        queue: toQueueAnswer(lines.get(endpointId), at),
      });
    },
  });
}

function toAnswer({ window, counts, attemptDurationsMs }: DeliveryStatistics) {
  const sorted = [...attemptDurationsMs].sort((one, other) => one - other);
  const ended = counts.delivered + counts.dead_letter;
  return {
    from: window.from.toISOString(),
    to: window.to.toISOString(),
    deliveries: { ...counts },
    successRate: ended === 0 ? null : counts.delivered / ended,
    attempts: {
      sampled: sorted.length,
      p50Ms: percentile(sorted, 0.5) ?? null,
      p95Ms: percentile(sorted, 0.95) ?? null,
    },
  } satisfies Partial<WebhookStatsAnswer>;
}

function toQueueAnswer(line: EndpointQueue | undefined, at: Date): WebhookStatsAnswer["queue"] {
  const { waiting = 0, isAtLeast = true, oldestAcceptedAt, nextAttemptAt } = line ?? {};
  return {
    deliveries: waiting,
    isAtLeast,
    ...(oldestAcceptedAt && {
      oldestAcceptedAt: oldestAcceptedAt.toISOString(),
      oldestWaitingSeconds: Math.max(0, (at.getTime() - oldestAcceptedAt.getTime()) / 1_000),
    }),
    ...(nextAttemptAt && { nextAttemptAt: nextAttemptAt.toISOString() }),
  };
}
