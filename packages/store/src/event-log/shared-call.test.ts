import { describe, expect, test } from "@jest/globals";
import { SharedCall } from "./shared-call.js";

/** Calls that end when the test says so. */
function open(itemsMax = 10) {
  const calls: { items: readonly number[]; end: () => void; fail: (error: Error) => void }[] = [];
  const shared = new SharedCall<number, string>(
    (items) =>
      new Promise((resolve, reject) => {
        calls.push({ items, end: () => resolve(items.map(String)), fail: reject });
      }),
    itemsMax,
  );
  return { calls, shared, itemsOf: () => calls.map(({ items }) => items) };
}

describe("a shared call", () => {
  test("begins at once when none is under way", () => {
    const { shared, itemsOf } = open();
    void shared.run([1, 2]);
    expect(itemsOf()).toEqual([[1, 2]]);
  });

  test("takes together what was handed in meanwhile, and gives each caller its own results in order", async () => {
    const { calls, shared, itemsOf } = open();
    const first = shared.run([1]);
    const second = shared.run([2, 3]);
    const third = shared.run([4]);
    calls[0]?.end();
    expect(await first).toEqual(["1"]);
    expect(itemsOf()).toEqual([[1], [2, 3, 4]]);
    calls[1]?.end();
    expect(await Promise.all([second, third])).toEqual([["2", "3"], ["4"]]);
  });

  test("takes in no further caller beyond its limit, and never splits one", async () => {
    const { calls, shared, itemsOf } = open(3);
    const all = [[1], [2, 3, 4, 5], [6, 7], [8], [9]].map((items) => shared.run(items));
    for (let i = 0; i < 4; i++) {
      calls[i]?.end();
      await all[i];
    }
    expect(itemsOf()).toEqual([[1], [2, 3, 4, 5], [6, 7, 8], [9]]);
    calls[3]?.end();
    expect((await Promise.all(all)).flat()).toHaveLength(9);
  });

  test("that fails, fails for all who shared it, and the next goes on", async () => {
    const { calls, shared } = open();
    const first = shared.run([1]);
    const shares = [shared.run([2]), shared.run([3])].map((call) => call.catch(String));
    calls[0]?.end();
    await first;
    calls[1]?.fail(new Error("away"));
    expect(await Promise.all(shares)).toEqual(["Error: away", "Error: away"]);
    const next = shared.run([4]);
    calls[2]?.end();
    expect(await next).toEqual(["4"]);
  });
});
