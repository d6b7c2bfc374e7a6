import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { EVENT_DEPTH_MAX, inspectBatch, inspectEvent } from "./event-text.js";

const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

describe("an event's text", () => {
  test("without anything special tells nothing", () => {
    expect(inspectEvent('{ "type" : "t" , "data" : { "a" : [ 1 , "x\\"}" , { } , [ ] ] } }')).toEqual({
      fault: undefined,
      dataText: undefined,
    });
  });

  test.each([
    ['{"type":"a","type":"b"}', ["type"]],
    ['{"data":{"a":1,"b":{"c":1,"c":2}}}', ["data", "b", "c"]],
    ['{"data":{"l":[{},{"x":1,"x":1}]}}', ["data", "l", "1", "x"]],
    ['{"data":{"a":1,"\\u0061":2}}', ["data", "a"]],
    ['{"data":{"__proto__":1,"__proto__":2}}', ["data", "__proto__"]],
  ])("a member that stands twice is found: %s", (text, path) => {
    expect(inspectEvent(text).fault).toEqual({ kind: "duplicate", path });
  });

  test("the same name in different objects is none", () => {
    expect(inspectEvent('{"id":"1","data":{"id":"2","l":[{"id":1},{"id":1}]}}').fault).toBeUndefined();
  });

  test("depth is bounded, and no depth breaks the scan", () => {
    // The event and its data are two levels.
    const at = (levels: number) => inspectEvent(`{"data":{"a":${nested(levels)}},"z":1}`).fault;
    expect(at(EVENT_DEPTH_MAX - 2)).toBeUndefined();
    expect(at(EVENT_DEPTH_MAX - 1)?.kind).toBe("too_deep");
    expect(at(100_000)?.kind).toBe("too_deep");
    expect(inspectEvent(`{"data":${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}}`).fault?.kind).toBe(
      "too_deep",
    );
  });

  test.each(["12345678901234567890", "0.12345678901234567", "1e400", "-1E5", "123456789.1234567"])(
    "data with the number %s is kept as written",
    (number) => {
      const data = `{ "n" : ${number} }`;
      expect(inspectEvent(`{"type":"t","data":${data},"id":"x"}`).dataText).toBe(data);
    },
  );

  test.each(['{"n":123456789012345}', '{"n":-1.5}', '{"n":"12345678901234567890"}', '{"e":true,"f":false}'])(
    "data %s is written anew",
    (data) => {
      expect(inspectEvent(`{"data":${data}}`).dataText).toBeUndefined();
    },
  );

  test("no JSON text has a fault when JavaScript wrote it, and none breaks the scan", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, "\t"), (value, space) => {
        expect(inspectEvent(JSON.stringify({ data: value }, null, space)).fault).toBeUndefined();
        inspectEvent(JSON.stringify(value, null, space));
      }),
    );
  });

  test("the text of data stands for the same value", () => {
    const number = fc.oneof(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.maxSafeInteger());
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(number, fc.string(), fc.array(number))), (data) => {
        const { dataText } = inspectEvent(JSON.stringify({ a: 1, data, b: '"{' }, null, 1));
        if (dataText !== undefined) expect(JSON.parse(dataText)).toEqual(JSON.parse(JSON.stringify(data)));
      }),
    );
  });
});

describe("a batch's text", () => {
  test("tells of each event by itself", () => {
    const { repeated, events } = inspectBatch(
      '{"events":[{"data":{}},{"data":{"a":1,"a":2}},7,{"data":{"n":1e5}},[{"b":1,"b":1}]]}',
    );
    expect(repeated).toBeUndefined();
    expect(events.map(({ fault, dataText }) => fault?.path.join(".") ?? dataText)).toEqual([
      undefined,
      "data.a",
      undefined,
      '{"n":1e5}',
      "0.b",
    ]);
  });

  test("tells a repeated frame, and of a frame that is none nothing", () => {
    expect(inspectBatch('{"events":[],"events":[{}]}').repeated).toBe("events");
    expect(inspectBatch('{"x":{"events":[]},"events":7}')).toEqual({ repeated: undefined, events: [] });
    expect(inspectBatch("[1]")).toEqual({ repeated: undefined, events: [] });
  });

  test("has as many entries as the batch has events", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 2), (events, space) => {
        expect(inspectBatch(JSON.stringify({ events }, null, space)).events).toHaveLength(events.length);
      }),
    );
  });
});
