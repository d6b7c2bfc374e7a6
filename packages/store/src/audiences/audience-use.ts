import type { AudienceId, SegmentId, WorkspaceId } from "@hooklane/core";
import { type CampaignDocument, CAMPAIGNS } from "../campaigns/campaign.js";
import { type TouchpointDocument, TOUCHPOINTS } from "../campaigns/touchpoint.js";
import { CONTACT_IMPORTS } from "../contact-imports/contact-import.js";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";
import { type WebhookDocument, WEBHOOKS } from "../webhooks/webhook.js";

/** What an audience, or a part of it, is needed for. */
export type AudienceUse = "webhook" | "campaign" | "touchpoint" | "import";

/** The first use of an audience that speaks against its end; undefined: none does. */
export async function findAudienceUse(
  { db }: Store,
  workspaceId: WorkspaceId,
  audienceId: AudienceId,
  session: Session,
): Promise<AudienceUse | undefined> {
  const options = { session, projection: { _id: 1 } };
  const webhook = await db
    .collection<WebhookDocument>(WEBHOOKS)
    .findOne({ workspaceId, audienceId, deletedAt: { $exists: false } }, options);
  if (webhook) return "webhook";
  const campaign = await db
    .collection<CampaignDocument>(CAMPAIGNS)
    .findOne({ workspaceId, audienceId }, options);
  if (campaign) return "campaign";
  const touchpoint = await db
    .collection<TouchpointDocument>(TOUCHPOINTS)
    .findOne({ workspaceId, audienceId, open: true }, options);
  if (touchpoint) return "touchpoint";
  const running = await db
    .collection(CONTACT_IMPORTS)
    .findOne({ workspaceId, audienceId, status: { $in: ["uploading", "running"] } }, options);
  return running ? "import" : undefined;
}

/** Whether a touchpoint that is scheduled or running is for a segment or a tag of an audience. */
export async function hasOpenTouchpoint(
  { db }: Store,
  audienceId: AudienceId,
  part: { readonly segmentId: SegmentId } | { readonly tag: string },
  session: Session,
): Promise<boolean> {
  const found = await db
    .collection<TouchpointDocument>(TOUCHPOINTS)
    .findOne({ open: true, audienceId, ...part }, { session, projection: { _id: 1 } });
  return found !== null;
}
