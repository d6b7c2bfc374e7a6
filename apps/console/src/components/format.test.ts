import { describe, expect, test } from "@jest/globals";
import { formatIn } from "./format.js";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

describe("what is shown of numbers", () => {
  test.each([
    [0, "0 sec"],
    [42, "42 sec"],
    [125, "2 min 5 sec"],
    [3_600, "1 hr"],
    [7_325, "2 hr 2 min"],
    [90_061, "1 day 1 hr"],
    [-3, "0 sec"],
  ])("%d seconds are %s: the two largest units", (seconds, text) => {
    expect(plain(formatIn("en").duration(seconds))).toBe(text);
  });

  test("each language has its own way", () => {
    expect(plain(formatIn("en").number(1_204))).toBe("1,204");
    expect(plain(formatIn("fr").number(1_204))).toBe("1 204");
    expect(plain(formatIn("en").percent(0.995))).toBe("99.5%");
    expect(plain(formatIn("fr").percent(0.995))).toBe("99,5 %");
  });
});
