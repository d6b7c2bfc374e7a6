import { describe, expect, test } from "@jest/globals";
import { openParts, Parts } from "./parts.js";

const closedInto = (closed: string[], name: string) => ({
  close: () => {
    closed.push(name);
    return Promise.resolve();
  },
});

describe("the parts of an app", () => {
  test("close in reverse, once", async () => {
    const closed: string[] = [];
    const parts = new Parts();
    for (const name of ["server", "store", "consumer"]) parts.add(closedInto(closed, name));
    await Promise.all([parts.close(), parts.close()]);
    expect(closed).toEqual(["consumer", "store", "server"]);
  });

  test("close although some never come to an end, and say which did not", async () => {
    const closed: string[] = [];
    class Stuck {
      close = () => new Promise<void>(() => undefined);
    }
    const parts = new Parts({ partMs: 200, allMs: 300 });
    parts.add(closedInto(closed, "server"));
    parts.add(new Stuck());
    parts.add(closedInto(closed, "store"));
    parts.add(new Stuck());
    const error = (await parts.close().catch((caught: unknown) => caught)) as AggregateError;
    expect(closed).toEqual(["store", "server"]);
    expect(error.errors.map(({ message }: Error) => message)).toEqual([
      "Stuck did not close within 200 ms",
      expect.stringMatching(/^Stuck did not close within \d{1,3} ms$/),
    ]);
  });
});

describe("opening an app", () => {
  test("gives what was opened, and how to close it", async () => {
    const closed: string[] = [];
    const app = await openParts((parts) => {
      parts.add(closedInto(closed, "server"));
      return Promise.resolve({ port: 4400 });
    });
    expect(app.port).toBe(4400);
    await app.close();
    expect(closed).toEqual(["server"]);
  });

  test("that fails half-way closes what was opened, and says why it failed", async () => {
    const closed: string[] = [];
    const opening = openParts((parts) => {
      parts.add(closedInto(closed, "server"));
      parts.add({ close: () => Promise.reject(new Error("does not close either")) });
      return Promise.reject(new Error("no store"));
    });
    await expect(opening).rejects.toThrow("no store");
    expect(closed).toEqual(["server"]);
  });
});
