import { asEventId, asWorkspaceId, EVENT_BYTES_MAX } from "@hooklane/core";
import type { EventTypeDocument } from "@hooklane/store";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { SchemaChecks } from "../catalogue/schema-checks.js";
import { acceptEvent, formEvent } from "./accept-event.js";
import { inspectEvent } from "./event-text.js";

const NOW = Date.parse("2026-01-15T10:00:00Z");
const schemas = new SchemaChecks({ onUnusable: () => undefined });

const eventType = (change: object = {}) =>
  ({ schemaJson: "{}", validation: "reject", ...change }) as unknown as EventTypeDocument;

/** The way of an event from its text to its record. */
function take(text: string, type: EventTypeDocument | undefined = eventType()) {
  const formed = formEvent(JSON.parse(text), inspectEvent(text), NOW);
  if (!formed.ok) return formed;
  return acceptEvent(formed.formed, {
    workspaceId: asWorkspaceId("ws_1"),
    eventType: type,
    schemas,
    defaultId: () => asEventId("evt_made"),
    defaultTimestampMs: NOW,
    nowMs: NOW,
  });
}

const codeOf = (outcome: ReturnType<typeof take>) => (outcome.ok ? "ok" : outcome.refusal.code);

describe("taking an event", () => {
  test("every JSON text is accepted with its data unchanged or refused with a reason, and none throws", () => {
    const data = fc.dictionary(fc.string(), fc.jsonValue());
    const eventLike = fc.record(
      {
        id: fc.oneof(fc.string({ unit: "binary", maxLength: 210 }), fc.jsonValue()),
        type: fc.oneof(fc.string({ maxLength: 210 }), fc.jsonValue()),
        timestamp: fc.oneof(fc.constant("2026-01-15T10:00:00Z"), fc.jsonValue()),
        source: fc.oneof(fc.constantFrom("api", "import"), fc.jsonValue()),
        data: fc.oneof({ weight: 5, arbitrary: data }, { weight: 1, arbitrary: fc.jsonValue() }),
        other: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(eventLike, fc.jsonValue()), fc.constantFrom(undefined, 2), (value, space) => {
        const text = JSON.stringify(value, null, space);
        const outcome = take(text);
        if (!outcome.ok) {
          expect(outcome.refusal.errors.length).toBeGreaterThan(0);
          return;
        }
        const body = JSON.parse(Buffer.from(outcome.accepted.body).toString()) as { data: unknown };
        expect(body.data).toEqual((JSON.parse(text) as { data: unknown }).data);
        expect(outcome.accepted.body.byteLength).toBeLessThanOrEqual(EVENT_BYTES_MAX);
      }),
      { numRuns: 500 },
    );
  });

  test("the bytes are the native form, whatever order the event came in", () => {
    const outcome = take('{"data":{"b":1,"a":2},"type":"t"}');
    expect(outcome.ok && Buffer.from(outcome.accepted.body).toString()).toBe(
      '{"id":"evt_made","type":"t","timestamp":"2026-01-15T10:00:00.000Z","source":"api","data":{"b":1,"a":2}}',
    );
  });

  test.each([
    ['{"type":"t","data":{},"other":"x"}', "unknown_field"],
    ['{"type":"t","data":{},"other":"x","id":7}', "invalid_event"],
    ['{"type":"t","data":{},"deliverAt":"2026-01-15T10:00:30Z"}', "invalid_event"],
    ['{"type":"t","data":{"a":1,"a":2}}', "invalid_event"],
    ["null", "invalid_event"],
  ])("%s is refused as %s", (text, code) => {
    expect(codeOf(take(text))).toBe(code);
  });

  test("deliverAt travels beside the event, not in its bytes", () => {
    const outcome = take('{"type":"t","data":{},"deliverAt":"2026-01-16T12:00:00.5+02:00"}');
    expect(outcome.ok && outcome.accepted.meta.deliverAt).toBe(Date.parse("2026-01-16T10:00:00.5Z"));
    expect(outcome.ok && Buffer.from(outcome.accepted.body).toString()).not.toContain("deliverAt");
  });

  test("a type the workspace does not have, a misfit, and too many bytes have their codes", () => {
    const formed = formEvent({ type: "t", data: {} }, undefined, NOW);
    if (!formed.ok) throw new Error("formed");
    const context = {
      workspaceId: asWorkspaceId("ws_1"),
      schemas,
      defaultId: () => asEventId("e"),
      defaultTimestampMs: NOW,
      nowMs: NOW,
    };
    expect(codeOf(acceptEvent(formed.formed, { ...context, eventType: undefined }))).toBe(
      "unknown_event_type",
    );
    expect(codeOf(take('{"type":"t","data":{}}', eventType({ schemaJson: '{"required":["a"]}' })))).toBe(
      "schema_mismatch",
    );
    const large = JSON.stringify({ type: "t", data: { x: "é".repeat(EVENT_BYTES_MAX / 2) } });
    expect(codeOf(take(large))).toBe("event_too_large");
  });

  test("mode warn notes a misfit, mode off does not look", () => {
    const misfit = (validation: string) =>
      take('{"type":"t","data":{}}', eventType({ schemaJson: '{"required":["a"]}', validation }));
    const noted = misfit("warn");
    expect(noted.ok && noted.accepted.meta.schemaWarning).toContain("data.a");
    const ignored = misfit("off");
    expect(ignored.ok && ignored.accepted.meta).not.toHaveProperty("schemaWarning");
  });

  test("only the type's suppressed sources are marked (W2)", () => {
    const from = (source: string) =>
      take(JSON.stringify({ type: "t", source, data: {} }), eventType({ suppressedSources: ["import"] }));
    const suppressed = from("import");
    const other = from("admin");
    expect(suppressed.ok && suppressed.accepted.meta.suppressed).toBe(true);
    expect(other.ok && other.accepted.meta).not.toHaveProperty("suppressed");
  });

  test("only a type to which no source filter applies is marked so (W3)", () => {
    const ofType = (sourceFilter?: boolean) =>
      take('{"type":"t","data":{}}', eventType(sourceFilter === undefined ? {} : { sourceFilter }));
    const ignoring = ofType(false);
    expect(ignoring.ok && ignoring.accepted.meta.ignoresSourceFilter).toBe(true);
    for (const other of [ofType(true), ofType()]) {
      expect(other.ok && other.accepted.meta).not.toHaveProperty("ignoresSourceFilter");
    }
  });
});
