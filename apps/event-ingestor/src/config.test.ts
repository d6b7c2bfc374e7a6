import { readFileSync } from "node:fs";
import { loadConfig, toEnvExample } from "@hooklane/service";
import { describe, expect, test } from "@jest/globals";
import { configSchema } from "./config.js";

const required = {
  KAFKA_BROKERS: "127.0.0.1:9092",
  MONGODB_URI: "mongodb://127.0.0.1:27017/?replicaSet=rs0",
};

describe("the configuration of the event-ingestor", () => {
  test(".env.example names every variable as the schema has it", () => {
    const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
    expect(example).toBe(toEnvExample("event-ingestor", configSchema));
  });

  test("two variables are enough", () => {
    expect(loadConfig(configSchema, required)).toMatchObject({ HOOKLANE_TOPIC_PREFIX: "hooklane" });
  });

  test.each(["", undefined])("a schema registry of %j is none", (url) => {
    const given = url === undefined ? required : { ...required, SCHEMA_REGISTRY_URL: url };
    expect(loadConfig(configSchema, given).SCHEMA_REGISTRY_URL).toBeUndefined();
  });

  test("a schema registry is an http or https URL", () => {
    const given = { ...required, SCHEMA_REGISTRY_URL: "registry:8081" };
    expect(() => loadConfig(configSchema, given)).toThrow("SCHEMA_REGISTRY_URL");
  });
});
