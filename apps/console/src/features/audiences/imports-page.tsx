import { Stack, Text, Title } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Paged } from "../../components/paged.js";
import { AudienceFrame } from "./audience-frame.js";
import { ImportState } from "./import-state.js";
import { ImportUpload } from "./import-upload.js";
import { useImports } from "./import-queries.js";

/** Contacts from a file, and what became of those before (product.md W6b). */
export function ImportsPage() {
  const { id } = useParams({ from: "/audience/$id/imports" });
  return <AudienceFrame id={id}>{() => <Imports id={id} />}</AudienceFrame>;
}

function Imports({ id }: { readonly id: string }) {
  const { t } = useTranslation(["audiences", "common"]);
  const { canWrite } = useWorkspace();
  return (
    <Stack>
      {canWrite ? <ImportUpload audienceId={id} /> : <Text>{t("common:readOnly")}</Text>}
      <Title order={2} size="h4">
        {t("importsBefore")}
      </Title>
      <Paged query={useImports(id)} empty={<Text c="dimmed">{t("noImport")}</Text>}>
        {(jobs) => jobs.map((job) => <ImportState key={job.id} job={job} />)}
      </Paged>
    </Stack>
  );
}
