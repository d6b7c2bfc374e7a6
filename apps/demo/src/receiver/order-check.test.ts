import { describe, expect, test } from "@jest/globals";
import { OrderCheck, readDemoPlace } from "./order-check.js";

const at = (sequence: number, run = "a") => ({ run, sequence });

describe("OrderCheck", () => {
  test("rising sequences are in order, gaps too, as an endpoint gets some of the events only", () => {
    const order = new OrderCheck();
    expect([1, 2, 7].map((sequence) => order.check([at(sequence)], true))).toEqual([
      "in_order",
      "in_order",
      "in_order",
    ]);
  });

  test("what was taken may come again, what was not may not come late", () => {
    const order = new OrderCheck();
    order.check([at(1)], true);
    order.check([at(5)], true);
    expect(order.check([at(1)], true)).toBe("repeat");
    expect(order.check([at(3)], true)).toBe("violation");
  });

  test("a refused event has to come again before any other", () => {
    const order = new OrderCheck();
    expect(order.check([at(1)], false)).toBe("in_order");
    expect(order.check([at(1)], true)).toBe("in_order");
    expect(order.check([at(2)], false)).toBe("in_order");
    expect(order.check([at(3)], true)).toBe("violation");
  });

  test("a batch out of order inside is a violation", () => {
    const order = new OrderCheck();
    expect(order.check([at(1), at(2), at(4)], true)).toBe("in_order");
    expect(order.check([at(6), at(5)], true)).toBe("violation");
  });

  test("the run before comes first; of a run that began unseen nothing is said about its beginning", () => {
    const order = new OrderCheck();
    expect(order.check([at(812, "old")], true)).toBe("in_order");
    expect(order.check([at(811, "old")], true)).toBe("repeat");
    expect(order.check([at(1, "new")], true)).toBe("in_order");
    expect(order.check([at(813, "old")], true)).toBe("violation");
  });

  test("events of others are not judged", () => {
    const order = new OrderCheck();
    expect(order.check([readDemoPlace({ data: { demo: "x" } }), readDemoPlace(null)], true)).toBe("unknown");
    expect(readDemoPlace({ data: { demo: at(3) } })).toEqual(at(3));
  });
});
