import type { Campaign } from "@hooklane/client";

/** What a campaign is at: it has no status of its own but that of its touchpoints. */
export type CampaignState = "empty" | "draft" | "active" | "completed" | "cancelled";

export function toCampaignState({
  touchpointStatuses: { draft, scheduled, running, completed, cancelled },
}: Pick<Campaign, "touchpointStatuses">): CampaignState {
  if (scheduled + running > 0) return "active";
  if (draft > 0) return "draft";
  if (completed > 0) return "completed";
  return cancelled > 0 ? "cancelled" : "empty";
}
