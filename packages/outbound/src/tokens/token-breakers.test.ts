import { afterEach, describe, expect, test } from "@jest/globals";
import { BREAKER_OPEN, TokenBreakers } from "./token-breakers.js";

/** So soon an open one lets one request try, milliseconds. */
const RETRY_AFTER_MS = 30;

let breakers: TokenBreakers<string>;
let asked: string[] = [];

const create = () => (breakers = new TokenBreakers((result) => result === "broken", RETRY_AFTER_MS));
const fire = (key: string, result: string) =>
  breakers.fire(key, () => {
    asked.push(result);
    return Promise.resolve(result);
  });
const break_ = async (key: string) => {
  for (let request = 0; request < 5; request++) expect(await fire(key, "broken")).toBe("broken");
};

afterEach(() => {
  breakers.close();
  asked = [];
});

describe("the breaker of a token endpoint", () => {
  test("hands results on, failures too, and opens after five that failed", async () => {
    create();
    expect(await fire("b", "fine")).toBe("fine");
    await break_("a");
    asked = [];
    expect(await fire("a", "fine")).toBe(BREAKER_OPEN);
    expect(asked).toEqual([]);
  });

  test("leaves other endpoints alone", async () => {
    create();
    await break_("a");
    expect(await fire("b", "fine")).toBe("fine");
  });

  test("is not opened by results that are not the endpoint's fault", async () => {
    create();
    for (let request = 0; request < 20; request++) await fire("a", "no");
    expect(await fire("a", "fine")).toBe("fine");
  });

  test("lets one request try after a while: it closes, or opens again", async () => {
    create();
    await break_("a");
    const tryUntilAsked = async (result: string) => {
      let seen: unknown = BREAKER_OPEN;
      while (seen === BREAKER_OPEN) {
        await new Promise((resolve) => setImmediate(resolve));
        seen = await fire("a", result);
      }
      return seen;
    };
    expect(await tryUntilAsked("broken")).toBe("broken");
    expect(await fire("a", "fine")).toBe(BREAKER_OPEN);
    expect(await tryUntilAsked("fine")).toBe("fine");
    expect(await fire("a", "fine")).toBe("fine");
  });

  test("hands a defect on as it is", async () => {
    create();
    await expect(breakers.fire("a", () => Promise.reject(new RangeError("defect")))).rejects.toThrow(
      "defect",
    );
  });

  test("is one of a thousand at most, and those given up listen to nothing any more", async () => {
    create();
    for (let index = 0; index < 1_100; index++) await fire(`endpoint ${index}`, "fine");
    expect(breakers.size).toBe(1_000);
    breakers.close();
    expect(breakers.size).toBe(0);
  });
});
