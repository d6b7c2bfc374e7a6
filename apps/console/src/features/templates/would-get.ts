import {
  asEndpointId,
  asWebhookId,
  buildTypeIndex,
  compileFilter,
  type Filter,
  isSuppressed,
  matchEvent,
  type NativeEvent,
  type UnmatchedReason,
} from "@hooklane/core";
import type { EventType, Webhook } from "@hooklane/client";

/** What of a webhook that is not saved decides which events it gets. */
export interface Wanted {
  readonly eventTypes: readonly string[];
  readonly sources: Webhook["sources"];
  readonly audienceId: string | undefined;
  readonly filter: Filter | undefined;
}

/** Why an event would not go to a webhook like this, were it active; undefined: it would. Decided as the router does. */
export function whyNotSent(
  { eventTypes, sources, audienceId, filter }: Wanted,
  event: NativeEvent,
  type: Pick<EventType, "suppressedSources" | "sourceFilter"> | undefined,
): UnmatchedReason | undefined {
  if (!eventTypes.includes(event.type)) return "event_type";
  const compiled = filter === undefined ? undefined : compileFilter(filter);
  const webhook = {
    id: asWebhookId("wh_form"),
    endpointId: asEndpointId("ep_form"),
    status: "active" as const,
    version: 1,
    generation: 1,
    eventTypes,
    sources,
    audienceId,
    filter: compiled?.ok ? compiled.filter : undefined,
  };
  const { unmatched } = matchEvent(buildTypeIndex([webhook]), {
    type: event.type,
    source: event.source,
    suppressed: isSuppressed(type?.suppressedSources, event.source),
    sourceFilterApplies: type?.sourceFilter ?? true,
    readContent: () => event,
  });
  return unmatched[0]?.reason;
}
