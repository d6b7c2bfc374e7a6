import type { Delivery, EventWithData, Explanation } from "@hooklane/client";
import { Button, Code, CopyButton, Group, Text, Timeline, Title } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useEventTypeLabel } from "../../api/event-types.js";
import { DeliveryStatus } from "../../components/delivery-status.js";
import { useFormat } from "../../components/format.js";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";
import { DeliverySteps } from "./delivery-steps.js";
import { useEvent } from "./log-queries.js";
import { NotSentTo } from "./not-sent-to.js";
import { useWebhookName } from "./webhook-name.js";

/** An event's whole way: accepted, routed, each attempt, and why it went no further (product.md O1, W7). */
export function EventPage() {
  const { id } = useParams({ from: "/events/$id" });
  const query = useEvent(id);
  return <Loaded query={query}>{(found) => <EventFound {...found} />}</Loaded>;
}

interface Found {
  readonly event: EventWithData;
  readonly explanation: Explanation;
  readonly deliveries: readonly Delivery[];
}

function EventFound({ event, explanation, deliveries }: Found) {
  const { t } = useTranslation(["log", "common"]);
  const toLabel = useEventTypeLabel();
  const format = useFormat();
  return (
    <>
      <PageTitle title={toLabel(event.type)}>
        <DeliveryStatus status={event.status} />
      </PageTitle>
      <Group gap="xs" mb="md">
        <Code className="breaking">{event.id}</Code>
        <CopyButton value={event.id}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {t(copied ? "common:copied" : "copyId")}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Timeline bulletSize={16} lineWidth={2} mb="xl" active={2 + deliveries.length}>
        <Timeline.Item title={t("happened")}>
          <Text size="sm">
            {format.dateTime(event.timestamp)} · {t("source")}: {event.source}
          </Text>
        </Timeline.Item>
        <Timeline.Item title={t("stepAccepted")}>
          <Text size="sm">{format.dateTime(event.acceptedAt)}</Text>
          {event.status === "suppressed" && <Text size="sm">{t("stepSuppressed")}</Text>}
          {event.status === "scheduled" && event.deliverAt !== undefined && (
            <Text size="sm">{t("stepScheduled", { time: format.dateTime(event.deliverAt) })}</Text>
          )}
        </Timeline.Item>
        <Timeline.Item title={t("stepRouted", { count: explanation.matched.length })}>
          <NotSentTo explanation={explanation} />
        </Timeline.Item>
        {deliveries.map((delivery) => (
          <Timeline.Item key={delivery.id} title={<DeliveryTitle delivery={delivery} />}>
            <DeliverySteps delivery={delivery} />
          </Timeline.Item>
        ))}
      </Timeline>
      <Title order={2} size="h4" mb="xs">
        {t("data")}
      </Title>
      <Code block tabIndex={0}>
        {JSON.stringify(event.data, undefined, 2)}
      </Code>
    </>
  );
}

function DeliveryTitle({ delivery }: { readonly delivery: Delivery }) {
  const { shown } = useWebhookName(delivery.webhookId);
  return (
    <Group gap="xs">
      <bdi className="breaking">{shown}</bdi>
      <DeliveryStatus status={delivery.status} />
    </Group>
  );
}
