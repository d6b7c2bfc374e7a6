import { DEFAULT_ERROR_RULE } from "@hooklane/core";
import {
  commonConfig,
  consoleUrl,
  destinationAllow,
  milliseconds,
  port,
  secretKeys,
  splitList,
  wholeNumber,
} from "@hooklane/service";
import { z } from "zod";

const waits = z
  .string()
  .default("10,30,60,300,900,3600")
  .transform((text, context): readonly number[] => {
    const seconds = splitList(text).map(Number);
    if (seconds.length === 0 || seconds.some((wait) => !Number.isFinite(wait) || wait < 0)) {
      context.addIssue({ code: "custom", message: "is not a list of seconds" });
    }
    return seconds;
  })
  .meta({ description: "seconds separated by commas, the last one repeats" });

/** The environment of the health-monitor. */
export const healthMonitorConfig = z.object({
  ...commonConfig,
  HEALTH_MONITOR_PORT: port(4404),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/\S+$/, "is not an SMTP URL")
    .meta({ description: "smtp://user:password@host:port or smtps://…", secret: true }),
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, "is not an address")
    .meta({ description: "name@host or Name <name@host>" }),
  CONSOLE_URL: consoleUrl,
  HOOKLANE_SECRETS_KEYS: secretKeys,
  HOOKLANE_DESTINATION_ALLOW: destinationAllow,
  HEALTH_MONITOR_RELEASES_PER_SECOND: z.coerce.number().int().min(1).max(100_000).default(100).meta({
    description: "scheduled events put in line at most, a second and workspace; a whole number, 1 to 100000",
  }),
  HEALTH_MONITOR_RESENDS_PER_SECOND: z.coerce.number().int().min(1).max(1_000).default(100).meta({
    description: "deliveries jobs resend at most, a second and workspace; a whole number, 1 to 1000",
  }),
  HEALTH_MONITOR_RECOVERS_PER_SECOND: z.coerce.number().int().min(4).max(8_000).default(1_000).meta({
    description: "events a recovery puts in line at most, a second and webhook; a whole number, 4 to 8000",
  }),
  HEALTH_MONITOR_TOUCHPOINTS_PER_SECOND: z.coerce.number().int().min(2).max(2_000).default(100).meta({
    description:
      "contacts campaign touchpoints put in line at most, a second and workspace; a whole number, 2 to 2000",
  }),
  /** lanes.md §8. An endpoint for which older or more events wait has its webhooks disabled. */
  HEALTH_MONITOR_BACKLOG_MAX_S: z.coerce
    .number()
    .int()
    .min(1)
    .default(72 * 3_600)
    .meta({
      description: "oldest event that may wait for an endpoint; a whole number of seconds, at least 1",
    }),
  HEALTH_MONITOR_BACKLOG_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(8 * 1024 ** 3)
    .meta({ description: "bytes that may wait for an endpoint; a whole number, at least 1" }),
  /** As the dispatchers have them: what is shown of the shared rule is counted by it. */
  DISPATCHER_RULE_ERRORS_MAX: wholeNumber(DEFAULT_ERROR_RULE.errorsMax, { min: 1, max: 1_000 }),
  DISPATCHER_RULE_WINDOW_MS: milliseconds(DEFAULT_ERROR_RULE.windowMs, 1_000),
  HEALTH_MONITOR_NOTIFICATION_RETRY_WAITS_S: waits,
  HEALTH_MONITOR_NOTIFICATION_GIVE_UP_S: z.coerce
    .number()
    .int()
    .min(1)
    .default(86_400)
    .meta({ description: "a whole number of seconds, at least 1" }),
});

export type HealthMonitorConfig = z.output<typeof healthMonitorConfig>;
