import { Button, CloseButton, Group, List, Paper, Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Failure } from "../../components/failure.js";
import { useFormat } from "../../components/format.js";
import { useShownCount } from "./ask-resend.js";
import { FilterSummary } from "./filter-summary.js";
import { type ResendJob, useCancelJob } from "./resend-queries.js";

const TITLES = { running: "running", completed: "completed", cancelled: "stopped" } as const;

const REASONS = ["webhook_not_active", "event_expired", "repeated", "test"] as const;

/** How far a resend is; at its end, what was left out and why. */
export function ResendProgress({ job, onClose }: { readonly job: ResendJob; readonly onClose: () => void }) {
  const { t } = useTranslation("resend");
  const format = useFormat();
  const toShown = useShownCount();
  const isRunning = job.status === "running";
  const done = job.resent + countLeftOut(job);
  const total = Math.max(job.expected.count, done);
  const progress = t("progress", {
    done: format.number(done),
    total: toShown({ count: total, isAtLeast: job.expected.isAtLeast }),
  });
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="start">
          <div role="status">
            <Text fw={600}>{t(TITLES[job.status])}</Text>
            <Text size="sm">
              {isRunning ? progress : t("resent", { count: job.resent, shown: format.number(job.resent) })}
            </Text>
          </div>
          {!isRunning && <CloseButton aria-label={t("dismiss")} onClick={onClose} />}
        </Group>
        <FilterSummary filter={job.filter} />
        {isRunning && (
          <Progress value={total === 0 ? 100 : (100 * done) / total} aria-label={t("running")} animated />
        )}
        <LeftOut job={job} />
        {isRunning && <CancelResend job={job} />}
      </Stack>
    </Paper>
  );
}

const countLeftOut = ({ skipped }: ResendJob): number =>
  REASONS.reduce((total, reason) => total + skipped[reason], 0);

function LeftOut({ job }: { readonly job: ResendJob }) {
  const { t } = useTranslation("resend");
  const format = useFormat();
  const count = countLeftOut(job);
  if (count === 0) return null;
  return (
    <div>
      <Text size="sm">{t("leftOut", { count, shown: format.number(count) })}</Text>
      <List size="sm">
        {REASONS.filter((reason) => job.skipped[reason] > 0).map((reason) => (
          <List.Item key={reason}>{t(`skip_${reason}`, { count: job.skipped[reason] })}</List.Item>
        ))}
      </List>
    </div>
  );
}

function CancelResend({ job }: { readonly job: ResendJob }) {
  const { t } = useTranslation("resend");
  const { canWrite } = useWorkspace();
  const cancel = useCancelJob(job.id);
  if (!canWrite) return null;
  return (
    <>
      <Group gap="sm">
        <Button
          size="compact-sm"
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {t("cancelJob")}
        </Button>
        <Text size="sm" c="dimmed">
          {t("cancelHelp")}
        </Text>
      </Group>
      {cancel.error && <Failure error={cancel.error} />}
    </>
  );
}
