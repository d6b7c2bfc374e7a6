import { randomBytes } from "node:crypto";
import { testKafka } from "@hooklane/testing";
import type { BenchContext } from "../context.js";
import { judgeShared, rateOf } from "../destinations.js";
import { toEventJson } from "../event.js";
import { readCpuUs } from "../measure/process-usage.js";
import type { Verdict } from "../measure/verdict.js";
import type { BarestLoopAnswer, BarestLoopRequest } from "../processes/barest-loop-process.js";
import type { RawClientAnswer, RawClientRequest } from "../processes/raw-client-process.js";
import { Worker } from "../processes/worker.js";

/** What the receiver can take from bare sockets. */
export interface ReceiverLimit {
  readonly requestsPerSecond: number;
  /** CPU of the receiver for one request. */
  readonly receiverUs: number;
}

/** What the barest dispatcher in Node reaches on this machine. */
export interface BarestLoopResult {
  readonly deliveriesPerSecond: number;
  /** CPU of the loop's process for one delivery. */
  readonly cpuUs: number;
  readonly verdict: Verdict;
}

/** Figures of S0: the limits every rate is compared with. */
export interface S0Result {
  readonly rawOneInFlight: ReceiverLimit;
  readonly rawPipelined: ReceiverLimit;
  readonly barest: BarestLoopResult;
}

const RAW_SECONDS = 3;
const PARTITIONS = 8;
const BATCH = 500;
/** As many as S1 delivers before it measures. */
const WARM_UP = 2_000;
const DEADLINE_MS = 120_000;

export async function runS0(context: BenchContext): Promise<S0Result> {
  const rawOneInFlight = await measureReceiver(context, 1);
  const rawPipelined = await measureReceiver(context, 16);
  return { rawOneInFlight, rawPipelined, barest: await measureBarestLoop(context, context.options.events) };
}

/** Bare sockets against the receiver, one connection an endpoint. */
export async function measureReceiver(
  { destinations }: BenchContext,
  pipelining: number,
): Promise<ReceiverLimit> {
  const worker = new Worker<RawClientRequest, RawClientAnswer>("raw-client-process");
  const { addresses, port, pid } = destinations;
  const before = pid === undefined ? Number.NaN : readCpuUs(pid);
  const { requests, seconds } = await worker.ask({ addresses, port, seconds: RAW_SECONDS, pipelining });
  const after = pid === undefined ? Number.NaN : readCpuUs(pid);
  await worker.close();
  await destinations.clear();
  return { requestsPerSecond: requests / seconds, receiverUs: (after - before) / requests };
}

/** Queues `count` deliveries and lets the barest loop send them. */
export async function measureBarestLoop(context: BenchContext, count: number): Promise<BarestLoopResult> {
  const { stack, destinations } = context;
  const run = randomBytes(4).toString("hex");
  const deliveriesTopic = `hlbench-${run}.deliveries`;
  const attemptsTopic = `hlbench-${run}.attempts`;
  const admin = testKafka(stack.brokers).admin();
  await admin.connect();
  await admin.createTopics({
    waitForLeaders: true,
    topics: [deliveriesTopic, attemptsTopic].map((topic) => ({ topic, numPartitions: PARTITIONS })),
  });
  try {
    const total = WARM_UP + count;
    await queueDeliveries(context, deliveriesTopic, run, total);
    await destinations.clear();
    const worker = new Worker<BarestLoopRequest, BarestLoopAnswer>("barest-loop-process");
    const origins = destinations.addresses.map((_, n) => destinations.origin(n));
    const { brokers } = stack;
    const order = { brokers, deliveriesTopic, attemptsTopic, origins, count: total, warmUp: WARM_UP };
    const { cpuUs } = await withDeadline(worker.ask(order));
    await worker.close();
    const arrivals = await destinations.read();
    return {
      deliveriesPerSecond: rateOf(arrivals, WARM_UP),
      cpuUs,
      verdict: judgeShared(arrivals, total, origins.length),
    };
  } finally {
    await admin.deleteTopics({ topics: [deliveriesTopic, attemptsTopic] });
    await admin.disconnect();
    await destinations.clear();
  }
}

async function queueDeliveries(
  { stack, destinations }: BenchContext,
  topic: string,
  run: string,
  count: number,
): Promise<void> {
  const producer = testKafka(stack.brokers, "bench-producer").producer({ idempotent: true });
  const endpoints = destinations.addresses.length;
  await producer.connect();
  for (let from = 0; from < count; from += BATCH) {
    const messages = Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => {
      const endpoint = (from + i) % endpoints;
      const value = toEventJson(run, endpoint, Math.floor((from + i) / endpoints), Date.now());
      return { key: String(endpoint), partition: endpoint % PARTITIONS, value };
    });
    await producer.send({ topic, messages, acks: -1 });
  }
  await producer.disconnect();
}

async function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The barest loop did not end within ${DEADLINE_MS} ms`)),
      DEADLINE_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
