import { readFileSync } from "node:fs";
import { loadConfig, toEnvExample } from "@hooklane/service";
import { describe, expect, test } from "@jest/globals";
import { configSchema } from "./config.js";

const required = {
  KAFKA_BROKERS: "127.0.0.1:9092",
  MONGODB_URI: "mongodb://127.0.0.1:27017/?replicaSet=rs0",
  HOOKLANE_SECRETS_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
};

describe("the configuration of the router", () => {
  test(".env.example names every variable as the schema has it", () => {
    const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
    expect(example).toBe(toEnvExample("router", configSchema));
  });

  test("three variables are enough", () => {
    expect(loadConfig(configSchema, required)).toMatchObject({ HOOKLANE_TOPIC_PREFIX: "hooklane" });
  });
});
