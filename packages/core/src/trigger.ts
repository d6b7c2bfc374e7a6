/** Events Hooklane fires itself, each at one webhook; nobody subscribes to them (product.md W4, W5). */
export const JOURNEY_POINT_REACHED = "journey.point_reached";
export const TOUCHPOINT_DUE = "campaign.touchpoint_due";
export const TRIGGER_TYPES = [JOURNEY_POINT_REACHED, TOUCHPOINT_DUE] as const;

/** Told by an upstream application on `inbound`: a contact arrived at a journey's point (W4). It becomes {@link JOURNEY_POINT_REACHED}. */
export const JOURNEY_ARRIVAL = "journey.arrival";

/** Names of event types that are Hooklane's own: no workspace has one of its own under them. */
export const RESERVED_TYPES: readonly string[] = [...TRIGGER_TYPES, JOURNEY_ARRIVAL];
