import { redactEnd } from "@hooklane/core";
import type { LaneRecord, Report } from "@hooklane/lanes";

/**
 * A report whose texts do not repeat what a workspace does not have stored (docs/adr/0023). Here, where the events are at
 * hand, and before it goes to `attempts.v1`.
 *
 * @param paths `redact` of the workspace
 */
export function withoutRedacted(report: Report, paths: readonly string[]): Report {
  if (report.kind !== "attempt") return report;
  const end = redactEnd(report.end, report.records.map(readData), paths);
  return end === report.end ? report : { ...report, end };
}

/** Undefined when it cannot be told what is to be left out. */
function readData({ body }: LaneRecord): unknown {
  try {
    const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
    return (JSON.parse(text) as { readonly data?: unknown } | null)?.data;
  } catch {
    return undefined;
  }
}
