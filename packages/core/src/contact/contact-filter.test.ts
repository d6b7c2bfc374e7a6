import { describe, expect, test } from "@jest/globals";
import { asAudienceId, asContactId } from "../ids.js";
import { checkFilter } from "../filter/parse-filter.js";
import { toSubscriber } from "./contact.js";
import { compileContactFilter, CONTACT_SUBJECT } from "./contact-filter.js";

const subscriber = toSubscriber({
  id: asContactId("ct_1"),
  audienceId: asAudienceId("au_1"),
  email: "lea@example.org",
  status: "subscribed",
  fields: { city: "Lyon", orders: 3, "First name": "Léa" },
  tags: ["new", "vip"],
});

const matches = (conditions: unknown): boolean => {
  const compiled = compileContactFilter(conditions);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.faults));
  return compiled.filter.matches(subscriber);
};

describe("conditions of a segment", () => {
  test.each([
    [{ "fields.city": "Lyon", "fields.orders": { $gte: 3 } }, true],
    [{ tags: "vip", status: "subscribed" }, true],
    [{ tags: { $nin: ["vip"] } }, false],
    [{ "fields.First name": { $regex: "^l", $options: "i" } }, true],
    [{ email_format: { $exists: true } }, false],
    [{ $or: [{ email: { $regex: "@example\\.com$" } }, { "fields.plan": "max" }] }, false],
  ])("%j", (conditions, expected) => expect(matches(conditions)).toBe(expected));

  test("that are about an event, or forget where fields stand, are refused by name", () => {
    expect(checkFilter({ "data.city": "Lyon" }, CONTACT_SUBJECT)).toEqual([
      {
        path: ["data.city"],
        message: expect.stringMatching(/must begin with id, .*write fields\.data\.city/),
      },
    ]);
    expect(compileContactFilter({ city: "Lyon" }).ok).toBe(false);
  });
});
