import { expect, test } from "@jest/globals";
import type { ConsumedRecord } from "./record.js";
import { recordIdentity } from "./record-identity.js";

const record: ConsumedRecord = {
  topic: "t",
  partition: 0,
  offset: 5,
  timestampMs: 1_700_000_000_000,
  key: Buffer.from("k"),
  value: Buffer.from("v"),
  headers: { a: Buffer.from("1"), b: Buffer.from("2") },
};

test("the same record has the same identity, whatever order its headers come in", () => {
  const { a, b } = record.headers;
  expect(recordIdentity({ ...record, headers: { b, a } })).toBe(recordIdentity(record));
});

test("whatever differs in a record makes another identity", () => {
  const others: readonly Partial<ConsumedRecord>[] = [
    { timestampMs: record.timestampMs + 1 },
    { key: null },
    { value: Buffer.from("w") },
    { value: null },
    { headers: { a: Buffer.from("1") } },
    { headers: { a: Buffer.from("1"), c: Buffer.from("2") } },
  ];
  const identities = others.map((other) => recordIdentity({ ...record, ...other }));
  expect(new Set([recordIdentity(record), ...identities]).size).toBe(others.length + 1);
});
