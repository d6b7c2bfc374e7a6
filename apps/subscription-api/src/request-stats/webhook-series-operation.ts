import { statsRangeQuery, webhookStatsSeries } from "@hooklane/contracts";
import { asWebhookId } from "@hooklane/core";
import { planBuckets, type RollupReader, type WebhookRepository } from "@hooklane/store";
import { notFound, ok } from "../http/answer.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { toSeriesAnswer } from "./series-answer.js";

export interface WebhookSeriesOptions {
  readonly webhooks: Pick<WebhookRepository, "find">;
  readonly rollups: Pick<RollupReader, "readSeries">;
  readonly now: () => Date;
}

export function webhookSeriesOperation({ webhooks, rollups, now }: WebhookSeriesOptions): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/webhooks/{id}/stats/series",
    operationId: "getWebhookStatsSeries",
    tag: "Webhooks",
    summary: "Tell how a webhook's requests went over time; also those of a deleted one",
    access: "read",
    query: statsRangeQuery,
    success: { status: 200, description: "Requests by time", body: webhookStatsSeries },
    problems: ["not_found"],
    handle: async ({ workspaceId, params, query: { range } }) => {
      const webhook = await webhooks.find(asWebhookId(params.id ?? ""));
      if (webhook?.workspaceId !== workspaceId) return notFound("webhook");
      const at = now();
      const plan = planBuckets(range, at);
      const series = await rollups.readSeries(workspaceId, webhook._id, plan);
      return ok({ webhookId: webhook._id, ...toSeriesAnswer(series, plan, range, at) });
    },
  });
}
