import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { WaitingLine } from "./waiting-line.js";

test("first come, first served, but for those that gave up", () => {
  const step = fc.record({ do: fc.constantFrom("add", "takeFirst", "delete"), which: fc.nat({ max: 20 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const items = Array.from({ length: 21 }, (_, number) => ({ number }));
      const line = new WaitingLine<{ number: number }>();
      const model: { number: number }[] = [];
      for (const { do: action, which } of steps) {
        const item = items[which]!;
        const index = model.indexOf(item);
        if (action === "add" && index < 0) {
          line.add(item);
          model.push(item);
        } else if (action === "takeFirst") {
          expect(line.takeFirst()).toBe(model.shift());
        } else if (action === "delete") {
          expect(line.delete(item)).toBe(index >= 0);
          if (index >= 0) model.splice(index, 1);
        }
        expect(line.size).toBe(model.length);
      }
      for (const item of model) expect(line.takeFirst()).toBe(item);
      expect(line.takeFirst()).toBeUndefined();
    }),
  );
});
