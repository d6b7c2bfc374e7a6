import { type QuotaErrorAnswer, workspaceHealth, type WorkspaceHealthAnswer } from "@hooklane/contracts";
import type { EndpointId, WebhookId, WorkspaceId } from "@hooklane/core";
import type {
  DeliveryLog,
  EndpointDocument,
  EndpointRepository,
  ErrorCountReader,
  WebhookDocument,
  WebhookRepository,
  WindowError,
} from "@hooklane/store";
import { ok } from "../http/answer.js";
import { type Operation, workspaceOperation } from "../http/operation.js";

export interface HealthOperationsOptions {
  readonly errorCounts: Pick<ErrorCountReader, "rule" | "readErrors">;
  readonly deliveryLog: Pick<DeliveryLog, "findMany">;
  readonly webhooks: WebhookRepository;
  readonly endpoints: EndpointRepository;
  readonly now: () => Date;
}

/** Webhooks told of; a workspace has far fewer. */
const WEBHOOKS_MAX = 10_000;

export function healthOperations(options: HealthOperationsOptions): readonly Operation[] {
  return [
    workspaceOperation({
      method: "get",
      path: "/v1/health",
      operationId: "getHealth",
      tag: "Health",
      summary: "Tell how much of the error quota is used, by whom, and by which errors",
      access: "read",
      success: { status: 200, description: "Quota and endpoints", body: workspaceHealth },
      problems: [],
      handle: async ({ workspaceId }) => ok(await readHealth(options, workspaceId)),
    }),
  ];
}

async function readHealth(
  options: HealthOperationsOptions,
  workspaceId: WorkspaceId,
): Promise<WorkspaceHealthAnswer> {
  const { errorCounts, webhooks, endpoints, now } = options;
  const [errors, listed] = await Promise.all([
    errorCounts.readErrors(workspaceId, now()),
    webhooks.list(workspaceId, { limit: WEBHOOKS_MAX }),
  ]);
  const byEndpoint = groupByEndpoint(listed);
  const [found, told] = await Promise.all([
    endpoints.findMany([...byEndpoint.keys()]),
    explainErrors(options, workspaceId, errors),
  ]);
  const { errorsMax, windowMs } = errorCounts.rule;
  const counts = countByWebhook(errors);
  return {
    errorQuota: {
      used: errors.length,
      limit: errorsMax,
      windowMinutes: windowMs / 60_000,
      errors: told,
    },
    endpoints: found.map((endpoint) =>
      toEndpointHealth(endpoint, byEndpoint.get(endpoint._id) ?? [], counts),
    ),
  };
}

/** The delivery log, which is written behind, tells what went wrong. */
async function explainErrors(
  { deliveryLog, errorCounts }: HealthOperationsOptions,
  workspaceId: WorkspaceId,
  errors: readonly WindowError[],
): Promise<QuotaErrorAnswer[]> {
  const ids = errors.flatMap(({ deliveryId }) => deliveryId ?? []);
  const deliveries = await deliveryLog.findMany(workspaceId, [...new Set(ids)]);
  return errors.map(({ webhookId, at, attempt, deliveryId }) => {
    const delivery = deliveryId && deliveries.get(deliveryId);
    // After a crash an attempt may have been made twice: the later one was counted.
    const failed = delivery?.attempts.findLast(({ number, error }) => number === attempt && error);
    const { error, statusCode, errorDetail } = failed ?? {};
    return {
      webhookId,
      at: at.toISOString(),
      countsUntil: new Date(at.getTime() + errorCounts.rule.windowMs).toISOString(),
      attempt,
      ...(deliveryId !== undefined && { deliveryId }),
      ...(error !== undefined && { error }),
      ...(statusCode !== undefined && { statusCode }),
      ...(errorDetail !== undefined && { errorDetail }),
    };
  });
}

function countByWebhook(errors: readonly WindowError[]): ReadonlyMap<WebhookId, number> {
  const counts = new Map<WebhookId, number>();
  for (const { webhookId } of errors) counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
  return counts;
}

function toEndpointHealth(
  endpoint: EndpointDocument,
  webhooks: readonly WebhookDocument[],
  counts: ReadonlyMap<WebhookId, number>,
): WorkspaceHealthAnswer["endpoints"][number] {
  const answers = webhooks.map(({ _id, status }) => ({
    webhookId: _id,
    status,
    errorsInWindow: counts.get(_id) ?? 0,
  }));
  return {
    endpointId: endpoint._id,
    url: endpoint.url,
    errorsInWindow: answers.reduce((sum, { errorsInWindow }) => sum + errorsInWindow, 0),
    webhooks: answers,
  };
}

function groupByEndpoint(webhooks: readonly WebhookDocument[]): ReadonlyMap<EndpointId, WebhookDocument[]> {
  const groups = new Map<EndpointId, WebhookDocument[]>();
  for (const webhook of webhooks) {
    const group = groups.get(webhook.endpointId);
    if (group) group.push(webhook);
    else groups.set(webhook.endpointId, [webhook]);
  }
  return groups;
}
