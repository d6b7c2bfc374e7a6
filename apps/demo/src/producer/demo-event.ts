import { CATALOGUE } from "@hooklane/contracts";

/** What varies from one demo event to the next. */
export interface DemoEventInput {
  /** One start of the producer. */
  readonly run: string;
  /** Counted from 1. */
  readonly sequence: number;
  readonly id: string;
  readonly at: Date;
}

/** The event as JSON: the catalogue's types in turn, their examples with a fresh id and time, and a mark for the receiver. */
export function toDemoEvent({ run, sequence, id, at }: DemoEventInput): string {
  const { eventTypes } = CATALOGUE;
  const eventType = eventTypes[(sequence - 1) % eventTypes.length];
  if (!eventType) throw new RangeError("The catalogue is empty");
  const { example } = eventType;
  const data = { ...(example.data as object), demo: { run, sequence } };
  return JSON.stringify({ ...example, id, timestamp: at.toISOString(), data });
}
