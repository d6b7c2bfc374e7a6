import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  accessOf,
  byRank,
  lockedTypesOf,
  type Plan,
  type PlannedWebhook,
  SELF_HOSTED,
  toPlannedState,
  unlocksOver,
  WEBHOOK_ACCESSES,
  whyNotActivatable,
  whyNotConfigurable,
} from "./plan.js";
import { PLAN_FAMILIES, plansOfFamily } from "./plan-families.js";
import { WEBHOOK_KINDS, WEBHOOK_STATUSES } from "./vocabulary.js";

const TYPES = ["email.opened", "sms.link_clicked", "contact.subscribed"];

const webhook = (change: Partial<PlannedWebhook> = {}): PlannedWebhook => ({
  kind: "events",
  eventTypes: ["email.opened"],
  ...change,
});

function installed(id: string): { plan: Plan; family: readonly Plan[] } {
  const family = PLAN_FAMILIES.map(plansOfFamily).find((plans) => plans.some((plan) => plan.id === id));
  const plan = family?.find((each) => each.id === id);
  if (!family || !plan) throw new Error(`There is no ${id}`);
  return { plan, family };
}

const configuring = (id: string, kind: PlannedWebhook["kind"] = "events") => {
  const { plan, family } = installed(id);
  return whyNotConfigurable(plan, family, kind);
};

const activating = (id: string, change: Partial<PlannedWebhook> = {}) => {
  const { plan, family } = installed(id);
  return whyNotActivatable(plan, family, webhook(change));
};

describe("the families", () => {
  test("mail: sms.link_clicked is locked below max, and nothing else", () => {
    const both = { eventTypes: ["email.opened", "sms.link_clicked"] };
    expect(configuring("mail.standard")).toBeUndefined();
    expect(activating("mail.standard")).toBeUndefined();
    expect(activating("mail.standard", both)).toEqual({
      feature: "events.sms.link_clicked",
      requiredPlan: "mail.max",
    });
    expect(activating("mail.max", both)).toBeUndefined();
  });

  test("audience: free and essentials make drafts, standard and premium activate", () => {
    for (const id of ["audience.free", "audience.essentials"]) {
      expect(configuring(id)).toBeUndefined();
      expect(activating(id)).toEqual({ feature: "webhooks.activate", requiredPlan: "audience.standard" });
    }
    for (const id of ["audience.standard", "audience.premium"]) expect(activating(id)).toBeUndefined();
  });

  test("messaging: nothing below advanced, everything from there on", () => {
    for (const id of ["messaging.starter", "messaging.growth"]) {
      expect(configuring(id)).toEqual({
        feature: "webhooks.configure",
        requiredPlan: "messaging.advanced",
      });
      expect(activating(id)?.feature).toBe("webhooks.activate");
    }
    for (const id of ["messaging.advanced", "messaging.enterprise"]) {
      expect(configuring(id)).toBeUndefined();
      expect(activating(id)).toBeUndefined();
    }
  });

  test("no two plans have one id, and each is of its family", () => {
    const plans = [SELF_HOSTED, ...PLAN_FAMILIES.flatMap(plansOfFamily)];
    expect(new Set(plans.map(({ id }) => id)).size).toBe(plans.length);
    for (const { id, family } of plans) expect(id.split(".")[0]).toBe(family);
  });
});

test("what the self-hosted plan allows is everything", () => {
  for (const kind of WEBHOOK_KINDS) {
    expect(whyNotActivatable(SELF_HOSTED, [SELF_HOSTED], { kind, eventTypes: TYPES })).toBeUndefined();
  }
});

test("a kind can differ from the others", () => {
  const plan: Plan = {
    ...SELF_HOSTED,
    webhooks: { access: "full", perKind: { journey_point: "configure", touchpoint: "none" } },
  };
  expect(WEBHOOK_KINDS.map((kind) => accessOf(plan, kind))).toEqual(["full", "full", "configure", "none"]);
  expect(whyNotActivatable(plan, [plan], webhook({ kind: "journey_point" }))).toEqual({
    feature: "webhooks.activate",
    requiredPlan: undefined,
  });
});

test("a webhook whose types are all locked is locked, one that has others goes on without them", () => {
  const { plan } = installed("mail.standard");
  const on = (eventTypes: readonly string[]) =>
    toPlannedState(plan, { ...webhook({ eventTypes }), status: "active" });
  expect(on(["sms.link_clicked"])).toEqual({
    status: "plan_locked",
    lockedEventTypes: ["sms.link_clicked"],
  });
  expect(on(["email.opened", "sms.link_clicked"])).toEqual({
    status: "active",
    lockedEventTypes: ["sms.link_clicked"],
  });
});

test("what a plan unlocks over another is what the other lacks", () => {
  const [free, , standard] = plansOfFamily("audience");
  expect(unlocksOver(free!, standard!)).toEqual({
    webhooks: WEBHOOK_KINDS.map((kind) => ({ kind, access: "full" })),
    eventTypes: [],
  });
  expect(unlocksOver(installed("mail.standard").plan, installed("mail.max").plan)).toEqual({
    webhooks: [],
    eventTypes: ["sms.link_clicked"],
  });
  expect(unlocksOver(standard!, free!)).toEqual({ webhooks: [], eventTypes: [] });
});

describe("whatever the plans", () => {
  const anyAccess = fc.constantFrom(...WEBHOOK_ACCESSES);
  const anyPlan: fc.Arbitrary<Plan> = fc.record({
    id: fc.integer({ min: 0, max: 1_000 }).map((n) => `f.p${n}`),
    family: fc.constant("f"),
    rank: fc.integer({ min: 0, max: 3 }),
    name: fc.constant({ en: "", fr: "" }),
    webhooks: fc.record({
      access: anyAccess,
      perKind: fc.dictionary(fc.constantFrom(...WEBHOOK_KINDS), anyAccess),
    }),
    events: fc.record({ locked: fc.subarray(TYPES) }),
  });
  const anyWebhook: fc.Arbitrary<PlannedWebhook> = fc.record({
    kind: fc.constantFrom(...WEBHOOK_KINDS),
    eventTypes: fc.subarray(TYPES, { minLength: 1 }),
  });
  const anyFamily = fc.uniqueArray(anyPlan, { selector: ({ id }) => id, minLength: 1, maxLength: 6 });

  test("the plan that is required allows it, and none that is cheaper does", () => {
    fc.assert(
      fc.property(anyFamily, anyWebhook, (family, given) => {
        for (const plan of family) {
          const refusal = whyNotActivatable(plan, family, given);
          const allowing = family.filter((other) => !whyNotActivatable(other, family, given)).sort(byRank);
          if (refusal) expect(refusal.requiredPlan).toBe(allowing[0]?.id);
          else expect(allowing).toContain(plan);
        }
      }),
    );
  });

  test("the required plan does not depend on the order of the family", () => {
    fc.assert(
      fc.property(anyFamily, anyWebhook, (family, given) => {
        const [plan] = family;
        expect(whyNotActivatable(plan!, [...family].reverse(), given)).toEqual(
          whyNotActivatable(plan!, family, given),
        );
        expect(whyNotConfigurable(plan!, [...family].reverse(), given.kind)).toEqual(
          whyNotConfigurable(plan!, family, given.kind),
        );
      }),
    );
  });

  test("what may be activated may be configured, and is not locked", () => {
    fc.assert(
      fc.property(anyPlan, anyWebhook, (plan, given) => {
        if (whyNotActivatable(plan, [plan], given)) return;
        expect(whyNotConfigurable(plan, [plan], given.kind)).toBeUndefined();
        expect(toPlannedState(plan, { ...given, status: "active" })).toEqual({
          status: "active",
          lockedEventTypes: [],
        });
      }),
    );
  });

  test("locking is idempotent, keeps what is off, and leaves on only what has access and a type that is not locked", () => {
    const anyStatus = fc.constantFrom(...WEBHOOK_STATUSES);
    fc.assert(
      fc.property(anyPlan, anyWebhook, anyStatus, (plan, given, status) => {
        const state = toPlannedState(plan, { ...given, status });
        expect(toPlannedState(plan, { ...given, status: state.status })).toEqual(state);
        if (status === "inactive" || status === "auto_disabled") expect(state.status).toBe(status);
        if (state.status === "active" || state.status === "recovering") {
          expect(accessOf(plan, given.kind)).toBe("full");
          expect(lockedTypesOf(plan, given.eventTypes).length).toBeLessThan(given.eventTypes.length);
        }
      }),
    );
  });

  test("down and up again, what was on is on, and what was off is off", () => {
    const anyStatus = fc.constantFrom("active", "inactive", "auto_disabled" as const);
    fc.assert(
      fc.property(anyPlan, anyWebhook, anyStatus, (plan, given, status) => {
        const down = toPlannedState(plan, { ...given, status }).status;
        expect(toPlannedState(SELF_HOSTED, { ...given, status: down }).status).toBe(status);
      }),
    );
  });
});
