import { connect, type Socket } from "node:net";
import { toEventJson } from "../event.js";
import { monotonicMs } from "../measure/clock.js";
import { answerParent } from "./worker.js";

/** Drive the receiver as fast as bare sockets can: shows what the receiver itself can take. */
export interface RawClientRequest {
  readonly addresses: readonly string[];
  readonly port: number;
  readonly seconds: number;
  /** Requests written at once on a connection before their answers are awaited. */
  readonly pipelining: number;
}

export interface RawClientAnswer {
  readonly requests: number;
  readonly seconds: number;
}

const ANSWER_END = Buffer.from("\r\n\r\n");

async function drive(order: RawClientRequest): Promise<RawClientAnswer> {
  const startMs = monotonicMs();
  const endMs = startMs + order.seconds * 1_000;
  const counts = await Promise.all(order.addresses.map((address, n) => driveOne(order, address, n, endMs)));
  return {
    requests: counts.reduce((sum, count) => sum + count, 0),
    seconds: (monotonicMs() - startMs) / 1_000,
  };
}

async function driveOne(order: RawClientRequest, address: string, n: number, endMs: number): Promise<number> {
  const socket: Socket = connect({ host: address, port: order.port, noDelay: true });
  const request =
    `POST /e/${n} HTTP/1.1\r\nhost: ${address}:${order.port}\r\ncontent-type: application/json\r\n` +
    `webhook-attempt: 1\r\ncontent-length: 1024\r\n\r\n${toEventJson("raw", n, 0, 0)}`;
  const burst = Buffer.from(request.repeat(order.pipelining));
  let answered = 0;
  let open = 0;
  await new Promise<void>((resolve, reject) => {
    const send = () => {
      open = order.pipelining;
      socket.write(burst);
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (data) => {
      for (
        let at = data.indexOf(ANSWER_END);
        at !== -1;
        at = data.indexOf(ANSWER_END, at + ANSWER_END.length)
      ) {
        answered++;
        open--;
      }
      if (open > 0) return;
      if (monotonicMs() < endMs) send();
      else resolve();
    });
  });
  socket.destroy();
  return answered;
}

answerParent(drive, () => undefined);
