import { FILTER_DEPTH_MAX, FILTER_LENGTH_MAX } from "./filter.js";

/** Why a filter is too large to be looked at; undefined when it is not. Never overflows the stack. */
export function whyTooLarge(filter: unknown): string | undefined {
  if (typeof filter !== "object" || filter === null) return undefined;
  if (isDeeperThan(filter, FILTER_DEPTH_MAX)) return `must have at most ${FILTER_DEPTH_MAX} levels`;
  if (JSON.stringify(filter).length > FILTER_LENGTH_MAX) {
    return `must have at most ${FILTER_LENGTH_MAX} characters as JSON`;
  }
  return undefined;
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((part) => isDeeperThan(part, levels - 1));
}
