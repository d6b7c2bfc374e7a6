import type { SubscribedKind, WebhookKind } from "./vocabulary.js";

/** Events Hooklane fires itself, each at one webhook; nobody subscribes to them (product.md W4, W5). */
export const JOURNEY_POINT_REACHED = "journey.point_reached";
export const TOUCHPOINT_DUE = "campaign.touchpoint_due";
export const TRIGGER_TYPES = [JOURNEY_POINT_REACHED, TOUCHPOINT_DUE] as const;
export type TriggerType = (typeof TRIGGER_TYPES)[number];

/** Kinds of webhooks that are set off and ask for nothing. */
export type TriggeredKind = Exclude<WebhookKind, SubscribedKind>;

/** What sets off webhooks of a kind, and is all they get. */
export const TRIGGER_OF = {
  journey_point: JOURNEY_POINT_REACHED,
  touchpoint: TOUCHPOINT_DUE,
} as const satisfies Record<TriggeredKind, TriggerType>;

export const isTriggeredKind = (kind: WebhookKind): kind is TriggeredKind => Object.hasOwn(TRIGGER_OF, kind);

export const isTriggerType = (type: string): type is TriggerType =>
  (TRIGGER_TYPES as readonly string[]).includes(type);

/** Told by an upstream application on `inbound`: a contact arrived at a journey's point (W4). It becomes {@link JOURNEY_POINT_REACHED}. */
export const JOURNEY_ARRIVAL = "journey.arrival";

/** Names of event types that are Hooklane's own: no workspace has one of its own under them. */
export const RESERVED_TYPES: readonly string[] = [...TRIGGER_TYPES, JOURNEY_ARRIVAL];
