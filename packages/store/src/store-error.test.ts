import { expect, test } from "@jest/globals";
import { mongo } from "mongoose";
import { isDuplicateKey, isHistoryLost, isStoreUnavailable } from "./store-error.js";

const serverError = (code: number, labels: string[] = []) =>
  new mongo.MongoServerError({ message: "x", code, errorLabels: labels });

test("a lost history is told from a broken connection", () => {
  expect(isHistoryLost(serverError(286))).toBe(true);
  expect(isHistoryLost(serverError(280))).toBe(true);
  expect(isHistoryLost(serverError(1, ["NonResumableChangeStreamError"]))).toBe(true);
  expect(isHistoryLost(serverError(43))).toBe(false);
  expect(isHistoryLost(new mongo.MongoNetworkError("cut"))).toBe(false);
});

test("an absent database is told from a refused write", () => {
  expect(isStoreUnavailable(new mongo.MongoNetworkError("cut"))).toBe(true);
  expect(isStoreUnavailable(new mongo.MongoOperationTimeoutError("no commit within 10 s"))).toBe(true);
  expect(isStoreUnavailable(serverError(91, ["RetryableWriteError"]))).toBe(true);
  expect(isStoreUnavailable(serverError(50))).toBe(true);
  expect(isStoreUnavailable(serverError(11000))).toBe(false);
  expect(isDuplicateKey(serverError(11000))).toBe(true);
  expect(isStoreUnavailable(new Error("any"))).toBe(false);
});
