import { describe, expect, test } from "@jest/globals";
import { toClusterId, toKafkaProperties, toKafkaVariable, toKafkaVariables } from "./kafka-settings.js";

describe("Kafka's settings", () => {
  test("a broker of this machine listens on this machine only, and a mistyped topic is not created", () => {
    const properties = toKafkaProperties({
      port: 1,
      controllerPort: 2,
      listenHost: "127.0.0.1",
      dataDir: "/data\\odd",
    });
    const lines = properties.split("\n");
    expect(lines).toContain("listeners=PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2");
    expect(lines).toContain("controller.quorum.voters=1@127.0.0.1:2");
    expect(lines).toContain("auto.create.topics.enable=false");
    expect(lines).toContain("log.dirs=/data\\\\odd");
  });

  test("a broker in a container has the same ones, and is reached from outside at the address it gives", () => {
    const variables = toKafkaVariables({ port: 1, controllerPort: 2, clusterId: "id" });
    expect(variables).toMatchObject({
      KAFKA_LISTENERS: "PLAINTEXT://0.0.0.0:1,CONTROLLER://127.0.0.1:2",
      KAFKA_ADVERTISED_LISTENERS: "PLAINTEXT://127.0.0.1:1",
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: "false",
      KAFKA_LOG_DIRS: "/var/lib/kafka/data",
      CLUSTER_ID: "id",
    });
    const input = { port: 1, controllerPort: 2, listenHost: "127.0.0.1", dataDir: "/data" } as const;
    const settings = toKafkaProperties(input).trimEnd().split("\n");
    expect(Object.keys(variables)).toEqual(
      expect.arrayContaining(settings.map((line) => toKafkaVariable(line.split("=")[0]!))),
    );
  });

  test("names survive the image's way of writing them", () => {
    expect(toKafkaVariable("a.b-c_d")).toBe("KAFKA_A_B___C__D");
  });

  test("a cluster id has the form Kafka takes, for every 16 bytes", () => {
    for (const byte of [0, 62, 63, 255]) {
      const id = toClusterId(new Uint8Array(16).fill(byte));
      expect(id).toMatch(/^H[A-Za-z0-9_-]{21}$/);
      expect(Buffer.from(id, "base64url")).toHaveLength(16);
    }
  });
});
