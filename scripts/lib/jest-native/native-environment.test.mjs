import { createRequire } from "node:module";
import { describe, expect, jest, test } from "@jest/globals";
import { SERVICE_NAMES } from "@hooklane/testing";

const NativeEnvironment = createRequire(import.meta.url)("./environment.cjs");

describe("tests in Node's own modules", () => {
  test("share the realm and the modules of their worker", async () => {
    expect(JSON.parse("[1]")).toStrictEqual([1]);
    expect((await import("@hooklane/testing")).SERVICE_NAMES).toBe(SERVICE_NAMES);
  });

  test("have our packages' sources, of which a stack names the line as it is written", async () => {
    const { eventually } = await import("../../../packages/testing/src/eventually.js");
    const error = await eventually(() => false, { deadlineMs: 0 }).catch((late) => late);
    expect(error.stack).toMatch(/packages\/testing\/src\/eventually\.ts:\d+/);
  });

  test("have a clock of their own when they ask for it", () => {
    jest.useFakeTimers();
    const tick = jest.fn();
    setTimeout(tick, 1_000);
    jest.advanceTimersByTime(1_000);
    expect(tick).toHaveBeenCalledTimes(1);
    jest.useRealTimers();
  });
});

describe("what a test file changes of the process", () => {
  test("is put back after it: variables, the way to exit, the clock, the limit of tests", async () => {
    const { exit, env } = process;
    const [{ setTimeout: timer }, { PATH }] = [globalThis, env];
    const environment = new NativeEnvironment({ projectConfig: { fakeTimers: {} } });
    env.HOOKLANE_OF_A_FILE = "1";
    delete env.PATH;
    process.exit = () => undefined;
    environment.fakeTimersModern.useFakeTimers();
    jest.setTimeout(123_456);
    expect(Object.values(symbolsOf(globalThis))).toContain(123_456);
    await environment.teardown();
    expect([env.HOOKLANE_OF_A_FILE, env.PATH]).toEqual([undefined, PATH]);
    expect(process.exit).toBe(exit);
    expect(globalThis.setTimeout).toBe(timer);
    expect(Object.values(symbolsOf(globalThis))).not.toContain(123_456);
  });
});

const symbolsOf = (object) =>
  Object.fromEntries(Object.getOwnPropertySymbols(object).map((symbol, index) => [index, object[symbol]]));
