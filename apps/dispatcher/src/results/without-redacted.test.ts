import type { AttemptOutcome } from "@hooklane/core";
import type { AttemptReport, LaneRecord, SettledReport } from "@hooklane/lanes";
import { describe, expect, test } from "@jest/globals";
import { withoutRedacted } from "./without-redacted.js";

const paths = ["data.contact.email", "data.pin"];
const succeeded: AttemptOutcome = { kind: "succeeded", statusCode: 200 };

const record = (body: string) => ({ body: Buffer.from(body) }) as unknown as LaneRecord;
const event = (email: string) =>
  record(JSON.stringify({ id: "e", data: { contact: { email }, pin: 12345 } }));

function attempt(
  responseHead: string | undefined,
  outcome = succeeded,
  records = [event("ann@example.org")],
) {
  const end = { outcome, startedAt: 0, durationMs: 1, responseHead };
  return {
    kind: "attempt",
    records,
    batched: false,
    attempt: 1,
    end,
    next: { kind: "delivered" },
  } as AttemptReport;
}

const headOf = (report: AttemptReport) => (withoutRedacted(report, paths) as AttemptReport).end.responseHead;

describe("a result of a workspace that has fields not to be stored", () => {
  test.each([
    ['{"id":"e","data":{"contact":{"email":"ann@example.org"},"pin":12345}}'],
    ["no such user: ANN@example.org, 12345"],
    ["email=ann%40example.org&pin=12345"],
    ['{"data":{"contact":{"email":"ann@exam'],
  ])("does not repeat them as a receiver echoes them: %s", (head) => {
    expect(headOf(attempt(head))).not.toMatch(/ann@|ann%40|12345/i);
    expect(headOf(attempt(head))).toContain("[redacted]");
  });

  test("of a batch repeats none of any event", () => {
    const report = attempt("bob@example.org, ann@example.org", succeeded, [
      event("ann@example.org"),
      event("bob@example.org"),
    ]);
    expect(headOf(report)).toBe("[redacted], [redacted]");
  });

  test("has no longer texts than results take", () => {
    expect(headOf(attempt("12345,".repeat(170)))!.length).toBeLessThanOrEqual(1_024);
  });

  test("does not quote them in what went wrong", () => {
    const failed: AttemptOutcome = { kind: "failed", error: "template", detail: "near ann@example.org" };
    const { end } = withoutRedacted(attempt(undefined, failed), paths) as AttemptReport;
    expect(end).toMatchObject({ outcome: { ...failed, detail: "near [redacted]" }, responseHead: undefined });
  });

  test("whose event cannot be read keeps nothing of the answer", () => {
    expect(headOf(attempt("ann@example.org", succeeded, [record("ann@example.org")]))).toBe("[redacted]");
  });

  test("without a text, or without an attempt, is the same object", () => {
    const settled = { kind: "settled", records: [] } as unknown as SettledReport;
    expect(withoutRedacted(settled, paths)).toBe(settled);
    const quiet = attempt(undefined);
    expect(withoutRedacted(quiet, paths)).toBe(quiet);
  });
});
