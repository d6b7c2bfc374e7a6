import type { WebhookId, WorkspaceId } from "@hooklane/core";
import type { mongo } from "mongoose";
import type { CountedResult } from "./counted-result.js";
import { HOUR_MS, type RollupDocument, SLOT_MS, toRollupId } from "./rollup-document.js";

/** A week is shown; the rest is for the hour it begins in, and for clocks. */
const KEPT_DAYS = 8;

const DAY_MS = 86_400_000;

type Update = mongo.AnyBulkWriteOperation<RollupDocument>;
type Sums = Map<string, number>;

/** What came of one webhook in five minutes. */
interface Slot {
  readonly first: CountedResult;
  readonly sums: Sums;
}

/** What is set when an hour's document is made, and what is added to it. */
interface Hour {
  readonly made: Omit<RollupDocument, "_id">;
  readonly sums: Sums;
}

/** One update for each webhook and hour, and one for their workspace, however many results there are. Pure. */
export function toRollupUpdates(results: readonly CountedResult[]): Update[] {
  const hours = new Map<string, Hour>();
  for (const slot of toSlots(results).values()) {
    const { workspaceId, webhookId } = slot.first;
    addSlot(hours, webhookId, slot, { workspaceId, webhookId });
    addSlot(hours, workspaceId, slot, { workspaceId });
  }
  return [...hours].map(([_id, { made, sums }]) => ({
    updateOne: {
      filter: { _id },
      update: { $setOnInsert: made, $inc: Object.fromEntries(sums) },
      upsert: true,
    },
  }));
}

function toSlots(results: readonly CountedResult[]): ReadonlyMap<string, Slot> {
  const slots = new Map<string, Slot>();
  for (const result of results) {
    const key = `${result.webhookId}:${Math.floor(result.at / SLOT_MS)}`;
    let slot = slots.get(key);
    if (!slot) slots.set(key, (slot = { first: result, sums: new Map() }));
    for (const counter of result.counters) add(slot.sums, counter, 1);
    if (result.deadLetters > 0) add(slot.sums, "deadLetters", result.deadLetters);
  }
  return slots;
}

/** To the sums of the hour, and to its part of them. */
function addSlot(
  hours: Map<string, Hour>,
  owner: WebhookId | WorkspaceId,
  { first, sums }: Slot,
  facts: Pick<RollupDocument, "workspaceId" | "webhookId">,
): void {
  const begin = first.at - (first.at % HOUR_MS);
  const id = toRollupId(owner, begin);
  const keptMs = HOUR_MS + Math.min(first.retentionDays, KEPT_DAYS) * DAY_MS;
  const hour: Hour = hours.get(id) ?? {
    made: { ...facts, hour: new Date(begin), expiresAt: new Date(begin + keptMs) },
    sums: new Map(),
  };
  hours.set(id, hour);
  const slot = `slots.${Math.floor((first.at % HOUR_MS) / SLOT_MS)}.`;
  for (const [counter, by] of sums) {
    add(hour.sums, counter, by);
    add(hour.sums, slot + counter, by);
  }
}

const add = (sums: Sums, counter: string, by: number) => sums.set(counter, (sums.get(counter) ?? 0) + by);
