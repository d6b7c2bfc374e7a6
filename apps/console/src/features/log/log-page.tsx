import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/page-title.js";
import { toResendable } from "../resend/resend-filter.js";
import { ResendJobs } from "../resend/resend-jobs.js";
import { ResendMany } from "../resend/resend-many.js";
import { DeadLetters } from "./dead-letters.js";
import { DeliveryTable } from "./delivery-table.js";
import { EventTable } from "./event-table.js";
import { LogFilters } from "./log-filters.js";
import { toDeliveryFilter } from "./log-queries.js";
import { type LogSearch, readLogSearch } from "./log-search.js";

/** The event logs (console-flows.md F8). What is looked for stands in the address, so that it can be sent to somebody. */
export function LogPage() {
  const { t } = useTranslation(["log", "resend"]);
  const search: LogSearch = useSearch({ from: "/logs" });
  const navigate = useNavigate({ from: "/logs" });
  const change = (patch: Partial<LogSearch>) =>
    void navigate({ search: { ...search, ...patch }, replace: true });
  const view = search.view ?? "deliveries";
  return (
    <>
      <PageTitle title={t("title")} />
      <ResendJobs />
      <Tabs
        value={view}
        onChange={(chosen) => change({ view: readLogSearch({ view: chosen }).view })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="deliveries">{t("deliveries")}</Tabs.Tab>
          <Tabs.Tab value="dead_letters">{t("deadLetters")}</Tabs.Tab>
          <Tabs.Tab value="events">{t("eventsTab")}</Tabs.Tab>
        </Tabs.List>
        <LogFilters search={search} view={view} onChange={change} />
        <Tabs.Panel value="deliveries">
          <ResendMany of={toResendable(toDeliveryFilter(search))} label={t("resend:these")} />
          <DeliveryTable search={search} />
        </Tabs.Panel>
        <Tabs.Panel value="dead_letters">
          <DeadLetters search={search} />
        </Tabs.Panel>
        <Tabs.Panel value="events">
          <EventTable search={search} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
