import { describe, expect, test } from "@jest/globals";
import type { JourneyPoint } from "@hooklane/client";
import { endOf, type MapPath, type Step, toMap, withPoint } from "./journey-map.js";

const point = (id: string) => ({ id }) as JourneyPoint;
const step = (id: string, ...next: string[]): Step => ({ id, kind: "point", pointId: id, next });

/** Each way as `a>b>end`; of several they stand in brackets. */
const draw = (paths: readonly MapPath[]): string => {
  const drawn = paths.map(({ to }) => {
    if (to.kind === "end") return "end";
    return to.kind === "join" ? `(${to.step.id})` : `${to.node.step.id}>${draw(to.node.paths)}`;
  });
  return drawn.length === 1 ? String(drawn[0]) : `[${drawn.join(" ")}]`;
};

const drawn = (steps: readonly Step[], points: readonly JourneyPoint[] = []) =>
  draw(toMap(steps, points).paths);

describe("the map of a journey", () => {
  test("without points leads from the beginning to the end", () => {
    expect(drawn([])).toBe("end");
  });

  test("has the points in the order they came, where nobody drew another", () => {
    expect(drawn([], [point("a"), point("b")])).toBe("a>b>end");
  });

  test("shows each step once, wherever ways part, meet, or lead back", () => {
    expect(drawn([step("rule", "a", "b"), step("a", "c"), step("b", "c", "rule"), step("c")])).toBe(
      "rule>[a>c>end b>[(c) (rule)]]",
    );
    expect(drawn([step("a", "b"), step("b", "a")])).toBe("a>b>(a)");
  });

  test("tells the points that do not stand on it", () => {
    expect(toMap([step("a")], [point("a"), point("b")]).unplaced).toEqual([point("b")]);
  });
});

describe("a point that is added", () => {
  const steps = [step("a", "b"), step("b")];

  test.each([
    [{}, "[n>end a>b>end]"],
    [{ before: "a" }, "n>a>b>end"],
    [{ after: "a", before: "b" }, "a>n>b>end"],
    [{ after: "b" }, "a>b>n>end"],
    [{ after: "a", before: "gone" }, "a>[b>end n>end]"],
    [{ after: "gone", before: "b" }, "[a>b>end n>(b)]"],
  ])("at %j makes it %s", (place, expected) => {
    expect(drawn(withPoint(steps, "n", place))).toBe(expected);
  });

  test("at the end stands behind the last step, also of a map that goes in circles", () => {
    expect(endOf(steps)).toEqual({ after: "b" });
    expect(endOf([step("a", "b"), step("b", "a")])).toEqual({ after: "b" });
    expect(drawn(withPoint([], "n", endOf([])))).toBe("n>end");
  });
});
