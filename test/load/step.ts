import type { Arrivals } from "./measure/arrivals.js";
import { cpuPerUnit, readUsage } from "./measure/process-usage.js";
import type { Pace } from "./processes/driver-process.js";
import type { Subject } from "./subject.js";
import type { IsCounted, Latencies, Span, Traffic } from "./traffic.js";

/** One stretch of published events and what it cost. */
export interface Step {
  readonly span: Span;
  /** CPU of each process for one event, until the last counted one had arrived, microseconds. */
  readonly cpuUs: Readonly<Record<string, number>>;
  /** The receiver's record at that moment. */
  readonly arrivals: Arrivals;
}

/** What a stretch of time did to the latencies of its events. */
export interface StepLatencies extends Latencies {
  readonly name: string;
  readonly refused: Readonly<Record<string, number>>;
}

/** What is printed and stored of a step; the raw arrivals are not. */
export interface StepFigures extends StepLatencies {
  readonly events: number;
  readonly callMs: Span["callMs"];
  readonly cpuUs: Readonly<Record<string, number>>;
}

const TAIL_DEADLINE_MS = 60_000;

/** Publishes at the pace and waits until every event of the counted endpoints has come, 60 s at most. */
export async function runStep(
  subject: Subject,
  traffic: Traffic,
  pace: Pace,
  isCounted?: IsCounted,
): Promise<Step> {
  const pids = () => ({ ...subject.pids(), driver: traffic.driverPid });
  const before = readUsage(pids());
  const span = await traffic.publish(pace);
  const arrivals = await traffic.awaitSettled(TAIL_DEADLINE_MS, isCounted);
  return { span, cpuUs: cpuPerUnit(before, readUsage(pids()), span.to - span.from), arrivals };
}

export function toFigures(name: string, traffic: Traffic, step: Step, isCounted?: IsCounted): StepFigures {
  const { span, cpuUs, arrivals } = step;
  const { refused, callMs } = span;
  return {
    name,
    events: span.to - span.from,
    refused,
    callMs,
    cpuUs,
    ...traffic.latencies(arrivals, span, isCounted),
  };
}
