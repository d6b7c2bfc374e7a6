import { type Distribution, median } from "../measure/percentiles.js";
import type { Verdict } from "../measure/verdict.js";

/** Lines of a table whose columns are as wide as they need; the first column to the left, figures to the right. */
export function toTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  "),
    )
    .join("\n");
}

export function describeVerdict(verdict: Verdict): string {
  const { delivered, lost, exhausted, duplicated, outOfOrder, retried } = verdict;
  const givenUp = exhausted === 0 ? "" : `, dead letters ${exhausted}`;
  return `delivered ${delivered}, lost ${lost}${givenUp}, duplicated ${duplicated}, out of order ${outOfOrder}, retried ${retried}`;
}

/** Calls of the producer that were not accepted, by status or error code. */
export function describeRefused(refused: Readonly<Record<string, number>>): string {
  const refusals = Object.entries(refused).map(([code, count]) => `${count} × ${code}`);
  return refusals.length === 0 ? "" : `; calls refused: ${refusals.join(", ")}`;
}

export function distributionRow(name: string, distribution: Distribution): string[] {
  const { count, min, p50, p95, p99, max } = distribution;
  return [name, whole(count), ...[min, p50, p95, p99, max].map((ms) => ms.toFixed(1))];
}

export function spread(name: string, values: readonly number[], show: (value: number) => string): string[] {
  return [name, show(median(values)), show(Math.min(...values)), show(Math.max(...values))];
}

export function lastOf(values: readonly string[]): string[] {
  return values.slice(-1);
}

export function verdictOf(isMet: boolean): string {
  return isMet ? "meets" : "MISSES";
}

export function whole(value: number): string {
  return Number.isNaN(value) ? "-" : Math.round(value).toLocaleString("en");
}

export function fixed(value: number): string {
  return Number.isNaN(value) ? "-" : value.toFixed(1);
}
