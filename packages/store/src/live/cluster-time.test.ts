import { describe, expect, test } from "@jest/globals";
import { mongo } from "mongoose";
import { fromTimestamp, parseClusterTime, timeOfToken, toSeconds, toTimestamp } from "./cluster-time.js";

describe("a cluster time", () => {
  test.each([
    [{ t: 0x6b03d8fc, i: 2 }, "6b03d8fc00000002"],
    [{ t: 1, i: 0 }, "0000000100000000"],
    [{ t: 0xf0000000, i: 0xffffffff }, "f0000000ffffffff"],
  ])("%j is %s, and back", (timestamp, text) => {
    const time = fromTimestamp(new mongo.Timestamp(timestamp));
    expect(time).toBe(text);
    expect(toSeconds(time)).toBe(timestamp.t);
    const { t, i } = toTimestamp(time);
    expect({ t, i }).toEqual(timestamp);
  });

  test("is read from a token of the database, of an event or of none", () => {
    expect(timeOfToken("826B03D8FC000000022B0229296E04")).toBe("6b03d8fc00000002");
    expect(timeOfToken("826B03D8FC0000000C2B022C0100296E5A1004AB53E9794C204C83B4CDE1FEEAEDC8")).toBe(
      "6b03d8fc0000000c",
    );
    for (const text of ["", "82", "8B6B03D8FC000000022B", "826B03D8FC0000000"]) {
      expect(timeOfToken(text)).toBeUndefined();
    }
  });

  test("is nothing else", () => {
    for (const text of ["", "6b03d8fc0000000", "6B03D8FC00000002", "6b03d8fc00000002\n"]) {
      expect(parseClusterTime(text)).toBeUndefined();
    }
  });
});
