import { type FilterTested, type TestFilter, testFilter, filterTested } from "@hooklane/contracts";
import { asWebhookId, explainFilter, type Filter, type NativeEvent, type WorkspaceId } from "@hooklane/core";
import type { WebhookRepository } from "@hooklane/store";
import { type Answer, notFound, ok } from "../http/answer.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { findPreviewedEvent, type PreviewedEventOptions } from "../previews/previewed-event.js";
import { readFilter } from "../webhooks/webhook-filter.js";
import { cutLong } from "./cut-long.js";

export interface FilterOperationsOptions extends PreviewedEventOptions {
  readonly webhooks: Pick<WebhookRepository, "find">;
}

/** Before the operations of one webhook: `test-filter` is no id. */
export function filterOperations(options: FilterOperationsOptions): readonly Operation[] {
  return [
    workspaceOperation({
      method: "post",
      path: "/v1/webhooks/test-filter",
      operationId: "testFilter",
      tag: "Webhooks",
      summary: "Tell whether an event matches a filter, saved or not, and why; nothing is sent",
      access: "read",
      body: testFilter,
      success: { status: 200, description: "What became of each condition", body: filterTested },
      problems: ["not_found"],
      handle: ({ workspaceId, body }) => test(options, workspaceId, body),
    }),
  ];
}

async function test(
  options: FilterOperationsOptions,
  workspaceId: WorkspaceId,
  given: TestFilter,
): Promise<Answer> {
  const filter =
    given.webhookId === undefined
      ? { filter: given.filter }
      : await findFilter(options, workspaceId, given.webhookId);
  if (!filter) return notFound("webhook");
  const event = await findPreviewedEvent(options, workspaceId, given);
  if ("status" in event) return event;
  return ok(explain(filter.filter, JSON.parse(Buffer.from(event.body).toString()) as NativeEvent));
}

async function findFilter(
  { webhooks }: FilterOperationsOptions,
  workspaceId: WorkspaceId,
  id: string,
): Promise<{ readonly filter: Filter | undefined } | undefined> {
  const found = await webhooks.find(asWebhookId(id));
  return found?.workspaceId === workspaceId && !found.deletedAt ? { filter: readFilter(found) } : undefined;
}

function explain(filter: Filter | undefined, event: NativeEvent): FilterTested {
  if (filter === undefined) return { matched: true, conditions: [] };
  const { matched, failure, conditions } = explainFilter(filter, event);
  return {
    matched,
    ...(failure && { failure }),
    conditions: conditions.map(({ place, path, operator, expected, actual, matched: isMet }) => ({
      at: place.join("."),
      path,
      operator,
      expected,
      ...(actual !== undefined && { actual: cutLong(actual) }),
      matched: isMet,
    })),
  };
}
