import { Agent, type Dispatcher, request } from "undici";
import { toEventJson } from "../event.js";
import { monotonicMs } from "../measure/clock.js";
import { answerParent } from "./worker.js";

/** Publish events over HTTP at a fixed rate, whatever the answers take: one workspace, one endpoint, in turn. */
export interface OpenLoopRequest {
  readonly run: string;
  readonly url: string;
  /** API key by endpoint number. */
  readonly keys: readonly string[];
  readonly ratePerSecond: number;
  readonly seconds: number;
}

/** One index an event, in order of sending; event `i` is number `floor(i / endpoints)` of endpoint `i % endpoints`. */
export interface OpenLoopAnswer {
  /** The moment the call was begun. */
  readonly sentMs: Float64Array;
  /** The moment the call returned 202; NaN when it did not. */
  readonly acceptedMs: Float64Array;
  /** Answers other than 202, by status or error code. */
  readonly refused: Readonly<Record<string, number>>;
}

const agent = new Agent({ connections: 64, pipelining: 1, keepAliveTimeout: 60_000 });

async function publish(order: OpenLoopRequest): Promise<OpenLoopAnswer> {
  const total = Math.round(order.ratePerSecond * order.seconds);
  const sentMs = new Float64Array(total);
  const acceptedMs = new Float64Array(total).fill(Number.NaN);
  const refused: Record<string, number> = {};
  const calls = new Set<Promise<void>>();
  const startMs = monotonicMs();
  let next = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((monotonicMs() - startMs) / 1_000) * order.ratePerSecond) + 1);
      for (; next < due; next++) {
        const index = next;
        sentMs[index] = monotonicMs();
        const call = publishOne(order, index).then(
          (status) => {
            if (status === 202) acceptedMs[index] = monotonicMs();
            else refused[status] = (refused[status] ?? 0) + 1;
          },
          (error: unknown) => {
            const code = (error as { code?: string }).code ?? "error";
            refused[code] = (refused[code] ?? 0) + 1;
          },
        );
        calls.add(call);
        void call.finally(() => calls.delete(call));
      }
      if (next < total) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  await Promise.all(calls);
  return { sentMs, acceptedMs, refused };
}

async function publishOne(order: OpenLoopRequest, index: number): Promise<number> {
  const endpoint = index % order.keys.length;
  const sequence = Math.floor(index / order.keys.length);
  const answer: Dispatcher.ResponseData = await request(`${order.url}/v1/events`, {
    method: "POST",
    dispatcher: agent,
    headers: {
      authorization: `Bearer ${order.keys[endpoint] ?? ""}`,
      "content-type": "application/json",
    },
    body: toEventJson(order.run, endpoint, sequence, Date.now()),
  });
  await answer.body.dump();
  return answer.statusCode;
}

answerParent(publish, () => agent.close());
