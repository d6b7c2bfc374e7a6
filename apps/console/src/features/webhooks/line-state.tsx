import type { Webhook, WebhookStats } from "@hooklane/client";
import { Alert, SimpleGrid } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLiveEvents } from "../../api/live.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { Figure } from "../../components/figure.js";
import { type Format, useFormat } from "../../components/format.js";
import { Loaded } from "../../components/loaded.js";

/** Above, receivers are told that they are slow: half of what they have (console-flows.md F7). */
const SLOW_P95_MS = 2_500;

/** What happens is shown so long after it at most, milliseconds: a busy webhook is not asked for with each delivery. */
const FOLLOW_MS = 2_000;

/** Where a webhook's line stands, and how well it was delivered in the last day. */
export function LineState({ webhook }: { readonly webhook: Webhook }) {
  const query = useStats(webhook.id);
  return <Loaded query={query}>{(stats) => <Figures stats={stats} />}</Loaded>;
}

function Figures({ stats }: { readonly stats: WebhookStats }) {
  const { t } = useTranslation("health");
  const format = useFormat();
  const { successRate, attempts } = stats;
  const milliseconds = (value: number | null) => (value === null ? t("noneYet") : format.milliseconds(value));
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <Line stats={stats} />
        <Figure
          label={`${t("successRate")} (${t("lastDay")})`}
          value={successRate === null ? t("noneYet") : format.percent(successRate)}
        />
        <Figure label={t("median")} value={milliseconds(attempts.p50Ms)} />
        <Figure label={t("p95")} value={milliseconds(attempts.p95Ms)} />
      </SimpleGrid>
      {attempts.p95Ms !== null && attempts.p95Ms > SLOW_P95_MS && <Alert color="yellow">{t("slow")}</Alert>}
    </>
  );
}

function Line({ stats: { queue } }: { readonly stats: WebhookStats }) {
  const { t } = useTranslation("health");
  const format = useFormat();
  const seconds = useSecondsUntil(queue.nextAttemptAt);
  if (queue.deliveries === 0) return <Figure label={t("line")} value={t("lineLive")} />;
  const waiting = t("lineWaiting", {
    count: queue.deliveries,
    shown: toCount(queue, format, t("atLeast", { count: format.number(queue.deliveries) })),
  });
  const retry = seconds > 0 ? t("lineRetrying", { time: format.duration(seconds) }) : undefined;
  const oldest =
    queue.oldestWaitingSeconds === undefined
      ? undefined
      : t("oldest", { time: format.duration(queue.oldestWaitingSeconds) });
  return <Figure label={t("line")} value={waiting} notes={[retry, oldest]} />;
}

const toCount = (
  { deliveries, isAtLeast }: WebhookStats["queue"],
  format: Format,
  atLeast: string,
): string => (isAtLeast ? atLeast : format.number(deliveries));

export function useStats(id: string) {
  const { workspace, hooklane } = useWorkspace();
  const client = useQueryClient();
  const queryKey = [workspace.id, "stats", id];
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLiveEvents(
    useCallback(
      (event) => {
        if (event.event !== "delivery" || event.data.webhookId !== id || timer.current !== undefined) return;
        timer.current = setTimeout(() => {
          timer.current = undefined;
          void client.invalidateQueries({ queryKey: [workspace.id, "stats", id] });
        }, FOLLOW_MS);
      },
      [client, workspace.id, id],
    ),
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  return useQuery({
    queryKey,
    queryFn: async () => {
      const { data } = await hooklane.api.GET("/v1/webhooks/{id}/stats", { params: { path: { id } } });
      if (!data) throw new Error("The figures came without a body");
      return data;
    },
  });
}

/** Whole seconds until a time, each second anew; 0 once it is there, or there is none. */
function useSecondsUntil(iso: string | undefined): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (iso === undefined) return undefined;
    const ticking = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(ticking);
  }, [iso]);
  return iso === undefined ? 0 : Math.max(0, Math.ceil((new Date(iso).getTime() - now) / 1_000));
}
