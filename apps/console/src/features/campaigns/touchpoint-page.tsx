import type { Touchpoint } from "@hooklane/client";
import { Button, Stack, Text } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { LinkAnchor } from "../../components/link-anchor.js";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";
import { useCampaign } from "./campaign-queries.js";
import { useZonedTime } from "./zoned-time.js";
import { TouchpointActions } from "./touchpoint-actions.js";
import { TouchpointCounts } from "./touchpoint-counts.js";
import { TouchpointNotice } from "./touchpoint-notice.js";
import { useTouchpoint } from "./touchpoint-queries.js";
import { TouchpointStatus } from "./touchpoint-status.js";
import { TouchpointTarget } from "./touchpoint-target.js";
import { useZonedClock } from "./use-zoned-clock.js";

/** A touchpoint: when, for whom, and what became of them. */
export function TouchpointPage() {
  const { id, touchpointId } = useParams({ from: "/campaigns/$id/touchpoints/$touchpointId" });
  const query = useTouchpoint(id, touchpointId);
  return <Loaded query={query}>{(touchpoint) => <TouchpointFound touchpoint={touchpoint} />}</Loaded>;
}

function TouchpointFound({ touchpoint }: { readonly touchpoint: Touchpoint }) {
  const { t } = useTranslation(["touchpoints", "common"]);
  const { canWrite } = useWorkspace();
  const { id, campaignId, name, status, url } = touchpoint;
  const hasBegun = status === "running" || status === "completed";
  return (
    <Stack>
      <PageTitle title={name}>
        <TouchpointStatus status={status} />
        {canWrite && <TouchpointActions touchpoint={touchpoint} />}
      </PageTitle>
      {!canWrite && <Text>{t("common:readOnly")}</Text>}
      <TouchpointNotice touchpoint={touchpoint} />
      {hasBegun && <TouchpointCounts touchpoint={touchpoint} />}
      {hasBegun && (
        <Button
          variant="default"
          w="fit-content"
          renderRoot={(props) => <Link to="/logs" search={{ webhookId: id }} {...props} />}
        >
          {t("seeLogs")}
        </Button>
      )}
      <Fact label={t("campaign")}>
        <CampaignLink id={campaignId} />
      </Fact>
      <Fact label={t("forWhom")}>
        <TouchpointTarget touchpoint={touchpoint} />
      </Fact>
      <Times touchpoint={touchpoint} />
      <Fact label={t("url")}>{url}</Fact>
      <DeveloperDocumentation />
    </Stack>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="div" className="breaking">
        {children}
      </Text>
    </div>
  );
}

function CampaignLink({ id }: { readonly id: string }) {
  const { data } = useCampaign(id);
  return (
    <LinkAnchor to="/campaigns/$id" params={{ id }}>
      <bdi>{data?.name ?? id}</bdi>
    </LinkAnchor>
  );
}

function Times({
  touchpoint: { dueAt, timeNote, timeZone, finishedAt },
}: {
  readonly touchpoint: Touchpoint;
}) {
  const { t } = useTranslation("touchpoints");
  const { data: clock } = useZonedClock();
  const zonedTime = useZonedTime(clock?.timeZone ?? timeZone);
  return (
    <>
      <Fact label={t("due")}>
        {zonedTime(dueAt)} ({clock?.timeZone ?? timeZone})
        {timeNote === "ambiguous" && <Text size="sm">{t("repeated", { timeZone })}</Text>}
      </Fact>
      {finishedAt !== undefined && <Fact label={t("finished")}>{zonedTime(finishedAt)}</Fact>}
    </>
  );
}
