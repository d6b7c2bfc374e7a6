import { TRIGGER_EXAMPLES } from "@hooklane/contracts";
import { asEventId, asWorkspaceId, JOURNEY_ARRIVAL, JOURNEY_POINT_REACHED } from "@hooklane/core";
import { describe, expect, test } from "@jest/globals";
import { SchemaChecks } from "../catalogue/schema-checks.js";
import { acceptEvent, formEvent } from "./accept-event.js";
import { inspectEvent } from "./event-text.js";

const NOW = Date.parse("2026-01-15T10:00:00Z");
const schemas = new SchemaChecks({
  onUnusable: (_type, error) => {
    throw error;
  },
});
const { contact } = TRIGGER_EXAMPLES["journey.point_reached"];
const data = { journey_id: "jn_1", point_id: "wh_1", contact };

function take(given: object) {
  const text = JSON.stringify({ type: JOURNEY_ARRIVAL, data, ...given });
  const formed = formEvent(JSON.parse(text), inspectEvent(text), NOW);
  if (!formed.ok) throw new Error(JSON.stringify(formed.refusal));
  return acceptEvent(formed.formed, {
    workspaceId: asWorkspaceId("ws_1"),
    eventType: undefined,
    schemas,
    defaultId: () => asEventId("in:cluster:0:7"),
    defaultTimestampMs: NOW,
    nowMs: NOW,
  });
}

function faultsOf(given: object): readonly string[] {
  const outcome = take(given);
  return outcome.ok ? [] : outcome.refusal.errors.map(({ path, code }) => `${path} ${code}`);
}

describe("an arrival told by event", () => {
  test("is the same event, of the type points get, at the point it names", () => {
    const outcome = take({ id: "a-1", source: "automation", data: { ...data, more: { kept: 1.5 } } });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
    expect(outcome.accepted.meta).toEqual({
      workspaceId: "ws_1",
      recordId: "a-1",
      eventId: "a-1",
      type: JOURNEY_POINT_REACHED,
      source: "automation",
      acceptedAt: NOW,
      aimedAt: "wh_1",
    });
    expect(JSON.parse(Buffer.from(outcome.accepted.body).toString())).toEqual({
      id: "a-1",
      type: JOURNEY_POINT_REACHED,
      timestamp: "2026-01-15T10:00:00.000Z",
      source: "automation",
      data: { ...data, more: { kept: 1.5 } },
    });
  });

  test("without an id has that of its place, so that reading it again is the same arrival", () => {
    expect(take({})).toMatchObject({ ok: true, accepted: { meta: { recordId: "in:cluster:0:7" } } });
  });

  test("of a contact by its id alone is refused: nothing is looked up on the way in", () => {
    expect(faultsOf({ data: { ...data, contact: { id: "ct_1" } } })).toEqual([
      "data.contact.audience_id schema_mismatch",
      "data.contact.email schema_mismatch",
    ]);
  });

  test("says field by field what it lacks", () => {
    expect(faultsOf({ data: {} })).toEqual([
      "data.journey_id schema_mismatch",
      "data.point_id schema_mismatch",
      "data.contact schema_mismatch",
    ]);
    expect(faultsOf({ data: { ...data, contact: { id: "c-1", email: "nobody" } } })).toEqual([
      "data.contact.audience_id schema_mismatch",
      "data.contact.email schema_mismatch",
    ]);
    expect(faultsOf({ data: { ...data, point_id: 7 } })).toEqual(["data.point_id schema_mismatch"]);
    for (const point_id of ["", "x".repeat(301)])
      expect(faultsOf({ data: { ...data, point_id } })).toEqual(["data.point_id invalid_value"]);
  });

  test("is now", () => {
    expect(faultsOf({ deliverAt: "2026-01-16T10:00:00Z" })).toEqual(["deliverAt excluded_by"]);
  });

  test("is the only way to a point: nobody sends the point's own type", () => {
    expect(take({ type: JOURNEY_POINT_REACHED })).toMatchObject({
      ok: false,
      refusal: { code: "unknown_event_type" },
    });
  });
});
