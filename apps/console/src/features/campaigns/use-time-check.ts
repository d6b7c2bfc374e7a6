import type { FieldError } from "@hooklane/client";
import { useTranslation } from "react-i18next";
import type { LocalTime, ZonedClock } from "./zoned-clock.js";
import { whyNotThen } from "./why-not-then.js";

/** Says, in the language shown, why nothing can be scheduled for a time. */
export function useTimeCheck(clock: ZonedClock): (local: LocalTime) => readonly FieldError[] {
  const { t } = useTranslation("touchpoints");
  return (local) => {
    const fault = whyNotThen(local, clock, new Date());
    if (!fault) return [];
    const message = t(fault.why, { timeZone: clock.timeZone });
    return [{ path: fault.path, code: "invalid_value", message }];
  };
}
