import {
  type PreviewWebhook,
  previewWebhook,
  webhookPreview,
  type WebhookPreview,
} from "@hooklane/contracts";
import { asDeliveryId, asEndpointId, asWebhookId, type WorkspaceId } from "@hooklane/core";
import {
  buildRequest,
  type BuiltRequest,
  describeFailure,
  type RequestWebhook,
  type TemplateFailure,
  toProfile,
} from "@hooklane/request";
import { toDeliveryId, type WebhookDocument, type WebhookRepository } from "@hooklane/store";
import { type Answer, invalid, notFound, ok } from "../http/answer.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { checkTemplates } from "../webhooks/webhook-templates.js";
import { findPreviewedEvent, type PreviewedEvent, type PreviewedEventOptions } from "./previewed-event.js";

export interface PreviewOperationsOptions extends PreviewedEventOptions {
  readonly webhooks: Pick<WebhookRepository, "find">;
}

/** Before the operations of one webhook: `preview` is no id. */
export function previewOperations(options: PreviewOperationsOptions): readonly Operation[] {
  return [
    workspaceOperation({
      method: "post",
      path: "/v1/webhooks/preview",
      operationId: "previewWebhook",
      tag: "Webhooks",
      summary: "Show the request a webhook, saved or not, would send for an event; nothing is sent",
      access: "read",
      body: previewWebhook,
      success: {
        status: 200,
        description: "The request, or why there would be none",
        body: webhookPreview,
      },
      problems: ["not_found"],
      handle: ({ workspaceId, body }) => preview(options, workspaceId, body),
    }),
  ];
}

async function preview(
  options: PreviewOperationsOptions,
  workspaceId: WorkspaceId,
  given: PreviewWebhook,
): Promise<Answer> {
  const errors = checkTemplates(given.body);
  if (errors.length > 0) return invalid(errors);
  const saved =
    given.webhookId === undefined ? undefined : await findSaved(options, workspaceId, given.webhookId);
  if (given.webhookId !== undefined && saved === undefined) return notFound("webhook");
  const event = await findPreviewedEvent(options, workspaceId, given);
  if ("status" in event) return event;
  const built = build(saved ?? toUnsaved(given), toSubject(workspaceId, saved, event), options.now());
  return ok("kind" in built ? toFailureAnswer(built) : toRequestAnswer(built, saved));
}

async function findSaved(
  { webhooks }: PreviewOperationsOptions,
  workspaceId: WorkspaceId,
  id: string,
): Promise<WebhookDocument | undefined> {
  const found = await webhooks.find(asWebhookId(id));
  return found?.workspaceId === workspaceId && !found.deletedAt ? found : undefined;
}

/** Without secrets, so its requests are not signed. */
function toUnsaved({ contentType = "application/json", body, headers = {} }: PreviewWebhook): RequestWebhook {
  return {
    _id: asWebhookId("wh_preview"),
    name: "Preview",
    headers,
    contentType,
    ...(body !== undefined && { body }),
    successStatus: "2xx",
    secrets: [],
  };
}

/** The delivery's id makes the boundary of multipart and `webhook-id`: for a saved webhook, those of the real request. */
function toSubject(
  workspaceId: WorkspaceId,
  saved: WebhookDocument | undefined,
  { recordId, acceptedAt, body }: PreviewedEvent,
) {
  const deliveryId = saved
    ? toDeliveryId({ workspaceId, recordId, acceptedAt }, saved._id)
    : asDeliveryId("dl_preview");
  const endpointId = saved?.endpointId ?? asEndpointId("ep_preview");
  return {
    records: [{ facts: { deliveryId, endpointId }, body }],
    batched: saved?.batching !== undefined,
    attempt: 1,
  };
}

/** Nothing of the address is shown, so it need not be the line's. */
const ANYWHERE = { url: "https://receiver.invalid/" };

const build = (webhook: RequestWebhook, subject: ReturnType<typeof toSubject>, at: Date) =>
  buildRequest(subject, toProfile(webhook, ANYWHERE), at.getTime());

const MASKED = "***";

function toRequestAnswer(
  { headers, body }: BuiltRequest,
  saved: WebhookDocument | undefined,
): WebhookPreview {
  const shown: Record<string, string> = {};
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at]?.toLowerCase() ?? "";
    shown[name] = name === "authorization" ? MASKED : (headers[at + 1] ?? "");
  }
  if (saved === undefined) delete shown["webhook-signature"];
  if (saved?.auth) shown.authorization = MASKED;
  return {
    contentType: shown["content-type"] ?? "",
    headers: shown,
    body: Buffer.from(body).toString(),
    bytes: body.length,
  };
}

function toFailureAnswer(failure: TemplateFailure): WebhookPreview {
  const { field, of, line, column, rendered } = failure;
  return {
    error: {
      message: describeFailure(failure),
      of,
      ...(field !== undefined && { field }),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      ...(rendered !== undefined && { rendered }),
    },
  };
}
