import { Loaded } from "../../components/loaded.js";
import { useCalendar } from "./calendar-queries.js";
import { type Month, monthOf } from "./month.js";
import { TouchpointCalendar } from "./touchpoint-calendar.js";
import { useZonedClock } from "./use-zoned-clock.js";
import type { ZonedClock } from "./zoned-clock.js";

interface AllCampaignsCalendarProps {
  readonly month: Month | undefined;
  readonly onMonth: (month: Month) => void;
}

/** The touchpoints of every campaign, month by month. */
export function AllCampaignsCalendar(props: AllCampaignsCalendarProps) {
  const clock = useZonedClock();
  return <Loaded query={clock}>{(known) => <MonthOfAll {...props} clock={known} />}</Loaded>;
}

function MonthOfAll({ clock, month, onMonth }: AllCampaignsCalendarProps & { readonly clock: ZonedClock }) {
  const shown = month ?? monthOf(clock.show(new Date()).date);
  return (
    <Loaded query={useCalendar(shown)}>
      {(entries) => <TouchpointCalendar clock={clock} month={shown} onMonth={onMonth} entries={entries} />}
    </Loaded>
  );
}
