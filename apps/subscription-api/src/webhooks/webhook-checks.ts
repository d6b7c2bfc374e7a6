import type { FieldError } from "@hooklane/contracts";
import { asAudienceId, type DestinationPolicy, isTriggeredKind, type WorkspaceId } from "@hooklane/core";
import type { AudienceRepository, EventTypeRepository, WebhookDocument } from "@hooklane/store";
import { checkDestination } from "../http/destination-check.js";
import { checkClientCertificate } from "./certificates/client-certificate.js";
import { checkAuth } from "./webhook-auth.js";
import type { ConfiguredWebhook } from "./webhook-edit.js";
import { checkTemplates } from "./webhook-templates.js";

export interface WebhookChecksOptions {
  readonly eventTypes: EventTypeRepository;
  /** Absent: webhooks of this kind have no audience of their own. */
  readonly audiences?: Pick<AudienceRepository, "find">;
  readonly destinations: DestinationPolicy;
  readonly now: () => Date;
}

/**
 * What a webhook's form alone does not tell: whether its event types and its audience exist, its URL may be sent to, its body be made, its
 * certificate be used.
 *
 * @param current as it is saved; absent: it is new
 */
export async function checkWebhook(
  { eventTypes, audiences, destinations, now }: WebhookChecksOptions,
  workspaceId: WorkspaceId,
  body: ConfiguredWebhook,
  current?: WebhookDocument,
): Promise<readonly FieldError[]> {
  const known = await eventTypes.findKnown(workspaceId, body.eventTypes);
  const unknown = body.eventTypes.flatMap((type, index): FieldError[] =>
    known.has(type) || isTriggeredKind(body.kind)
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
    ...(await checkAudience(audiences, workspaceId, body, current)),
  ];
}

/** Ours begin so. Any other is an upstream application's own, and nothing is known of it here. */
const OUR_AUDIENCE = "au_";

async function checkAudience(
  audiences: WebhookChecksOptions["audiences"],
  workspaceId: WorkspaceId,
  { audienceId }: ConfiguredWebhook,
  current: WebhookDocument | undefined,
): Promise<readonly FieldError[]> {
  if (!audienceId?.startsWith(OUR_AUDIENCE) || audienceId === current?.audienceId) return [];
  if (!audiences || (await audiences.find(workspaceId, asAudienceId(audienceId)))) return [];
  return [{ path: "audienceId", code: "invalid_value", message: "the workspace has no such audience" }];
}
