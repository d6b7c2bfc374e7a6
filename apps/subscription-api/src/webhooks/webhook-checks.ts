import type { CreateWebhook, FieldError } from "@hooklane/contracts";
import type { DestinationPolicy, WorkspaceId } from "@hooklane/core";
import type { EventTypeRepository, WebhookDocument } from "@hooklane/store";
import { checkDestination } from "../http/destination-check.js";
import { checkClientCertificate } from "./certificates/client-certificate.js";
import { checkAuth } from "./webhook-auth.js";
import { checkTemplates } from "./webhook-templates.js";

export interface WebhookChecksOptions {
  readonly eventTypes: EventTypeRepository;
  readonly destinations: DestinationPolicy;
  readonly now: () => Date;
}

/**
 * What a webhook's form alone does not tell: whether its event types exist, its URL may be sent to, its body be made, its
 * certificate be used.
 *
 * @param current as it is saved; absent: it is new
 */
export async function checkWebhook(
  { eventTypes, destinations, now }: WebhookChecksOptions,
  workspaceId: WorkspaceId,
  body: CreateWebhook,
  current?: WebhookDocument,
): Promise<readonly FieldError[]> {
  const known = await eventTypes.findKnown(workspaceId, body.eventTypes);
  const unknown = body.eventTypes.flatMap((type, index): FieldError[] =>
    known.has(type)
      ? []
      : [
          {
            path: `eventTypes.${index}`,
            code: "unknown_event_type",
            message: "the workspace has no such event type",
          },
        ],
  );
  return [
    ...checkDestination(destinations, body.url, "url"),
    ...checkAuth(destinations, body.auth),
    ...checkTemplates(body.body),
    ...checkClientCertificate(body.clientCertificate, current?.clientCertificate, now()),
    ...unknown,
  ];
}
