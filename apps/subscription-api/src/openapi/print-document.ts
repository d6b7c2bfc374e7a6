import { loadConfig } from "@hooklane/service";
import { describeApi } from "../app.js";
import { subscriptionApiConfig } from "../config.js";

/** Prints the OpenAPI document, for `npm run generate`. What it is given here does not show in it. */
const config = loadConfig(subscriptionApiConfig, {
  KAFKA_BROKERS: "127.0.0.1:9",
  MONGODB_URI: "mongodb://127.0.0.1:9",
  OPERATOR_KEY: "nobody-has-this-operator-key",
  HOOKLANE_SECRETS_KEYS: `none:${"A".repeat(43)}=`,
});
process.stdout.write(`${JSON.stringify(describeApi(config), undefined, 2)}\n`);
