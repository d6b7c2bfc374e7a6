import { checkEventId, EVENT_ID_LENGTH_MAX, type EventIdFault, RESERVED_ID_PREFIXES } from "@hooklane/core";
import { z } from "zod";
import type { FieldCode } from "./problem.js";

const ID_FAULTS: Readonly<Record<EventIdFault, { readonly code: FieldCode; readonly message: string }>> = {
  too_short: { code: "too_short", message: "must have at least 1 character" },
  too_long: { code: "too_long", message: `must have at most ${EVENT_ID_LENGTH_MAX} characters` },
  invalid_format: { code: "invalid_format", message: "must have printable characters only" },
  reserved: {
    code: "invalid_value",
    message: `must not begin with one of ${RESERVED_ID_PREFIXES.join(" ")}`,
  },
};

/** An id a producer gives an event, unique in the workspace. */
export const eventId = z.string().superRefine((text, context) => {
  const fault = checkEventId(text);
  if (fault)
    context.addIssue({ code: "custom", params: ID_FAULTS[fault], message: ID_FAULTS[fault].message });
});
