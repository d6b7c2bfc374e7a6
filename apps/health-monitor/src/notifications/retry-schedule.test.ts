import { describe, expect, test } from "@jest/globals";
import { nextTryAt } from "./retry-schedule.js";

const schedule = { waitsSeconds: [10, 60], giveUpAfterSeconds: 300 };
const promisedAt = new Date(0);
const at = (seconds: number) => new Date(seconds * 1000);

describe("nextTryAt", () => {
  test("waits grow as listed, the last one repeats", () => {
    expect(nextTryAt(1, promisedAt, at(5), schedule)).toEqual(at(15));
    expect(nextTryAt(2, promisedAt, at(15), schedule)).toEqual(at(75));
    expect(nextTryAt(7, promisedAt, at(100), schedule)).toEqual(at(160));
  });

  test("nothing is tried after the end", () => {
    expect(nextTryAt(5, promisedAt, at(240), schedule)).toEqual(at(300));
    expect(nextTryAt(5, promisedAt, at(241), schedule)).toBeUndefined();
  });
});
