import type { Journey, JourneyPoint } from "@hooklane/client";
import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useInViewport } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconWebhook } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { useFormat } from "../../components/format.js";
import { toReason } from "../../components/reason.js";
import { WebhookStatus } from "../../components/webhook-status.js";
import { useStats } from "../webhooks/line-state.js";
import { useActivateWebhook } from "../webhooks/webhook-queries.js";
import { PointActions } from "./point-actions.js";

interface PointNodeProps {
  readonly journey: Journey;
  readonly point: JourneyPoint;
}

/** A point on the map: where it sends, and what it sent. */
export function PointNode({ journey, point }: PointNodeProps) {
  const { ref, inViewport } = useInViewport<HTMLDivElement>();
  return (
    <Paper withBorder shadow="xs" p="sm" className="journey-map-node" ref={ref}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Group wrap="nowrap" gap="xs" align="flex-start">
          <IconWebhook size={20} aria-hidden />
          <Text fw={600} className="breaking">
            <bdi>{point.name}</bdi>
          </Text>
        </Group>
        <PointActions point={point} />
      </Group>
      <Text size="sm" c="dimmed" lineClamp={2} className="breaking" title={point.url}>
        {point.url}
      </Text>
      <Stack gap={4} mt="xs" align="flex-start">
        <Counters point={point} />
        {inViewport && <Figures point={point} />}
        <Trouble journey={journey} point={point} />
      </Stack>
    </Paper>
  );
}

/** Requests are counted once however often they are tried; what was tried again is told apart (product.md W4). */
function Counters({ point: { requestsSent, attempts } }: Pick<PointNodeProps, "point">) {
  const { t } = useTranslation("journeys");
  const format = useFormat();
  const repeats = attempts - requestsSent;
  return (
    <Text size="sm" fw={600}>
      {t("requestsSent", { count: requestsSent, shown: format.number(requestsSent) })}
      {repeats > 0 && (
        <Text span size="sm" c="dimmed">
          {" · "}
          {t("repeats", { count: repeats, shown: format.number(repeats) })}
        </Text>
      )}
    </Text>
  );
}

/** What has not arrived, where there is any. */
function Figures({ point }: Pick<PointNodeProps, "point">) {
  const { t } = useTranslation(["journeys", "health"]);
  const format = useFormat();
  const { data: stats } = useStats(point.id);
  if (!stats) return null;
  const { deliveries: waiting, isAtLeast } = stats.queue;
  const failed = stats.deliveries.dead_letter;
  const count = format.number(waiting);
  return (
    <>
      {waiting > 0 && (
        <Text size="sm">{t("waiting", { shown: isAtLeast ? t("health:atLeast", { count }) : count })}</Text>
      )}
      {failed > 0 && (
        <Text size="sm" c="var(--mantine-color-error)">
          {t("failed", { count: failed, shown: format.number(failed) })}
        </Text>
      )}
    </>
  );
}

/** A point goes with its journey, unless errors or the plan have switched it off. */
function Trouble({ journey, point }: PointNodeProps) {
  const { t } = useTranslation(["webhooks", "common"]);
  const { canWrite } = useWorkspace();
  const activate = useActivateWebhook();
  const { status } = point;
  if (status === "active" || status === "inactive") return null;
  const canActivate = canWrite && status === "auto_disabled" && journey.status === "active";
  const fail = (error: unknown) =>
    notifications.show({ color: "red", title: t("common:failed"), message: toReason(error) });
  return (
    <Group gap="xs">
      <WebhookStatus status={status} />
      {canActivate && (
        <Button
          size="compact-sm"
          variant="default"
          loading={activate.isPending}
          onClick={() => activate.mutate({ id: point.id }, { onError: fail })}
        >
          {t("activate")}
        </Button>
      )}
    </Group>
  );
}
