import type { Campaign } from "@hooklane/client";
import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type CampaignState, toCampaignState } from "./campaign-state.js";

const COLORS = {
  empty: "gray",
  draft: "gray",
  active: "brand",
  completed: "blue",
  cancelled: "gray",
} as const satisfies Record<CampaignState, string>;

export function CampaignStatus({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation("campaigns");
  const state = toCampaignState(campaign);
  return (
    <Badge color={COLORS[state]} variant="light" tt="none">
      {t(`state_${state}`)}
    </Badge>
  );
}
