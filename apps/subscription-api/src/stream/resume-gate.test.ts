import { parseClusterTime } from "@hooklane/store";
import { describe, expect, test } from "@jest/globals";
import { ResumeGate } from "./resume-gate.js";

const at = (second: number) => parseClusterTime(second.toString(16).padStart(8, "0") + "00000001")!;
const item = (second: number, key: string) => ({ position: { time: at(second), key } });

/** What comes through of batches of items; the last batch is at the end. */
function pass(
  from: { readonly second: number; readonly key?: string },
  ...batches: readonly (readonly ReturnType<typeof item>[])[]
): readonly string[] {
  const gate = new ResumeGate<ReturnType<typeof item>>({
    time: at(from.second),
    ...(from.key !== undefined && { key: from.key }),
  });
  return batches.flatMap((batch, index) =>
    gate.pass(batch, index === batches.length - 1).map(({ position }) => position.key),
  );
}

describe("what a client gets that was at a position", () => {
  const moment = [item(5, "a"), item(5, "b"), item(5, "c")];

  test("is what came behind it in the same moment, and everything later", () => {
    expect(pass({ second: 5, key: "b" }, [item(4, "z"), ...moment, item(6, "b")])).toEqual(["c", "b"]);
    expect(pass({ second: 5, key: "c" }, [...moment, item(6, "d")])).toEqual(["d"]);
  });

  test("is the whole moment when nothing of it was sent", () => {
    expect(pass({ second: 5 }, [item(4, "z"), ...moment])).toEqual(["a", "b", "c"]);
  });

  test("is the whole moment when what was sent last is gone: rather twice than never", () => {
    expect(pass({ second: 5, key: "gone" }, [...moment, item(6, "d")])).toEqual(["a", "b", "c", "d"]);
    expect(pass({ second: 5, key: "gone" }, moment)).toEqual(["a", "b", "c"]);
  });

  test("is the same in whatever pieces it is read", () => {
    for (let cut = 0; cut <= 4; cut++) {
      const items = [...moment, item(6, "d")];
      const pieces = [items.slice(0, cut), items.slice(cut), []];
      expect(pass({ second: 5, key: "a" }, ...pieces)).toEqual(["b", "c", "d"]);
      expect(pass({ second: 5, key: "gone" }, ...pieces)).toEqual(["a", "b", "c", "d"]);
    }
  });

  test("is everything from the end of the reading on", () => {
    const gate = new ResumeGate<ReturnType<typeof item>>({ time: at(5), key: "a" });
    expect(gate.pass([], true)).toEqual([]);
    expect(gate.pass([item(6, "a")], false)).toHaveLength(1);
  });
});
