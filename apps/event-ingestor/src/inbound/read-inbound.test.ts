import type { ConsumedRecord } from "@hooklane/kafka";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type DecodeWire, type ReadInbound, readInbound } from "./read-inbound.js";

function record(change: Partial<ConsumedRecord> = {}): ConsumedRecord {
  return {
    topic: "inbound",
    partition: 0,
    offset: 7,
    timestampMs: 0,
    key: Buffer.from("ws_key"),
    value: Buffer.from('{"type":"t"}'),
    headers: {},
    ...change,
  };
}

const read = (change: Partial<ConsumedRecord>, decode?: DecodeWire) =>
  readInbound(record(change), decode) as ReadInbound;
const codeOf = (outcome: ReadInbound) => (outcome.kind === "refused" ? outcome.code : outcome.kind);

describe("reading a record of the inbound topic", () => {
  test("the workspace is the header's, or else the key", () => {
    const workspaceOf = (outcome: ReadInbound) =>
      outcome.kind === "event" ? outcome.event.workspaceId : undefined;
    expect(workspaceOf(read({}))).toBe("ws_key");
    expect(workspaceOf(read({ headers: { "workspace-id": Buffer.from("ws_header") } }))).toBe("ws_header");
    expect(codeOf(read({ key: null }))).toBe("missing_workspace");
    expect(codeOf(read({ key: Buffer.alloc(0) }))).toBe("missing_workspace");
  });

  test("the event's own id goes before the header's", () => {
    const headers = { "event-id": Buffer.from("h") };
    const valueOf = (json: string) => {
      const outcome = read({ headers, value: Buffer.from(json) });
      return outcome.kind === "event" ? outcome.event.value : undefined;
    };
    expect(valueOf('{"type":"t"}')).toEqual({ type: "t", id: "h" });
    expect(valueOf('{"id":"own"}')).toEqual({ id: "own" });
    expect(valueOf("[1]")).toEqual([1]);
  });

  test("wire format is known by its first byte and needs a registry", () => {
    const value = Buffer.from([0, 0, 0, 0, 1, 2]);
    expect(codeOf(read({ value }))).toBe("undecodable_value");
    const nulls: DecodeWire = () => ({ kind: "decoded", value: { id: null, type: "t", data: { a: null } } });
    const outcome = read({ value }, nulls);
    expect(outcome.kind === "event" && outcome.event.value).toEqual({ type: "t", data: { a: null } });
    expect(codeOf(read({ value }, () => ({ kind: "unavailable", detail: "away" })))).toBe("unavailable");
    expect(codeOf(read({ value }, () => ({ kind: "refused", code: "unknown_schema", detail: "" })))).toBe(
      "unknown_schema",
    );
  });

  test("no bytes at all make it throw, and every record is an event or refused with a reason", () => {
    const bytes = fc.option(fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)));
    const json = fc.json().map((text) => Buffer.from(text));
    const headers = fc.dictionary(
      fc.constantFrom("workspace-id", "event-id", "x"),
      fc.uint8Array().map((array) => Buffer.from(array)),
    );
    fc.assert(
      fc.property(fc.oneof(bytes, json), bytes, headers, (value, key, given) => {
        const outcome = read({ value, key, headers: given });
        expect(outcome.kind === "event" || (outcome.kind === "refused" && outcome.detail !== "")).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
