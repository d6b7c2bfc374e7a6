import { describe, expect, test } from "@jest/globals";
import { asEndpointId } from "@hooklane/core";
import fc from "fast-check";
import { type BacklogPosition, toBacklogId, toBacklogIdRange } from "./backlog-id.js";

const lane = { endpointId: asEndpointId("ep_1"), partition: 7 };

/** Small numbers often, as neighbours and carries are where an order of strings breaks. */
const within = (max: number) =>
  fc.oneof(
    fc.nat(120),
    fc.maxSafeNat().map((value) => value % (max + 1)),
  );
const position: fc.Arbitrary<BacklogPosition> = fc.record({
  logEpoch: within(99_999_999),
  offset: within(Number.MAX_SAFE_INTEGER),
});
const compare = (one: BacklogPosition, other: BacklogPosition) =>
  Math.sign(one.logEpoch - other.logEpoch || one.offset - other.offset);
const isIn = (id: string, { from, to }: { from: string; to: string }) => id >= from && id < to;

describe("the id of a parked record", () => {
  test("orders a lane's records as their positions do", () => {
    fc.assert(
      fc.property(position, position, (one, other) => {
        const [a, b] = [toBacklogId(lane, one), toBacklogId(lane, other)];
        expect(a < b ? -1 : a > b ? 1 : 0).toBe(compare(one, other));
      }),
    );
  });

  test("a range holds exactly the positions after one and up to another", () => {
    fc.assert(
      fc.property(position, position, position, (each, after, upTo) => {
        expect(isIn(toBacklogId(lane, each), toBacklogIdRange(lane, { after, upTo }))).toBe(
          compare(each, after) > 0 && compare(each, upTo) <= 0,
        );
      }),
    );
  });

  test("an open range holds all of the lane and nothing of another endpoint", () => {
    const endpointId = fc.string({ unit: fc.constantFrom("0", "9", "A", "Z", "a", "z", "_"), maxLength: 3 });
    fc.assert(
      fc.property(endpointId, endpointId, position, (mine, other, each) => {
        const ofOther = toBacklogId({ endpointId: asEndpointId(`ep_${other}`), partition: 7 }, each);
        const all = toBacklogIdRange({ endpointId: asEndpointId(`ep_${mine}`), partition: 7 }, {});
        expect(isIn(ofOther, all)).toBe(mine === other);
      }),
    );
  });

  test("a range after -1 begins with the first offset of its log epoch", () => {
    const range = toBacklogIdRange(lane, { after: { logEpoch: 3, offset: -1 } });
    expect(range.from).toBe(toBacklogId(lane, { logEpoch: 3, offset: 0 }));
  });

  test.each([
    { logEpoch: 100_000_000, offset: 0 },
    { logEpoch: 0, offset: -1 },
    { logEpoch: 0, offset: 0.5 },
    { logEpoch: 0, offset: NaN },
    { logEpoch: 0, offset: 1e22 },
  ])("a position that would break the order is refused: %o", (impossible) => {
    expect(() => toBacklogId(lane, impossible)).toThrow(RangeError);
  });
});
