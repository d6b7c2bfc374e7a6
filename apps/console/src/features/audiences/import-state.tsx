import type { ContactImportJob } from "@hooklane/client";
import { Badge, Button, Group, Paper, Progress, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Confirm } from "../../components/confirm.js";
import { useFormat } from "../../components/format.js";
import { ImportErrors } from "./import-errors.js";
import { useCancelImport } from "./import-queries.js";

const COLOURS = {
  running: "blue",
  completed: "brand",
  failed: "red",
  cancelled: "gray",
} as const satisfies Record<ContactImportJob["status"], string>;

/** How far an import is, what it did, and what was wrong with its lines. */
export function ImportState({ job }: { readonly job: ContactImportJob }) {
  const { t } = useTranslation("audiences");
  const format = useFormat();
  const [areErrorsShown, errors] = useDisclosure();
  const progress = t("importProgress", { done: format.number(job.done), total: format.number(job.total) });
  return (
    <Paper withBorder p="md" mb="sm" component="article" aria-label={format.dateTime(job.createdAt)}>
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{format.dateTime(job.createdAt)}</Text>
        <Badge color={COLOURS[job.status]} variant="light" tt="none">
          {t(`import_${job.status}`)}
        </Badge>
      </Group>
      {job.status === "running" && (
        <Progress
          value={job.total === 0 ? 100 : (job.done / job.total) * 100}
          aria-label={progress}
          my="xs"
        />
      )}
      <Text size="sm">{progress}</Text>
      <Text size="sm">
        {t("importOutcome", {
          added: format.number(job.added),
          updated: format.number(job.updated),
          rejected: format.number(job.rejected),
        })}
      </Text>
      {job.error !== undefined && (
        <Text size="sm" className="breaking">
          {job.error}
        </Text>
      )}
      <Group mt="xs" gap="xs">
        {job.rejected > 0 && (
          <Button size="compact-sm" variant="default" aria-expanded={areErrorsShown} onClick={errors.toggle}>
            {t("lineErrors")}
          </Button>
        )}
        {job.status === "running" && <CancelImport job={job} />}
      </Group>
      {areErrorsShown && <ImportErrors job={job} />}
    </Paper>
  );
}

function CancelImport({ job: { id, audienceId } }: { readonly job: ContactImportJob }) {
  const { t } = useTranslation("audiences");
  const { canWrite } = useWorkspace();
  const [isAsking, dialog] = useDisclosure();
  const cancel = useCancelImport(audienceId);
  if (!canWrite) return null;
  return (
    <>
      <Button size="compact-sm" variant="outline" color="red" onClick={dialog.open}>
        {t("cancelImport")}
      </Button>
      <Confirm
        isOpen={isAsking}
        title={t("cancelImportTitle")}
        confirmLabel={t("cancelImport")}
        isPending={cancel.isPending}
        error={cancel.error}
        onConfirm={() => cancel.mutate(id, { onSuccess: dialog.close })}
        onClose={dialog.close}
      >
        {t("cancelImportHelp")}
      </Confirm>
    </>
  );
}
