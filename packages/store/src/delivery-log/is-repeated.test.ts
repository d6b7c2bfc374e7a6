import { expect, test } from "@jest/globals";
import { attemptKey, type DeliveryDocument } from "./delivery-document.js";
import { isRepeated } from "./is-repeated.js";

const attempts = (...made: readonly { readonly number: number; readonly epoch: number }[]) =>
  Object.fromEntries(made.map((attempt) => [attemptKey(attempt), attempt])) as DeliveryDocument["attempts"];

test("a first attempt by two owners is a repetition; a retry by the next owner is not", () => {
  expect(isRepeated(attempts({ number: 1, epoch: 3 }, { number: 1, epoch: 4 }))).toBe(true);
  expect(isRepeated(attempts({ number: 1, epoch: 3 }, { number: 2, epoch: 4 }))).toBe(false);
  expect(isRepeated({})).toBe(false);
});
