import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/page-title.js";
import { SectionLinks } from "../../components/section-links.js";

/** The frame of the workspace's settings: which pages there are. */
export function SettingsFrame({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation("settings");
  return (
    <>
      <PageTitle title={t("title")} />
      <SectionLinks label={t("title")}>
        <Link to="/settings" activeOptions={{ exact: true }}>
          {t("general")}
        </Link>
        <Link to="/settings/integrations">{t("integrations")}</Link>
        <Link to="/settings/api-keys">{t("apiKeys")}</Link>
        <Link to="/settings/audit-log">{t("auditLog")}</Link>
      </SectionLinks>
      {children}
    </>
  );
}
