import { type Month, readMonth } from "./month.js";

/** Which month a calendar shows. */
export interface CalendarSearch {
  /** Absent: this one. */
  readonly month?: Month | undefined;
}

/** What the Campaign Manager shows. */
export interface CampaignsSearch extends CalendarSearch {
  /** Absent: the list. */
  readonly view?: "calendar" | undefined;
}

type Raw = Readonly<Record<string, unknown>>;

/** What an address asks for; what cannot be understood is left out. */
export const readCalendarSearch = (raw: Raw): CalendarSearch => ({ month: readMonth(raw.month) });

export const readCampaignsSearch = (raw: Raw): CampaignsSearch => ({
  ...readCalendarSearch(raw),
  view: raw.view === "calendar" ? "calendar" : undefined,
});
