import { createServer } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { findFreePorts, isPortFree } from "./ports.js";

describe("ports", () => {
  test("those found are free and all different", async () => {
    const ports = await findFreePorts(5);
    expect(new Set(ports).size).toBe(5);
    for (const port of ports) expect(await isPortFree(port)).toBe(true);
  });

  test.each(["127.0.0.1", "0.0.0.0"])("one that is taken at %s is not free", async (host) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const address = server.address();
    const port = typeof address === "object" ? address!.port : 0;
    expect(await isPortFree(port)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await isPortFree(port)).toBe(true);
  });
});
