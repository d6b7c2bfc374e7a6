import { workspaceHealth, type WorkspaceHealthAnswer } from "@hooklane/contracts";
import type { EndpointId, WebhookId, WorkspaceId } from "@hooklane/core";
import type {
  EndpointDocument,
  EndpointRepository,
  ErrorCountReader,
  WebhookDocument,
  WebhookRepository,
} from "@hooklane/store";
import { ok } from "../http/answer.js";
import { type Operation, workspaceOperation } from "../http/operation.js";

export interface HealthOperationsOptions {
  readonly errorCounts: ErrorCountReader;
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
      summary: "Tell how much of the error quota is used, and by whom",
      access: "read",
      success: { status: 200, description: "Quota and endpoints", body: workspaceHealth },
      problems: [],
      handle: async ({ workspaceId }) => ok(await readHealth(options, workspaceId)),
    }),
  ];
}

async function readHealth(
  { errorCounts, webhooks, endpoints, now }: HealthOperationsOptions,
  workspaceId: WorkspaceId,
): Promise<WorkspaceHealthAnswer> {
  const [counts, listed] = await Promise.all([
    errorCounts.countByWebhook(workspaceId, now()),
    webhooks.list(workspaceId, { limit: WEBHOOKS_MAX }),
  ]);
  const byEndpoint = groupByEndpoint(listed);
  const found = await endpoints.findMany([...byEndpoint.keys()]);
  const { errorsMax, windowMs } = errorCounts.rule;
  return {
    errorQuota: {
      used: [...counts.values()].reduce((sum, errors) => sum + errors, 0),
      limit: errorsMax,
      windowMinutes: windowMs / 60_000,
    },
    endpoints: found.map((endpoint) =>
      toEndpointHealth(endpoint, byEndpoint.get(endpoint._id) ?? [], counts),
    ),
  };
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
