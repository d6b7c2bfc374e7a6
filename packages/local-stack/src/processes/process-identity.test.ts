import { describe, expect, test } from "@jest/globals";
import { inspectProcess, parseProcStat } from "./process-identity.js";

describe("inspectProcess", () => {
  test("a process keeps its fingerprint for as long as it lives", () => {
    const identity = inspectProcess(process.pid);
    expect(identity?.commandLine).toContain("jest");
    expect(inspectProcess(process.pid)).toEqual(identity);
  });

  test("a number without a process gives nothing", () => {
    // Above the highest number Linux and macOS hand out.
    expect(inspectProcess(2 ** 22 + 1)).toBeUndefined();
  });
});

describe("parseProcStat", () => {
  const tail = "1 10 10 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 46 0 987654 1 1";

  test.each(["java", "a b", "x) S 1 (y", "))"])(
    "a program may be called %p without moving the fields behind its name",
    (name) => {
      expect(parseProcStat(`42 (${name}) S ${tail}`)).toEqual({
        state: "S",
        threads: 46,
        startTicks: "987654",
      });
    },
  );

  test("a line that is cut short is refused", () => {
    expect(() => parseProcStat("42 (java) S 1 10")).toThrow("not a line of");
  });
});
