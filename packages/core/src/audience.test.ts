import { expect, test } from "@jest/globals";
import { audienceIdOf } from "./audience.js";

test.each([
  [{ audience_id: "a_4" }, "a_4"],
  [{ subscriber: { id: "s_1", audience_id: "a_4" } }, "a_4"],
  [{ audience_id: "a_1", subscriber: { audience_id: "a_2" } }, "a_1"],
  [{}, undefined],
  [{ audience_id: 4 }, undefined],
  [{ subscriber: null }, undefined],
  [{ subscriber: "a_4" }, undefined],
  [Object.create({ audience_id: "inherited" }) as Record<string, unknown>, undefined],
])("an event with data %j is about audience %s", (data, expected) => {
  expect(audienceIdOf({ data })).toBe(expected);
});
