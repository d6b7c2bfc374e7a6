import type { Delivery } from "@hooklane/client";
import { Button, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useEventTypeLabel } from "../../api/event-types.js";
import { DeliveryStatus } from "../../components/delivery-status.js";
import { useFormat } from "../../components/format.js";
import { Paged } from "../../components/paged.js";
import { VirtualRows } from "../../components/virtual-rows.js";
import { ResendOne } from "../resend/resend-one.js";
import { EventLink } from "./event-link.js";
import { useDeliveries } from "./log-queries.js";
import type { LogSearch } from "./log-search.js";
import { NothingLogged } from "./nothing-logged.js";
import { useWebhookName } from "./webhook-name.js";

const COLUMNS = 6;

/** Deliveries as they are, newest event first; as many as one goes on to. */
export function DeliveryTable({ search }: { readonly search: LogSearch }) {
  const { t } = useTranslation("log");
  const query = useDeliveries(search);
  return (
    <Stack>
      {query.freshCount > 0 && (
        <Button variant="light" onClick={query.showFresh}>
          {t("showNew", { count: query.freshCount })}
        </Button>
      )}
      <Paged query={query} empty={query.freshCount === 0 && <NothingLogged search={search} />}>
        {(deliveries) => <Deliveries deliveries={deliveries} />}
      </Paged>
    </Stack>
  );
}

function Deliveries({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  const { t } = useTranslation(["log", "common"]);
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("time")}</Table.Th>
            <Table.Th>{t("event")}</Table.Th>
            <Table.Th>{t("webhook")}</Table.Th>
            <Table.Th>{t("status")}</Table.Th>
            <Table.Th>{t("attempts")}</Table.Th>
            <Table.Th>{t("common:action")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <VirtualRows count={deliveries.length} columns={COLUMNS}>
          {(index) => {
            const delivery = deliveries[index];
            return delivery && <DeliveryRow key={delivery.id} delivery={delivery} />;
          }}
        </VirtualRows>
      </Table>
    </Table.ScrollContainer>
  );
}

function DeliveryRow({ delivery }: { readonly delivery: Delivery }) {
  const format = useFormat();
  const toLabel = useEventTypeLabel();
  const { shown: name } = useWebhookName(delivery.webhookId);
  return (
    <Table.Tr>
      <Table.Td>
        <EventLink id={delivery.eventId} type={delivery.eventType} acceptedAt={delivery.acceptedAt} />
      </Table.Td>
      <Table.Td className="breaking">{toLabel(delivery.eventType)}</Table.Td>
      <Table.Td className="breaking">
        <Text size="sm" lineClamp={1}>
          <bdi>{name}</bdi>
        </Text>
      </Table.Td>
      <Table.Td>
        <DeliveryStatus status={delivery.status} />
      </Table.Td>
      <Table.Td>{format.number(delivery.attempts.length)}</Table.Td>
      <Table.Td>
        <ResendOne delivery={delivery} isInList />
      </Table.Td>
    </Table.Tr>
  );
}
