import type { Audience } from "@hooklane/client";
import { Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";
import { AudienceCounts } from "./audience-counts.js";
import { CurrentAudience } from "./current-audience.js";
import { useAudiences } from "./audience-queries.js";
import { CreateAudience } from "./create-audience.js";
import { ManageAudience } from "./manage-audience.js";

/** The audience dashboard (console-flows.md F5). Which audience is shown stands in the address. */
export function AudiencePage() {
  const { t } = useTranslation(["audiences", "common"]);
  const { audience: chosen } = useSearch({ from: "/audience" });
  const navigate = useNavigate({ from: "/audience" });
  const { canWrite } = useWorkspace();
  const query = useAudiences();
  const current = query.data?.find(({ id }) => id === chosen) ?? query.data?.[0];
  const choose = (audience: string) => void navigate({ search: { audience } });
  return (
    <>
      <PageTitle title={t("dashboard")}>
        {current && <ManageAudience audience={current} />}
        {canWrite && <CreateAudience onCreated={choose} />}
      </PageTitle>
      {!canWrite && <Text mb="md">{t("common:readOnly")}</Text>}
      <Loaded query={query}>
        {(audiences) =>
          current ? <Dashboard audiences={audiences} current={current} onChoose={choose} /> : <NoAudiences />
        }
      </Loaded>
    </>
  );
}

interface DashboardProps {
  readonly audiences: readonly Audience[];
  readonly current: Audience;
  readonly onChoose: (id: string) => void;
}

function Dashboard({ audiences, current, onChoose }: DashboardProps) {
  return (
    <Stack>
      <CurrentAudience audiences={audiences} current={current} onChoose={onChoose} />
      <AudienceCounts key={current.id} audience={current} />
    </Stack>
  );
}

function NoAudiences() {
  const { t } = useTranslation("audiences");
  return (
    <Stack py="xl" align="center" gap="xs">
      <Text fw={600}>{t("empty")}</Text>
      <Text>{t("emptyHelp")}</Text>
    </Stack>
  );
}
