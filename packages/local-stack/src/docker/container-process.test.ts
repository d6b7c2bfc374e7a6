import { expect, test } from "@jest/globals";
import { toCreateArguments } from "./container-process.js";

test("a container is reached from this machine only, under the same port, and keeps nothing but its volume", () => {
  const args = toCreateArguments(
    {
      name: "Kafka",
      image: "image:1",
      stackDir: "/stack",
      nodeDir: "/stack/kafka",
      port: 1234,
      dataPath: "/data",
      logFile: "/stack/kafka/log",
      toVariables: (seed) => ({ SEED: Buffer.from(seed).toString("hex") }),
      args: ["--port", "1234"],
    },
    `hooklane-kafka-${"ab".repeat(16)}`,
  );
  const name = `hooklane-kafka-${"ab".repeat(16)}`;
  expect(args.slice(0, 4)).toEqual(["create", "--rm", "--name", name]);
  const pairs = args.map((arg, index) => `${arg} ${args[index + 1] ?? ""}`);
  expect(pairs).toContain("--publish 127.0.0.1:1234:1234");
  expect(pairs).toContain(`--volume ${name}:/data`);
  expect(pairs).toContain(`--env SEED=${"ab".repeat(16)}`);
  expect(args.slice(-3)).toEqual(["image:1", "--port", "1234"]);
});
