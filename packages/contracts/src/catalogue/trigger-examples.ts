import { isTriggeredKind, TRIGGER_OF, type TriggerType, type WebhookKind } from "@hooklane/core";

const contact = {
  id: "ct_example",
  audience_id: "au_example",
  email: "lea@example.org",
  email_format: "html",
  fields: { first_name: "Léa", city: "Lyon" },
  tags: ["newsletter"],
  status: "subscribed",
};

/** `data` of what sets webhooks off: the catalogue has no examples of its triggers. */
export const TRIGGER_EXAMPLES = {
  "journey.point_reached": { journey_id: "jn_example", point_id: "wh_example", contact },
  "campaign.touchpoint_due": {
    campaign_id: "cp_example",
    touchpoint_id: "wh_example",
    audience_id: contact.audience_id,
    contact,
  },
} as const satisfies Record<TriggerType, object>;

/** What a webhook that is set off gets for a test, as if by its own journey or campaign; undefined: it asks for its events. */
export function toTriggerExample(webhook: {
  readonly _id: string;
  readonly kind: WebhookKind;
  readonly journeyId?: string;
  readonly campaignId?: string;
}): { readonly type: TriggerType; readonly data: object } | undefined {
  if (!isTriggeredKind(webhook.kind)) return undefined;
  const type = TRIGGER_OF[webhook.kind];
  const own =
    type === "journey.point_reached"
      ? { journey_id: webhook.journeyId, point_id: webhook._id }
      : { campaign_id: webhook.campaignId, touchpoint_id: webhook._id };
  return { type, data: { ...TRIGGER_EXAMPLES[type], ...own } };
}
