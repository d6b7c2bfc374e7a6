import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { OffsetLedger } from "./offset-ledger.js";

const setOffsets = ({ committed, done }: { committed: number; done: Uint8Array }) =>
  [...done].flatMap((byte, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (1 << bit)).map((bit) => committed + index * 8 + bit),
  );

describe("resolved offsets", () => {
  test("the watermark is always the lowest unresolved offset, through restarts, as a plain set says", () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ kind: fc.constant("resolve" as const), pick: fc.nat(1_000_000) }) },
      { weight: 5, arbitrary: fc.record({ kind: fc.constant("take" as const), count: fc.nat(40) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart" as const) }) },
    );
    fc.assert(
      fc.property(fc.nat(2 ** 34), fc.array(step, { maxLength: 80 }), (first, steps) => {
        let ledger = new OffsetLedger({ committed: first, done: new Uint8Array(0) });
        const resolved = new Set<number>();
        let highest = first;
        for (const each of steps) {
          if (each.kind === "take") for (let i = 0; i < each.count; i++) ledger.takeIn();
          if (each.kind === "resolve" && ledger.next > first) {
            const offset = first + (each.pick % (ledger.next - first));
            resolved.add(offset);
            ledger.resolve(offset);
            ledger.advance();
          }
          if (each.kind === "restart") {
            highest = Math.max(highest, ledger.next);
            ledger = new OffsetLedger(ledger.snapshot());
            expect(ledger.next).toBe(ledger.committed);
            while (ledger.next < highest) ledger.takeIn();
            ledger.advance();
          }
          let expected = first;
          while (resolved.has(expected)) expected++;
          expect(ledger.committed).toBe(Math.min(expected, ledger.next));
          const above = [...resolved].filter((offset) => offset >= ledger.committed).sort((a, b) => a - b);
          expect(setOffsets(ledger.snapshot())).toEqual(above);
        }
      }),
    );
  });

  test("a blocked offset far behind costs a bit an offset, given back when it is resolved", () => {
    const ledger = new OffsetLedger({ committed: 0, done: new Uint8Array(0) });
    for (let offset = 0; offset < 200_000; offset++) ledger.takeIn();
    for (let offset = 1; offset < 200_000; offset++) ledger.resolve(offset);
    expect(ledger.advance()).toBe(0);
    expect(ledger.snapshot().done.length).toBe(25_000);
    ledger.resolve(0);
    expect(ledger.advance()).toBe(200_000);
    expect(ledger.snapshot()).toEqual({ committed: 200_000, done: new Uint8Array(0) });
  });

  test("the watermark does not pass what was not read, even if an earlier owner resolved it", () => {
    const ledger = new OffsetLedger({ committed: 5, done: Uint8Array.of(0b11) });
    expect(ledger.advance()).toBe(0);
    expect(ledger.takeIn()).toBe(true);
    expect(ledger.advance()).toBe(1);
    expect(ledger.committed).toBe(6);
  });
});
