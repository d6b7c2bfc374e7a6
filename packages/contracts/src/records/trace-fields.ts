import { TRACEPARENT_00, TRACESTATE, TRACESTATE_CHARS_MAX } from "@hooklane/core";
import { z } from "zod";

/**
 * Where the event stands in its trace (W3C Trace Context); absent where nobody traces it. The record is read as well
 * without it: one that is not to be believed is left out.
 */
export const traceFields = {
  traceparent: z.string().regex(TRACEPARENT_00).optional().catch(undefined),
  tracestate: z.string().max(TRACESTATE_CHARS_MAX).regex(TRACESTATE).optional().catch(undefined),
};
