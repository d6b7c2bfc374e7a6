import { isTypeOfKind, testDelivery, testWebhook, toTriggerExample } from "@hooklane/contracts";
import { asWebhookId, isTriggeredKind, type WorkspaceId } from "@hooklane/core";
import type { EventTypeRepository, WebhookDocument, WebhookRepository } from "@hooklane/store";
import { type Answer, invalid, notFound, toTestAnswer } from "../http/answer.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { toTestOrder } from "./test-order.js";

export interface TestOperationOptions {
  readonly webhooks: Pick<WebhookRepository, "find">;
  readonly eventTypes: Pick<EventTypeRepository, "find">;
  /** An id nobody had before: two tests are two events. */
  readonly newCall: () => string;
  readonly now: () => Date;
}

/** product.md O2. What is sent is decided here; it is sent once the answer is kept, by the {@link TestRunner}. */
export function testOperation(options: TestOperationOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/webhooks/{id}/test",
    operationId: "testWebhook",
    tag: "Webhooks",
    summary:
      "Send a test event: attempted once, no error of the webhook; once a second a webhook. In its place in line, or at once to a webhook that is not sent to",
    access: "write",
    body: testWebhook,
    success: {
      status: 200,
      description:
        "What became of it; `pending` when that takes longer than 10 s: follow `GET /v1/deliveries/{id}`",
      body: testDelivery,
    },
    problems: ["not_found"],
    handle: ({ workspaceId, params, body }) => test(options, workspaceId, params.id ?? "", body.eventType),
  });
}

async function test(
  { webhooks, eventTypes, newCall, now }: TestOperationOptions,
  workspaceId: WorkspaceId,
  id: string,
  type: string,
): Promise<Answer> {
  const webhook = await webhooks.find(asWebhookId(id));
  if (webhook?.workspaceId !== workspaceId || webhook.deletedAt) return notFound("webhook");
  if (isTriggeredKind(webhook.kind)) return testTriggered(webhook, type, { call: newCall(), at: now() });
  const found = await eventTypes.find(workspaceId, type);
  if (!found) return refuseType("unknown_event_type", "the workspace has no such event type");
  if (!isTypeOfKind(webhook.kind, type))
    return refuseType("invalid_value", "is not an action of an audience, which is all this webhook gets");
  const { exampleJson } = found;
  if (exampleJson === undefined)
    return refuseType("invalid_value", "has no example to send; give the event type one");
  return toTestAnswer(
    toTestOrder(workspaceId, webhook, { type, exampleJson }, { call: newCall(), at: now() }),
  );
}

/** Its trigger, as if set off by its journey or campaign. */
function testTriggered(
  webhook: WebhookDocument,
  type: string,
  given: { readonly call: string; readonly at: Date },
): Answer {
  const example = toTriggerExample(webhook);
  if (type !== example?.type)
    return refuseType("invalid_value", `must be ${String(example?.type)}, which is all this webhook gets`);
  const exampleJson = JSON.stringify({ data: example.data });
  return toTestAnswer(toTestOrder(webhook.workspaceId, webhook, { type, exampleJson }, given));
}

const refuseType = (code: "unknown_event_type" | "invalid_value", message: string): Answer =>
  invalid([{ path: "eventType", code, message }]);
