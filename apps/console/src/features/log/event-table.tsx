import type { Event } from "@hooklane/client";
import { Badge, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useEventTypeLabel } from "../../api/event-types.js";
import { DeliveryStatus } from "../../components/delivery-status.js";
import { Paged } from "../../components/paged.js";
import { VirtualRows } from "../../components/virtual-rows.js";
import { EventLink } from "./event-link.js";
import { useEvents } from "./log-queries.js";
import type { LogSearch } from "./log-search.js";
import { NothingLogged } from "./nothing-logged.js";

const COLUMNS = 4;

/** Events, newest first, those that went nowhere among them. */
export function EventTable({ search }: { readonly search: LogSearch }) {
  return (
    <Paged query={useEvents(search)} empty={<NothingLogged search={search} />}>
      {(events) => <Events events={events} />}
    </Paged>
  );
}

function Events({ events }: { readonly events: readonly Event[] }) {
  const { t } = useTranslation("log");
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("time")}</Table.Th>
            <Table.Th>{t("event")}</Table.Th>
            <Table.Th>{t("source")}</Table.Th>
            <Table.Th>{t("status")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <VirtualRows count={events.length} columns={COLUMNS}>
          {(index) => {
            const event = events[index];
            return event && <EventRow key={event.id} event={event} />;
          }}
        </VirtualRows>
      </Table>
    </Table.ScrollContainer>
  );
}

function EventRow({ event }: { readonly event: Event }) {
  const { t } = useTranslation("log");
  const toLabel = useEventTypeLabel();
  return (
    <Table.Tr>
      <Table.Td>
        <EventLink id={event.id} type={event.type} acceptedAt={event.acceptedAt} />
      </Table.Td>
      <Table.Td className="breaking">
        {toLabel(event.type)} {event.isTest && <Badge size="sm">{t("testEvent")}</Badge>}
      </Table.Td>
      <Table.Td>{event.source}</Table.Td>
      <Table.Td>
        <DeliveryStatus status={event.status} />
      </Table.Td>
    </Table.Tr>
  );
}
