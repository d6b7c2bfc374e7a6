import { readFileSync } from "node:fs";
import { loadConfig, toEnvExample } from "@hooklane/service";
import { TEST_SECRETS_KEYS } from "@hooklane/testing";
import { describe, expect, test } from "@jest/globals";
import { subscriptionApiConfig } from "./config.js";

const required = {
  KAFKA_BROKERS: "127.0.0.1:9092",
  MONGODB_URI: "mongodb://127.0.0.1:27017/?replicaSet=rs0",
  OPERATOR_KEY: "x".repeat(20),
  HOOKLANE_SECRETS_KEYS: TEST_SECRETS_KEYS,
};

describe("the configuration of the subscription-api", () => {
  test(".env.example names every variable as the schema has it", () => {
    const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
    expect(example).toBe(toEnvExample("subscription-api", subscriptionApiConfig));
  });

  test("four variables are enough; nothing private may be sent to by default", () => {
    expect(loadConfig(subscriptionApiConfig, required)).toMatchObject({
      SUBSCRIPTION_API_PORT: 4400,
      HOOKLANE_TOPIC_PREFIX: "hooklane",
      HOOKLANE_DESTINATION_ALLOW: [],
    });
  });

  test.each(["short", "with a space in it, long enough", "x".repeat(201)])(
    "the operator's key is not %j",
    (key) => {
      expect(() => loadConfig(subscriptionApiConfig, { ...required, OPERATOR_KEY: key })).toThrow(
        "OPERATOR_KEY",
      );
    },
  );
});
