import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { asWebhookId } from "../ids.js";
import { checkSteps, type JourneyStep, withoutPoint } from "./journey-steps.js";

const welcome = asWebhookId("wh_welcome");
const thanks = asWebhookId("wh_thanks");
const points = new Set([welcome, thanks]);

const map: readonly JourneyStep[] = [
  { id: "in", kind: "start", label: "Signs up", next: ["hello"] },
  { id: "hello", kind: "point", pointId: welcome, next: ["bought"] },
  { id: "bought", kind: "rule", label: "Bought something?", next: ["thanks", "hello"] },
  { id: "thanks", kind: "point", pointId: thanks, next: [] },
];

describe("a journey's map", () => {
  test("may lead back, and need not have every point", () => {
    expect(checkSteps(map, points)).toEqual([]);
    expect(checkSteps([], points)).toEqual([]);
  });

  test("names each step once, leads to steps it has, and has points of its own journey once", () => {
    const broken: readonly JourneyStep[] = [
      ...map,
      { id: "in", kind: "action", label: "Tag", next: ["out", "in"] },
      { id: "twice", kind: "point", pointId: welcome, next: [] },
      { id: "else", kind: "point", pointId: asWebhookId("wh_else"), next: [] },
    ];
    expect(checkSteps(broken, points)).toEqual([
      { kind: "repeated_id", index: 4 },
      { kind: "unknown_next", index: 4, nextIndex: 0 },
      { kind: "repeated_point", index: 5 },
      { kind: "unknown_point", index: 6 },
    ]);
  });

  test("whose point is deleted goes on to where that led", () => {
    expect(withoutPoint(map, welcome)).toEqual([
      { id: "in", kind: "start", label: "Signs up", next: ["bought"] },
      { id: "bought", kind: "rule", label: "Bought something?", next: ["thanks", "bought"] },
      { id: "thanks", kind: "point", pointId: thanks, next: [] },
    ]);
    expect(withoutPoint(map, asWebhookId("wh_else"))).toBe(map);
  });

  test("is whole without any of its points, whatever it looks like", () => {
    const id = fc.constantFrom("a", "b", "c", "d", "e");
    const step = fc.record({
      id,
      kind: fc.constant("point" as const),
      next: fc.uniqueArray(id, { maxLength: 4 }),
    });
    const anyMap = fc.uniqueArray(step, { selector: (one) => one.id, minLength: 1 }).map((steps) => {
      const ids = new Set(steps.map((one) => one.id));
      return steps.map((one) => ({
        ...one,
        pointId: asWebhookId(`wh_${one.id}`),
        next: one.next.filter((to) => ids.has(to)),
      }));
    });
    fc.assert(
      fc.property(anyMap, (steps) => {
        const all = new Set(steps.map(({ pointId }) => pointId));
        for (const point of all) {
          const rest = withoutPoint(steps, point);
          expect(rest).toHaveLength(steps.length - 1);
          expect(checkSteps(rest, all)).toEqual([]);
        }
      }),
    );
  });
});
