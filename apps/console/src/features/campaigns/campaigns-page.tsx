import { Button, Tabs, Text } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { PageTitle } from "../../components/page-title.js";
import { AllCampaignsCalendar } from "./all-campaigns-calendar.js";
import { CampaignList } from "./campaign-list.js";
import type { CampaignsSearch } from "./campaign-search.js";

/** The Campaign Manager (console-flows.md F4). What it shows stands in the address. */
export function CampaignsPage() {
  const { t } = useTranslation(["campaigns", "common"]);
  const { canWrite } = useWorkspace();
  const search: CampaignsSearch = useSearch({ from: "/campaigns" });
  const navigate = useNavigate({ from: "/campaigns" });
  const change = (patch: Partial<CampaignsSearch>) =>
    void navigate({ search: { ...search, ...patch }, replace: true, resetScroll: false });
  return (
    <>
      <PageTitle title={t("title")}>
        {canWrite && (
          <Button component={Link} to="/campaigns/new">
            {t("create")}
          </Button>
        )}
      </PageTitle>
      {!canWrite && <Text mb="md">{t("common:readOnly")}</Text>}
      <Tabs
        value={search.view ?? "list"}
        onChange={(chosen) => change({ view: chosen === "calendar" ? "calendar" : undefined })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="list">{t("campaignsTab")}</Tabs.Tab>
          <Tabs.Tab value="calendar">{t("calendarTab")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="list">
          <CampaignList />
        </Tabs.Panel>
        <Tabs.Panel value="calendar">
          <AllCampaignsCalendar month={search.month} onMonth={(month) => change({ month })} />
        </Tabs.Panel>
      </Tabs>
      <DeveloperDocumentation />
    </>
  );
}
