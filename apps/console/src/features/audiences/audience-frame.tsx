import type { Audience } from "@hooklane/client";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LinkAnchor } from "../../components/link-anchor.js";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";
import { SectionLinks } from "../../components/section-links.js";
import { useAudience } from "./audience-queries.js";

interface AudienceFrameProps {
  readonly id: string;
  /** Beside the title. */
  readonly actions?: ReactNode;
  readonly children: (audience: Audience) => ReactNode;
}

/** The frame of an audience's own pages: whose they are, which there are, and the way back. */
export function AudienceFrame({ id, actions, children }: AudienceFrameProps) {
  const { t } = useTranslation("audiences");
  const query = useAudience(id);
  const params = { id };
  return (
    <Loaded query={query}>
      {(audience) => (
        <>
          <LinkAnchor to="/audience" search={{ audience: id }} size="sm">
            {t("dashboard")}
          </LinkAnchor>
          <PageTitle title={audience.name}>{actions}</PageTitle>
          <SectionLinks label={t("manage")}>
            <Link to="/audience/$id/settings" params={params}>
              {t("settings")}
            </Link>
            <Link to="/audience/$id/webhooks" params={params}>
              {t("webhooks")}
            </Link>
            <Link to="/audience/$id/segments" params={params}>
              {t("segmentsAndTags")}
            </Link>
            <Link to="/audience/$id/imports" params={params}>
              {t("imports")}
            </Link>
          </SectionLinks>
          {children(audience)}
        </>
      )}
    </Loaded>
  );
}
