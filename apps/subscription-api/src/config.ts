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
  /** `GET /v1/stream`, in this process. */
  SUBSCRIPTION_API_STREAMS_MAX: wholeNumber(500, { min: 0, max: 10_000 }),
  SUBSCRIPTION_API_STREAMS_PER_WORKSPACE_MAX: wholeNumber(50, { min: 0, max: 10_000 }),
  /** Below what proxies in between give a silent connection. */
  SUBSCRIPTION_API_STREAM_PING_MS: milliseconds(15_000, 100),
  SUBSCRIPTION_API_ANNOUNCE_TIMEOUT_MS: milliseconds(10_000, 100),
  /** How long a caller waits for what becomes of a test event. */
  SUBSCRIPTION_API_TEST_WAIT_MS: milliseconds(10_000),
});

export type SubscriptionApiConfig = z.output<typeof subscriptionApiConfig>;
