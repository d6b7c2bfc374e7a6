import {
  commonConfig,
  consoleUrl,
  destinationAllow,
  milliseconds,
  port,
  secretKeys,
  wholeNumber,
} from "@hooklane/service";
import { z } from "zod";

/** The environment of the subscription-api. */
export const subscriptionApiConfig = z.object({
  ...commonConfig,
  SUBSCRIPTION_API_PORT: port(4400),
  OPERATOR_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{20,200}$/, "is not a key")
    .meta({ description: "20 to 200 visible characters; opens /v1/workspaces", secret: true }),
  HOOKLANE_SECRETS_KEYS: secretKeys,
  CONSOLE_URL: consoleUrl,
  HOOKLANE_DESTINATION_ALLOW: destinationAllow,
  /** Of each key, on average; up to ten times as many at once. */
  SUBSCRIPTION_API_CALLS_PER_SECOND_MAX: wholeNumber(100, { min: 1, max: 100_000 }),
  SUBSCRIPTION_API_ANNOUNCE_TIMEOUT_MS: milliseconds(10_000, 100),
});

export type SubscriptionApiConfig = z.output<typeof subscriptionApiConfig>;
