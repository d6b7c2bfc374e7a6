import { useEventTypeLabel } from "../../api/event-types.js";
import { useFormat } from "../../components/format.js";
import { LinkAnchor } from "../../components/link-anchor.js";

interface EventLinkProps {
  readonly id: string;
  readonly type: string;
  readonly acceptedAt: string;
}

/** Leads from a row of the log to the event, by its time. */
export function EventLink({ id, type, acceptedAt }: EventLinkProps) {
  const format = useFormat();
  const toLabel = useEventTypeLabel();
  const time = format.dateTime(acceptedAt);
  return (
    <LinkAnchor to="/events/$id" params={{ id }} size="sm" aria-label={`${time} ${toLabel(type)}`}>
      {time}
    </LinkAnchor>
  );
}
