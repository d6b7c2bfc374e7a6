import type { WorkspaceStats } from "@hooklane/client";
import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/format.js";
import { Panel } from "./panel.js";
import { WebhookLink } from "./webhook-link.js";

type Notable = WorkspaceStats["webhooks"]["failing"];

/** The webhooks that failed most. */
export function FailingWebhooks({ webhooks }: { readonly webhooks: Notable }) {
  const { t } = useTranslation("stats");
  const format = useFormat();
  return (
    <Panel title={t("failing")}>
      {webhooks.length === 0 && <Text size="sm">{t("noFailures")}</Text>}
      {webhooks.map(({ webhookId, failed, successRate }) => (
        <Line key={webhookId} webhookId={webhookId}>
          {t("failedOf", { failed: format.number(failed), rate: format.percent(successRate ?? 0) })}
        </Line>
      ))}
    </Panel>
  );
}

export function SlowWebhooks({ webhooks }: { readonly webhooks: Notable }) {
  const { t } = useTranslation("stats");
  const format = useFormat();
  return (
    <Panel title={t("slowest")}>
      {webhooks.map(({ webhookId, p95Ms }) => (
        <Line key={webhookId} webhookId={webhookId}>
          {format.milliseconds(p95Ms ?? 0)}
        </Line>
      ))}
    </Panel>
  );
}

/** Lines of endpoints; of webhooks that share one, the first. */
export function LongQueues({ queues }: Pick<WorkspaceStats, "queues">) {
  const { t } = useTranslation("stats");
  const format = useFormat();
  return (
    <Panel title={t("queues")}>
      {queues.length === 0 && <Text size="sm">{t("noQueues")}</Text>}
      {queues.map(({ endpointId, webhookIds, deliveries, isAtLeast, oldestAcceptedAt }) => {
        const count = format.number(deliveries);
        const shown = isAtLeast ? t("atLeast", { count }) : count;
        const since =
          oldestAcceptedAt === undefined
            ? ""
            : `, ${t("sinceTime", { time: format.dateTime(oldestAcceptedAt) })}`;
        return (
          <Line key={endpointId} webhookId={webhookIds[0]}>
            {t("waiting", { count: deliveries, shown })}
            {since}
          </Line>
        );
      })}
    </Panel>
  );
}

interface LineProps {
  readonly webhookId: string | undefined;
  readonly children: ReactNode;
}

function Line({ webhookId, children }: LineProps) {
  return (
    <Group justify="space-between" gap="xs">
      <WebhookLink id={webhookId} />
      <Text size="sm">{children}</Text>
    </Group>
  );
}
