import { DEFAULT_ERROR_RULE, DEFAULT_RETRY_POLICY } from "@hooklane/core";
import {
  commonConfig,
  destinationAllow,
  milliseconds,
  port,
  secretKeys,
  splitList,
  tracesConfig,
  wholeNumber,
} from "@hooklane/service";
import { z } from "zod";
import { SOCKETS_MIN } from "@hooklane/outbound";

const retryWaits = z
  .string()
  .transform((text, context): readonly number[] => {
    const waits = splitList(text).map(Number);
    if (waits.some((wait) => !Number.isFinite(wait) || wait < 0)) {
      context.addIssue({ code: "custom", message: "holds something that is not a number of seconds" });
    }
    return waits;
  })
  .default(DEFAULT_RETRY_POLICY.waitsSeconds)
  .meta({
    description:
      "seconds before retries 1, 2, 3, each from the start of the attempt before, such as 30,60,90",
  });

function socketCount(byDefault: string, min: number) {
  return z.coerce
    .number()
    .int()
    .min(min)
    .max(1_000_000)
    .optional()
    .meta({ description: `a whole number, ${min} to 1000000; ${byDefault}` });
}

/** The dispatcher's configuration. */
export const dispatcherConfig = z.object({
  ...commonConfig,
  ...tracesConfig,
  /** Receivers are third parties (docs/security.md). */
  TRACES_TO_RECEIVERS: z.enum(["nothing", "traceparent", "all"]).default("traceparent").meta({
    description:
      "what a traced event's request tells its receiver: nothing; traceparent: random ids; all: what producers noted in tracestate, too",
  }),
  DISPATCHER_PORT: port(4403),
  HOOKLANE_SECRETS_KEYS: secretKeys,
  HOOKLANE_DESTINATION_ALLOW: destinationAllow,
  DISPATCHER_RETRY_WAITS_S: retryWaits,
  /** DNS, connect, TLS and status line together (product.md D1). The lease's arithmetic holds up to 5 s. */
  DISPATCHER_REQUEST_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(50)
    .max(5_000)
    .default(5_000)
    .meta({ description: "a whole number of milliseconds, 50 to 5000" }),
  /** product.md D5. Others than the default are for tests: all dispatchers must agree. */
  DISPATCHER_RULE_ERRORS_MAX: wholeNumber(DEFAULT_ERROR_RULE.errorsMax, { min: 1, max: 1_000 }),
  DISPATCHER_RULE_WINDOW_MS: milliseconds(DEFAULT_ERROR_RULE.windowMs, 1_000),
  /** All partitions of the process together; each gets an even share. */
  DISPATCHER_QUEUE_BYTES_MAX: wholeNumber(256 * 1024 * 1024, { min: 1024 * 1024, max: 2 ** 40 }),
  /** To receivers, idle ones too (lanes.md §8). */
  DISPATCHER_SOCKETS_MAX: socketCount(
    "by default the limit of open files less 256, and at most 8192",
    SOCKETS_MIN,
  ),
  DISPATCHER_SOCKETS_PER_ORIGIN_MAX: socketCount("by default an eighth of DISPATCHER_SOCKETS_MAX", 1),
});

export type DispatcherConfig = z.output<typeof dispatcherConfig>;
