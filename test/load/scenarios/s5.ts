import { randomBytes } from "node:crypto";
import type { BenchContext } from "../context.js";
import { rateOf } from "../destinations.js";
import { queueEvents } from "../inbound-queue.js";
import { judge, type Verdict } from "../measure/verdict.js";
import type { RawClientAnswer, RawClientRequest } from "../processes/raw-client-process.js";
import { Worker } from "../processes/worker.js";
import { openSubject, type Subject } from "../subject.js";
import { Traffic } from "../traffic.js";
import { warmUp } from "../warm-up.js";
import { type BarestLoopResult, measureBarestLoop } from "./s0.js";

/** Figures of S5 at one answering time. */
export interface S5Result {
  readonly answerMs: number;
  /** One bare socket, one request in flight, against the same receiver: 1 / (round trip + its time). */
  readonly limitPerSecond: number;
  readonly deliveriesPerSecond: number;
  readonly verdict: Verdict;
}

export interface S5Results {
  readonly byAnswerMs: readonly S5Result[];
  /** The barest Node loop with one endpoint that answers at once; undefined for a target. */
  readonly barest: BarestLoopResult | undefined;
}

const ANSWER_MS = [0, 5, 50] as const;
const LIMIT_SECONDS = 3;
const EVENTS_MIN = 50;
const EVENTS_MAX = 50_000;
/** Of the arrivals, so that neither the first connection nor the start of the queue is in the rate. */
const SKIPPED_SHARE = 0.2;
const CALLS_AT_ONCE = 16;

/** One endpoint with a queue, whose receiver takes its time: the rate of one line. */
export async function runS5(context: BenchContext): Promise<S5Results> {
  const { options, destinations } = context;
  const limits: number[] = [];
  for (const answerMs of ANSWER_MS) limits.push(await measureLimit(context, answerMs));
  await destinations.behave([0], "ok");
  const barest =
    options.target === undefined ? await measureBarestLoop(context, options.seconds * 1_000) : undefined;
  const subject = await openSubject(context);
  const traffic = new Traffic(destinations, subject.lines);
  try {
    await warmUp(context, traffic);
    const byAnswerMs: S5Result[] = [];
    for (const [i, answerMs] of ANSWER_MS.entries()) {
      byAnswerMs.push(await measureLine(context, subject, traffic, answerMs, limits[i] ?? Number.NaN));
    }
    return { byAnswerMs, barest };
  } finally {
    await traffic.close();
    await subject.close();
  }
}

async function measureLimit({ destinations }: BenchContext, answerMs: number): Promise<number> {
  await destinations.behave([0], answerMs === 0 ? "ok" : { afterMs: answerMs });
  const worker = new Worker<RawClientRequest, RawClientAnswer>("raw-client-process");
  const addresses = destinations.addresses.slice(0, 1);
  const order = { addresses, port: destinations.port, seconds: LIMIT_SECONDS, pipelining: 1 };
  const { requests, seconds } = await worker.ask(order);
  await worker.close();
  await destinations.clear();
  return requests / seconds;
}

async function measureLine(
  { destinations, options, stack, say }: BenchContext,
  { system }: Subject,
  traffic: Traffic,
  answerMs: number,
  limitPerSecond: number,
): Promise<S5Result> {
  const count = Math.min(EVENTS_MAX, Math.max(EVENTS_MIN, Math.round(limitPerSecond * options.seconds)));
  say(`S5: ${count} events, the receiver takes ${answerMs} ms`);
  await traffic.restart();
  await destinations.behave([0], answerMs === 0 ? "ok" : { afterMs: answerMs });
  if (system === undefined) {
    await traffic.publish({ kind: "inFlight", calls: CALLS_AT_ONCE, count });
  } else {
    const [workspaceId = ""] = system.workspaceIds;
    const inbound = system.services.topic("inbound.v1");
    await queueEvents(stack.brokers, inbound, randomBytes(4).toString("hex"), [workspaceId], count);
  }
  // Ten times what it should take: a slow line is a figure, not a failure.
  await destinations.awaitCount(count, (count / limitPerSecond) * 10_000 + 60_000);
  const arrivals = await destinations.read();
  return {
    answerMs,
    limitPerSecond,
    deliveriesPerSecond: rateOf(arrivals, Math.floor(arrivals.endpoint.length * SKIPPED_SHARE)),
    // Calls that overlap have no order: a target gets them so.
    verdict: system === undefined ? traffic.judge(arrivals) : judge(arrivals, [count]),
  };
}
