import { describe, expect, test } from "@jest/globals";
import type { OutgoingRecord as ContractOutgoing, RawRecord } from "@hooklane/contracts";
import { toOutgoingRecord, toRawRecord } from "./contract-records.js";
import { toConsumedRecord } from "./consumer/to-consumed-record.js";
import { toMessage } from "./producer/pending-queue.js";
import { copyRecord, headerText, recordBytes, type OutgoingRecord } from "./record.js";

const fetched = Buffer.from("....keyvaluehead....");
const record = toConsumedRecord("t", 3, {
  offset: "9007199254740991",
  timestamp: "1700000000000",
  attributes: 0,
  key: fetched.subarray(4, 7),
  value: fetched.subarray(7, 12),
  headers: { meta: fetched.subarray(12, 16), twice: [Buffer.from("a"), Buffer.from("b")], none: undefined },
});

describe("a record", () => {
  test("is what the contracts read and write", () => {
    const raw: RawRecord = toRawRecord(record);
    const written: ContractOutgoing = { topic: "t", key: new Uint8Array([65]), value: new Uint8Array([66]) };
    const outgoing: OutgoingRecord = toOutgoingRecord(written);
    expect(raw.offset).toBe(Number.MAX_SAFE_INTEGER);
    expect(toMessage(outgoing)).toEqual({ key: Buffer.from("A"), value: Buffer.from("B") });
  });

  test("copied, no longer depends on the fetch buffer", () => {
    const copy = copyRecord(record);
    expect(copy).toEqual(record);
    expect(copy.value!.buffer).not.toBe(fetched.buffer);
    expect(copy.value!.buffer.byteLength).toBe(5);
    fetched.fill(0);
    expect([copy.key, copy.value, copy.headers.meta].map(String)).toEqual(["key", "value", "head"]);
  });

  test("gives headers as text, the last of several, and its size", () => {
    expect(headerText(record.headers, "twice")).toBe("b");
    expect(headerText(record.headers, "none")).toBeUndefined();
    expect(headerText(record.headers, "absent")).toBeUndefined();
    expect(recordBytes(record)).toBe(3 + 5 + (4 + 4) + (5 + 1) + 4);
  });
});
