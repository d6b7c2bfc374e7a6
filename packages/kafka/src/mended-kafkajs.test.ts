import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import {
  type BrokerConnection,
  connectionClass,
  requestQueueClass,
  type RequestQueue,
} from "./mended-kafkajs.js";

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

  test("that broke in the middle of an answer understands the first answer after it", async () => {
    jest.useRealTimers();
    const accepted: Socket[] = [];
    const server = createServer((socket) => accepted.push(socket)).listen(0, "127.0.0.1");
    await eventually(() => server.listening);
    const { port } = server.address() as AddressInfo;
    const connection = new connectionClass({
      host: "127.0.0.1",
      port,
      logger,
      socketFactory: (to: { host: string; port: number; onConnect: () => void }) =>
        connect({ host: to.host, port: to.port }, to.onConnect),
      requestTimeout: 1_000,
      connectionTimeout: 1_000,
    }) as BrokerConnection & {
      requestQueue: { fulfillRequest(answer: Answer): void };
      disconnect(): Promise<unknown>;
    };
    const answers: number[] = [];
    connection.requestQueue.fulfillRequest = ({ correlationId }) => answers.push(correlationId);
    await connection.connect();
    await eventually(() => accepted.length === 1);
    accepted[0]?.write(answer(1).subarray(0, 7));
    await eventually(() => connection.bytesBuffered === 7);
    accepted[0]?.resetAndDestroy();
    await eventually(() => !connection.isConnected());
    await connection.connect();
    await eventually(() => accepted.length === 2);
    accepted[1]?.write(answer(2));
    await eventually(() => answers.length > 0);
    expect(answers).toEqual([2]);
    await connection.disconnect();
    for (const socket of accepted) socket.destroy();
    server.close();
  });
});

interface Answer {
  readonly correlationId: number;
}

/** Length, correlation id, and a few bytes. */
function answer(correlationId: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeInt32BE(8, 0);
  bytes.writeInt32BE(correlationId, 4);
  return bytes;
}

async function eventually(isSo: () => boolean): Promise<void> {
  const until = performance.now() + 20_000;
  while (!isSo()) {
    if (performance.now() > until) throw new Error("It did not come to that");
    await new Promise((resolve) => setImmediate(resolve));
  }
}
