import { expect, test } from "@jest/globals";
import { toKafkaProperties } from "./kafka-properties.js";

test("the broker listens on this machine only, and a mistyped topic is not created", () => {
  const lines = toKafkaProperties({ port: 1, controllerPort: 2, dataDir: "/data\\odd" }).split("\n");
  expect(lines).toContain("listeners=PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2");
  expect(lines).toContain("controller.quorum.voters=1@127.0.0.1:2");
  expect(lines).toContain("auto.create.topics.enable=false");
  expect(lines).toContain("log.dirs=/data\\\\odd");
});
