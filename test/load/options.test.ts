import { describe, expect, test } from "@jest/globals";
import { chooseShare } from "./endpoint-choice.js";
import { readOptions } from "./options.js";

describe("readOptions", () => {
  test("durations and sizes default to those of the scenario", () => {
    expect(readOptions(["s4"])).toMatchObject({ scenario: "S4", seconds: 300, endpoints: 100 });
    expect(readOptions(["S11"])).toMatchObject({ events: 1_000_000, seconds: 60 });
    expect(readOptions(["m1"])).toMatchObject({ scenario: "M1", events: 1_000_000, endpoints: 100 });
    expect(readOptions(["M6"])).toMatchObject({ events: 100_000, seconds: 60, perSecondMax: undefined });
    expect(readOptions(["M3"])).toMatchObject({ endpoints: 1_000 });
  });

  test("a target needs a token and an adapter", () => {
    expect(() => readOptions(["S2", "--target", "http://127.0.0.1:1"])).toThrow("--token");
  });

  test("what needs a look inside refuses a target", () => {
    const args = ["S8", "--target", "http://127.0.0.1:1", "--token", "t", "--adapter", "hooklane"];
    expect(() => readOptions(args)).toThrow("S8 measures our own system only");
  });

  test("a target publishes where it is, unless told otherwise", () => {
    const args = ["S2", "--target", "http://127.0.0.1:1/", "--token", "t", "--adapter", "hooklane"];
    expect(readOptions(args).target).toMatchObject({ publishUrl: "http://127.0.0.1:1" });
    expect(readOptions([...args, "--publish", "http://127.0.0.1:2"]).target).toMatchObject({
      publishUrl: "http://127.0.0.1:2",
    });
  });

  test("processes of a target are named", () => {
    expect(readOptions(["S2", "--pids", "server=12,db=34"]).pids).toEqual({ server: 12, db: 34 });
  });
});

describe("chooseShare", () => {
  test("takes so many percent, evenly spread", () => {
    expect(chooseShare(20, 10)).toEqual([9, 19]);
    expect(chooseShare(100, 30)).toHaveLength(30);
    expect(chooseShare(100, 0)).toEqual([]);
  });
});
