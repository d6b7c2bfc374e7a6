import { expect, test } from "@jest/globals";
import { encodeEvent } from "./server-sent-event.js";

test("no text in the data makes a line of its own", () => {
  const used = "\r\n\nevent: reset\ndata: {}\n\n\u2028";
  const text = encodeEvent({ event: "delivery", id: "1", data: { errorDetail: used } as never });
  expect(text.split(/\r\n|\r|\n/)).toEqual([
    "event: delivery",
    "id: 1",
    `data: ${JSON.stringify({ errorDetail: used })}`,
    "",
    "",
  ]);
});
