import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { LinkAnchor } from "../../components/link-anchor.js";
import type { Scheduled } from "./calendar-days.js";
import { useCalendarFormat } from "./calendar-format.js";

/** A touchpoint in a calendar; leads to it. */
export function CalendarEntryLink({
  entry: { campaignId, touchpointId, name, campaignName, dueAt, status },
  timeZone,
}: {
  readonly entry: Scheduled;
  readonly timeZone: string;
}) {
  const { t } = useTranslation("touchpoints");
  const format = useCalendarFormat();
  return (
    <LinkAnchor
      to="/campaigns/$id/touchpoints/$touchpointId"
      params={{ id: campaignId, touchpointId }}
      className="calendar-entry"
      data-status={status}
      underline="never"
      c="inherit"
    >
      <Text span size="xs" fw={600} className="calendar-entry-name">
        <bdi>{name}</bdi>
      </Text>
      {campaignName !== undefined && (
        <Text span size="xs" className="calendar-entry-name">
          <bdi>{campaignName}</bdi>
        </Text>
      )}
      <Text span size="xs">
        {format.time(dueAt, timeZone)} · <span>{t(`status_${status}`)}</span>
      </Text>
    </LinkAnchor>
  );
}
