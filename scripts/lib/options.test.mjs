import { describe, expect, test } from "@jest/globals";
import { readOptions } from "./options.mjs";

describe("readOptions", () => {
  test("starts everything here, with the demo, one dispatcher, no registry, and loopback receivers allowed", () => {
    expect(readOptions({})).toMatchObject({
      demo: true,
      dispatchers: 1,
      registry: false,
      destinationAllow: "127.0.0.0/8,::1/128",
      parts: { kafka: true, mongodb: true, registry: false, demo: true },
    });
  });

  test("what the environment names is used and not started", () => {
    const env = {
      KAFKA_BROKERS: "k:9092",
      MONGODB_URI: "mongodb://m",
      SCHEMA_REGISTRY_URL: "http://r",
      HOOKLANE_REGISTRY: "local",
    };
    const { given, parts } = readOptions(env);
    expect(given).toEqual({ kafkaBrokers: "k:9092", mongodbUri: "mongodb://m", registryUrl: "http://r" });
    expect(parts).toMatchObject({ kafka: false, mongodb: false, registry: false });
  });

  test("an empty list of allowed destinations stays empty", () => {
    expect(readOptions({ HOOKLANE_DESTINATION_ALLOW: "" }).destinationAllow).toBe("");
  });

  test.each([
    [{ HOOKLANE_DEMO: "no" }, 'HOOKLANE_DEMO must be on or off; it is "no"'],
    [{ HOOKLANE_REGISTRY: "yes" }, 'HOOKLANE_REGISTRY must be off or local; it is "yes"'],
    [{ HOOKLANE_DISPATCHERS: "0" }, "HOOKLANE_DISPATCHERS must be a whole number from 1 to 64"],
  ])("%p is refused by the name of its variable", (env, message) => {
    expect(() => readOptions(env)).toThrow(message);
  });
});
