import { runService } from "@hooklane/service";
import { startSubscriptionApi } from "./app.js";
import { subscriptionApiConfig } from "./config.js";

await runService({ name: "subscription-api", schema: subscriptionApiConfig, start: startSubscriptionApi });
