import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import "./connection.js";
import { requestQueueClass, type RequestQueue } from "./idle-connections.js";

const logger = { namespace: () => logger, debug: () => undefined, error: () => undefined };

interface Pushed {
  readonly entry: { readonly correlationId: number };
  readonly expectResponse: boolean;
  readonly sendRequest: () => void;
}

let queue: RequestQueue & { throttledUntil: number; push(request: Pushed): void };
beforeEach(() => {
  jest.useFakeTimers();
  queue = new requestQueueClass({
    maxInFlightRequests: null,
    requestTimeout: 1_000,
    enforceRequestTimeout: false,
    clientId: "test",
    broker: "127.0.0.1:1",
    logger,
    isConnected: () => true,
  }) as typeof queue;
});
afterEach(() => {
  jest.useRealTimers();
});

describe("a connection of kafkajs", () => {
  test("with nothing to write does not look for something again and again", () => {
    queue.checkPendingRequests();
    expect(jest.getTimerCount()).toBe(0);
  });

  test("writes what waited once the broker's throttling is over", () => {
    const written: string[] = [];
    queue.throttledUntil = Date.now() + 500;
    queue.push({ entry: { correlationId: 1 }, expectResponse: true, sendRequest: () => written.push("a") });
    expect(written).toEqual([]);
    jest.advanceTimersByTime(600);
    expect(written).toEqual(["a"]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
