import { z } from "zod";
import { logLevels } from "../logger.js";
import { kafkaConfig } from "./kafka-access.js";
import { mongodbUri } from "./mongodb-uri.js";

/** A TCP port with its default; 0 takes any free one (tests). */
export function port(defaultPort: number) {
  return z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(defaultPort)
    .meta({ description: "a TCP port, 0 to 65535" });
}

/** A whole number of milliseconds, ≥ `min`. */
export function milliseconds(defaultMs: number, min = 0) {
  return z.coerce
    .number()
    .int()
    .min(min)
    .default(defaultMs)
    .meta({ description: `a whole number of milliseconds, at least ${min}` });
}

/** A whole number within bounds, with its default. */
export function wholeNumber(defaultValue: number, bounds: { readonly min: number; readonly max: number }) {
  return z.coerce
    .number()
    .int()
    .min(bounds.min)
    .max(bounds.max)
    .default(defaultValue)
    .meta({ description: `a whole number, ${bounds.min} to ${bounds.max}` });
}

/** Where people open the console, without a slash at its end: for links in mails and answers. */
export const consoleUrl = z
  .url({ protocol: /^https?$/ })
  .default("http://127.0.0.1:4400")
  .transform((url) => url.replace(/\/+$/, ""))
  .meta({ description: "where people open the console" });

/** Variables every service has: spread into the service's own `z.object({ ...commonConfig, … })`. */
export const commonConfig = {
  ...kafkaConfig,
  MONGODB_URI: mongodbUri,
  MONGODB_DATABASE: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,63}$/, "is not a database name")
    .default("hooklane")
    .meta({ description: "1 to 63 letters, digits, _ or -" }),
  LOG_LEVEL: z
    .enum(logLevels)
    .default("info")
    .meta({ description: `one of ${logLevels.join(", ")}` }),
  HOST: z.string().min(1).default("127.0.0.1").meta({ description: "the address to listen on" }),
  HOOKLANE_TOPIC_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,100}$/, "is not a topic prefix")
    .default("hooklane")
    .meta({ description: "the first part of every topic's and consumer group's name" }),
} as const;
