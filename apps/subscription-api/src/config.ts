import { commonConfig, destinationAllow, milliseconds, port } from "@hooklane/service";
import { z } from "zod";

/** The environment of the subscription-api. */
export const subscriptionApiConfig = z.object({
  ...commonConfig,
  SUBSCRIPTION_API_PORT: port(4400),
  OPERATOR_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{20,200}$/, "is not a key")
    .meta({ description: "20 to 200 visible characters; opens /v1/workspaces", secret: true }),
  HOOKLANE_DESTINATION_ALLOW: destinationAllow,
  SUBSCRIPTION_API_ANNOUNCE_TIMEOUT_MS: milliseconds(10_000, 100),
});

export type SubscriptionApiConfig = z.output<typeof subscriptionApiConfig>;
