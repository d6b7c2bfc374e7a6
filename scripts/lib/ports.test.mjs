import { createServer } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { assertPortsFree, dispatcherPorts, listPorts, readPorts } from "./ports.mjs";

const everything = { kafka: true, mongodb: true, registry: true, demo: true, dispatchers: 3 };

describe("readPorts", () => {
  test("gives the documented ports", () => {
    expect(readPorts({})).toMatchObject({
      api: 4400,
      ingest: 4401,
      receiver: 4410,
      kafka: 4492,
      mongodb: 4417,
    });
  });

  test("HOOKLANE_PORT_OFFSET shifts all but those that are given", () => {
    const ports = readPorts({ HOOKLANE_PORT_OFFSET: "100", HOOKLANE_PORT_KAFKA: "9092" });
    expect(ports).toMatchObject({ api: 4500, health: 4504, kafka: 9092 });
  });

  test("an empty variable is as good as none", () => {
    expect(readPorts({ HOOKLANE_PORT_API: "", HOOKLANE_PORT_OFFSET: "" }).api).toBe(4400);
  });

  test.each([
    [{ HOOKLANE_PORT_API: "http" }, /^HOOKLANE_PORT_API .* it is "http"$/],
    [{ HOOKLANE_PORT_API: "0" }, /^HOOKLANE_PORT_API/],
    [{ HOOKLANE_PORT_API: "70000" }, /^HOOKLANE_PORT_API/],
    [{ HOOKLANE_PORT_OFFSET: "1.5" }, /^HOOKLANE_PORT_OFFSET/],
    [{ HOOKLANE_PORT_OFFSET: "61136" }, /^HOOKLANE_PORT_API .*; HOOKLANE_PORT_OFFSET makes it 65536$/],
  ])("%p is refused by the name of its variable", (env, message) => {
    expect(() => readPorts(env)).toThrow(message);
  });
});

describe("listPorts", () => {
  test("no port is asked for twice in a full start", () => {
    const numbers = listPorts(readPorts({}), everything).map(({ port }) => port);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test("what runs elsewhere needs no port here", () => {
    const parts = { kafka: false, mongodb: false, registry: false, demo: false, dispatchers: 1 };
    const variables = listPorts(readPorts({}), parts).map(({ variable }) => variable);
    expect(variables).not.toContain("HOOKLANE_PORT_KAFKA");
    expect(variables).not.toContain("HOOKLANE_PORT_MONGODB");
    expect(variables).not.toContain("HOOKLANE_PORT_RECEIVER");
  });

  test("dispatchers take every tenth port", () => {
    expect(dispatcherPorts(readPorts({}), 3)).toEqual([4403, 4413, 4423]);
  });
});

describe("assertPortsFree", () => {
  test("names the busy port and its variable in one line", async () => {
    const server = createServer();
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address();
    const check = assertPortsFree([{ port, variable: "HOOKLANE_PORT_API" }]);
    await expect(check).rejects.toThrow(
      `port ${port} is in use: change HOOKLANE_PORT_API, or shift all with HOOKLANE_PORT_OFFSET`,
    );
    await new Promise((resolve) => server.close(resolve));
    await assertPortsFree([{ port, variable: "HOOKLANE_PORT_API" }]);
  });

  test("two parts on one port are told apart from a busy one", async () => {
    const list = [
      { port: 1, variable: "HOOKLANE_PORT_API" },
      { port: 1, variable: "HOOKLANE_PORT_ROUTER" },
    ];
    await expect(assertPortsFree(list)).rejects.toThrow("port 1 is asked for twice");
  });
});
