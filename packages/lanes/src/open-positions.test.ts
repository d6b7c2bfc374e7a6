import { expect, jest, test } from "@jest/globals";
import { DueTimes } from "./due-times.js";
import { OpenPositions } from "./open-positions.js";

test("the lowest is the lowest that is open, in whatever order they come and go", () => {
  const open = new OpenPositions();
  for (const position of [5, 3, 8]) open.add(position);
  open.delete(5);
  expect(open.lowest).toBe(3);
  open.delete(3);
  expect(open.lowest).toBe(8);
  open.delete(8);
  expect([open.lowest, open.size]).toEqual([undefined, 0]);
});

test("what is gone is forgotten although there is always one open and nobody asks for the lowest", () => {
  const open = new OpenPositions();
  for (let position = 0; position < 10_000; position++) {
    open.add(position);
    if (position > 0) open.delete(position - 1);
  }
  const takeDue = jest.spyOn(DueTimes.prototype, "takeDue");
  open.delete(9_999);
  // One entry was left.
  expect(takeDue.mock.calls.length).toBeLessThan(3);
  takeDue.mockRestore();
});
