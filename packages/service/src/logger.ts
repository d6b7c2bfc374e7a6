import { pino, stdTimeFunctions, type DestinationStream, type Logger } from "pino";

export type { Logger } from "pino";

/** Accepted values of `LOG_LEVEL`. */
export const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

const SECRET_FIELDS = [
  "authorization",
  "apiKey",
  "password",
  "secret",
  "secrets",
  "clientSecret",
  "token",
  "accessToken",
  "privateKey",
  "cookie",
];

/**
 * The logger of a service: one JSON object a line on standard output. The message is a static event name
 * (`"endpoint.disabled"`), everything that varies is a field (style.md §8). Fields that carry secrets are censored at
 * the top and up to two levels down; payloads and URL queries are never handed in.
 *
 * @param name the service, in every line as `service`
 * @param destination where lines go, for tests; default standard output, written synchronously so that the last line
 *   of a dying process is seen
 */
export function createLogger(name: string, level: LogLevel, destination?: DestinationStream): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  return pino(
    {
      level,
      base: { service: name },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths, censor: "[redacted]" },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}
