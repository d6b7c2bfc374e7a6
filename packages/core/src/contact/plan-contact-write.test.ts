import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { asAudienceId, asContactId } from "../ids.js";
import { type Contact, CONTACT_STATUSES, type ContactState, EMAIL_FORMATS, toEmailKey } from "./contact.js";
import { applyContactPatch, type ContactPatch, toNewContactState } from "./contact-patch.js";
import {
  type ContactPlan,
  planContactWrite,
  toContactEvent,
  type WantedContact,
} from "./plan-contact-write.js";

const AT = new Date("2026-01-15T10:00:00Z");
const ids = { id: asContactId("ct_1"), audienceId: asAudienceId("au_1") };

const state: ContactState = {
  email: "Lea@example.org",
  emailFormat: "html",
  status: "subscribed",
  fields: { city: "Lyon", orders: 2 },
  tags: ["vip"],
};
const contact: Contact = {
  ...ids,
  ...state,
  version: 4,
  createdAt: new Date("2025-12-01T08:00:00Z"),
  updatedAt: new Date("2025-12-02T08:00:00Z"),
};

const subscriber = {
  id: "ct_1",
  audience_id: "au_1",
  email: "Lea@example.org",
  email_format: "html",
  fields: { city: "Lyon", orders: 2 },
  tags: ["vip"],
  status: "subscribed",
};

const wanted = (patch: ContactPatch): WantedContact => ({ ...ids, ...applyContactPatch(contact, patch) });
const typesOf = ({ events }: ContactPlan) => events.map(({ type }) => type);
const changedBy = (patch: ContactPatch) => planContactWrite(contact, wanted(patch), AT);

describe("what a contact's change fires", () => {
  test("added: subscribed; added as unsubscribed: nothing", () => {
    const added = planContactWrite(undefined, { ...ids, ...state }, AT);
    expect(added).toEqual({
      kind: "added",
      contact: { ...ids, ...state, version: 1, createdAt: AT, updatedAt: AT },
      events: [{ type: "audience.subscribed", data: { subscriber } }],
    });
    const silent = planContactWrite(undefined, { ...ids, ...state, status: "unsubscribed" }, AT);
    expect(silent).toMatchObject({ kind: "added", events: [] });
  });

  test("unsubscribed and subscribed again", () => {
    const left = changedBy({ status: "unsubscribed" });
    expect(left).toMatchObject({
      kind: "updated",
      contact: { version: 5, createdAt: contact.createdAt, updatedAt: AT, status: "unsubscribed" },
      events: [
        {
          type: "audience.unsubscribed",
          data: {
            subscriber: { ...subscriber, status: "unsubscribed" },
            action: "unsubscribed",
            reason: "manual",
            campaign_id: null,
          },
        },
      ],
    });
    const back = planContactWrite({ ...contact, status: "unsubscribed" }, { ...ids, ...state }, AT);
    expect(typesOf(back)).toEqual(["audience.subscribed"]);
  });

  test("deleted: tells of those alone who were subscribed", () => {
    expect(planContactWrite(contact, undefined, AT)).toEqual({
      kind: "deleted",
      contact: { ...contact, version: 5, updatedAt: AT },
      events: [
        {
          type: "audience.unsubscribed",
          data: { subscriber, action: "deleted", reason: "manual", campaign_id: null },
        },
      ],
    });
    const silent = planContactWrite({ ...contact, status: "unsubscribed" }, undefined, AT);
    expect(silent).toMatchObject({ kind: "deleted", events: [] });
    expect(planContactWrite(undefined, undefined, AT)).toEqual({ kind: "absent", events: [] });
  });

  test("another address; the same one spelled differently is the profile's", () => {
    expect(changedBy({ email: "lea.roux@example.org" }).events).toEqual([
      {
        type: "audience.email_changed",
        data: {
          audience_id: "au_1",
          subscriber_id: "ct_1",
          old_email: "Lea@example.org",
          new_email: "lea.roux@example.org",
        },
      },
    ]);
    expect(changedBy({ email: "lea@example.org" }).events).toMatchObject([
      { type: "audience.profile_updated", data: { changed_fields: ["email"] } },
    ]);
  });

  test("its profile: what changed, by name", () => {
    const { events } = changedBy({
      fields: { city: "Paris", orders: null, plan: "max" },
      emailFormat: null,
      addTags: ["new"],
    });
    expect(events).toEqual([
      {
        type: "audience.profile_updated",
        data: {
          subscriber: {
            id: "ct_1",
            audience_id: "au_1",
            email: "Lea@example.org",
            fields: { city: "Paris", plan: "max" },
            tags: ["new", "vip"],
            status: "subscribed",
          },
          changed_fields: ["city", "email_format", "orders", "plan", "tags"],
        },
      },
    ]);
  });

  test("all at once: how it is comes last", () => {
    const plan = changedBy({ email: "l@example.org", tags: [], status: "unsubscribed" });
    expect(typesOf(plan)).toEqual([
      "audience.email_changed",
      "audience.profile_updated",
      "audience.unsubscribed",
    ]);
  });

  test("what changes nothing: no version, no event", () => {
    expect(
      changedBy({ email: "Lea@example.org", fields: { city: "Lyon", x: null }, addTags: ["vip"] }),
    ).toEqual({
      kind: "unchanged",
      contact,
      events: [],
    });
  });
});

describe("of any two states", () => {
  const text = fc.constantFrom("a@example.org", "A@example.org", "b@example.org");
  const anyState: fc.Arbitrary<ContactState> = fc
    .record({
      email: text,
      emailFormat: fc.option(fc.constantFrom(...EMAIL_FORMATS), { nil: undefined }),
      status: fc.constantFrom(...CONTACT_STATUSES),
      fields: fc.dictionary(
        fc.constantFrom("a", "b", "tags"),
        fc.oneof(fc.integer({ max: 2, min: 0 }), fc.boolean()),
      ),
      tags: fc.uniqueArray(fc.constantFrom("t", "u"), { maxLength: 2 }),
    })
    .map(({ emailFormat, tags, ...others }) => ({
      ...others,
      tags: tags.sort(),
      ...(emailFormat && { emailFormat }),
    }));

  test("exactly one event tells of each thing that differs, and none of what does not", () => {
    fc.assert(
      fc.property(anyState, anyState, (before, after) => {
        const current: Contact = { ...contact, ...before };
        if (!before.emailFormat) delete (current as { emailFormat?: unknown }).emailFormat;
        const plan = planContactWrite(current, { ...ids, ...after }, AT);
        const types = typesOf(plan);
        expect(new Set(types).size).toBe(types.length);
        const isOther = toEmailKey(before.email) !== toEmailKey(after.email);
        expect(types.includes("audience.email_changed")).toBe(isOther);
        const profile = ({ emailFormat, fields, tags, email }: ContactState) =>
          JSON.stringify([emailFormat, Object.entries(fields).sort(), tags, isOther || email]);
        expect(types.includes("audience.profile_updated")).toBe(profile(before) !== profile(after));
        const left = before.status === "subscribed" && after.status === "unsubscribed";
        const came = before.status === "unsubscribed" && after.status === "subscribed";
        expect(types.includes("audience.unsubscribed")).toBe(left);
        expect(types.includes("audience.subscribed")).toBe(came);
        expect(plan.kind).toBe(types.length > 0 ? "updated" : "unchanged");
      }),
    );
  });

  test("writing the same again is unchanged, whatever it made before", () => {
    fc.assert(
      fc.property(anyState, anyState, (before, after) => {
        const first = planContactWrite({ ...contact, ...before }, { ...ids, ...after }, AT);
        if (first.kind === "absent") throw new Error("it is there");
        expect(planContactWrite(first.contact, { ...ids, ...after }, AT).kind).toBe("unchanged");
      }),
    );
  });

  test("patching twice is patching once", () => {
    const patch: fc.Arbitrary<ContactPatch> = fc.record(
      {
        email: text,
        emailFormat: fc.constantFrom("html" as const, null),
        status: fc.constantFrom(...CONTACT_STATUSES),
        fields: fc.option(fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom(1, true, null))),
        tags: fc.array(fc.constantFrom("t", "u", "v")),
        addTags: fc.array(fc.constantFrom("t", "w")),
        removeTags: fc.array(fc.constantFrom("t", "u")),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anyState, patch, (before, given) => {
        const once = applyContactPatch(before, given);
        expect(applyContactPatch(once, given)).toEqual(once);
        expect([...once.tags]).toEqual([...new Set(once.tags)].sort());
      }),
    );
  });
});

test("a new contact is subscribed, unless it is said otherwise", () => {
  expect(toNewContactState("a@example.org", { tags: ["b", "a", "b"] })).toEqual({
    email: "a@example.org",
    status: "subscribed",
    fields: {},
    tags: ["a", "b"],
  });
  expect(toNewContactState("a@example.org", { status: "unsubscribed" }).status).toBe("unsubscribed");
});

test("an event's id is of the contact, the version and its place, and of nothing else", () => {
  const { events } = changedBy({ email: "l@example.org", status: "unsubscribed" });
  const made = events.map((event, ordinal) =>
    toContactEvent({ ...contact, version: 5 }, event, ordinal, "admin"),
  );
  expect(made.map(({ id, source }) => [id, source])).toEqual([
    ["ct:ct_1:5:0", "admin"],
    ["ct:ct_1:5:1", "admin"],
  ]);
});
