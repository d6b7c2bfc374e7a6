import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { StartupError } from "../startup-error.js";
import { describeConfig, toEnvExample } from "./describe-config.js";
import { destinationAllow } from "./destination-allow.js";
import { commonConfig, milliseconds, port } from "./fragments.js";
import { onOff } from "./on-off.js";
import { loadConfig, type Environment } from "./load-config.js";

const schema = z.object({
  ...commonConfig,
  ROUTER_PORT: port(4402),
  ROUTER_WAIT_MS: milliseconds(500, 10),
  ROUTER_API_KEY: z
    .string()
    .min(8, "is too short")
    .optional()
    .meta({ description: "at least 8 characters", secret: true }),
  ROUTER_DEMO: onOff(true),
  HOOKLANE_DESTINATION_ALLOW: destinationAllow,
});
const minimal = { KAFKA_BROKERS: "127.0.0.1:9092", MONGODB_URI: "mongodb://u:p@127.0.0.1/?replicaSet=rs0" };

function faultsOf(env: Environment): string {
  try {
    loadConfig(schema, env);
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError);
    return (error as Error).message;
  }
  throw new Error("The configuration was accepted");
}

describe("the configuration of a service", () => {
  test("is typed, with its defaults", () => {
    const config = loadConfig(schema, {
      ...minimal,
      KAFKA_BROKERS: "a:1, [::1]:2,",
      ROUTER_DEMO: "off",
      PATH: "/bin",
    });
    expect(config).toEqual({
      KAFKA_BROKERS: ["a:1", "[::1]:2"],
      KAFKA_TLS: false,
      MONGODB_URI: minimal.MONGODB_URI,
      MONGODB_DATABASE: "hooklane",
      LOG_LEVEL: "info",
      HOST: "127.0.0.1",
      HOOKLANE_TOPIC_PREFIX: "hooklane",
      ROUTER_PORT: 4402,
      ROUTER_WAIT_MS: 500,
      ROUTER_DEMO: false,
      HOOKLANE_DESTINATION_ALLOW: [],
    });
    const typed: number = config.ROUTER_PORT;
    expect(typed).toBe(4402);
  });

  test("names every bad variable at once, what is wrong and what is expected", () => {
    const message = faultsOf({
      KAFKA_BROKERS: "localhost",
      LOG_LEVEL: "loud",
      ROUTER_PORT: "70000",
      ROUTER_WAIT_MS: "1.5",
      HOOKLANE_DESTINATION_ALLOW: "10.0.0.0/8,10.0.0.1",
    });
    expect(message.split("\n")).toEqual([
      "6 bad configuration variables",
      '  KAFKA_BROKERS ("localhost"): "localhost" is not host:port; expected host:port of one or more Kafka brokers, separated by commas',
      expect.stringMatching(/^ {2}MONGODB_URI is not set; expected mongodb:/),
      expect.stringMatching(/^ {2}LOG_LEVEL \("loud"\): .*; expected one of fatal, error/),
      expect.stringMatching(/^ {2}ROUTER_PORT \("70000"\): .*; expected a TCP port, 0 to 65535$/),
      expect.stringMatching(
        /^ {2}ROUTER_WAIT_MS \("1.5"\): .*; expected a whole number of milliseconds, at least 10$/,
      ),
      expect.stringMatching(
        /^ {2}HOOKLANE_DESTINATION_ALLOW .*"10.0.0.1" is not a CIDR range; expected CIDR ranges/,
      ),
    ]);
  });

  test("an empty variable counts as not set", () => {
    expect(loadConfig(schema, { ...minimal, ROUTER_PORT: "", LOG_LEVEL: "" }).ROUTER_PORT).toBe(4402);
    expect(faultsOf({ ...minimal, KAFKA_BROKERS: "" })).toContain("KAFKA_BROKERS is not set");
  });

  test("a secret appears in no error and in no log line", () => {
    const message = faultsOf({ ...minimal, ROUTER_API_KEY: "hush" });
    expect(message).toContain("ROUTER_API_KEY: is too short; expected at least 8 characters");
    expect(message).not.toContain("hush");
    const described = describeConfig(
      schema,
      loadConfig(schema, { ...minimal, ROUTER_API_KEY: "hush-hush-hush" }),
    );
    expect(described).toMatchObject({
      MONGODB_URIConfigured: true,
      ROUTER_API_KEYConfigured: true,
      ROUTER_PORT: 4402,
    });
    expect(JSON.stringify(described)).not.toMatch(/hush|u:p@/);
    expect(describeConfig(schema, loadConfig(schema, minimal))).toMatchObject({
      ROUTER_API_KEYConfigured: false,
    });
  });

  test("has an example file made from the same schema", () => {
    const text = toEnvExample("router", schema);
    expect(text).toContain("# router\n");
    expect(text).toContain("\nKAFKA_BROKERS=\n");
    expect(text).toContain("# a TCP port, 0 to 65535\n# ROUTER_PORT=4402\n");
    expect(text).toContain("# at least 8 characters; secret\n# ROUTER_API_KEY=\n");
  });
});

describe("HOOKLANE_DESTINATION_ALLOW", () => {
  test.each([
    ["", []],
    ["127.0.0.0/8,::1/128", ["127.0.0.0/8", "::1/128"]],
    [" 10.1.2.3/8 , 192.168.1.77/32 ", ["10.0.0.0/8", "192.168.1.77/32"]],
    ["FE80::1234/10", ["fe80::/10"]],
  ])("%j is read as %j", (text, ranges) => {
    expect(destinationAllow.parse(text)).toEqual(ranges);
  });

  test.each(["127.0.0.1", "127.0.0.0/33", "::/129", "local/8", "0.0.0.0/0x", "10/8"])(
    "%j is refused",
    (text) => {
      expect(destinationAllow.safeParse(text).success).toBe(false);
    },
  );
});
