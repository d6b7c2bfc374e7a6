import { describe, expect, test } from "@jest/globals";
import { asContactId } from "../ids.js";
import { foldSettled } from "./fold.js";
import { outcomeOf } from "./outcome.js";
import { decideTouchpointCall, toTouchpointCounts } from "./touchpoint.js";
import { mergeReadPart, planWalkPage } from "./walk.js";

const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => asContactId(`ct_${name}`)) as [
  ReturnType<typeof asContactId>,
  ReturnType<typeof asContactId>,
  ReturnType<typeof asContactId>,
  ReturnType<typeof asContactId>,
];

describe("calls of a touchpoint", () => {
  test("are taken until it is due, whether or not anybody took it up", () => {
    const scheduled = { status: "scheduled", isDue: false } as const;
    expect(decideTouchpointCall("cancel", scheduled)).toEqual({ kind: "do" });
    expect(decideTouchpointCall("edit", scheduled)).toEqual({ kind: "do" });
    expect(decideTouchpointCall("schedule", scheduled)).toEqual({ kind: "nothing" });
    for (const call of ["cancel", "edit", "schedule"] as const) {
      const refused = { kind: "refused", because: "is_due" };
      expect(decideTouchpointCall(call, { ...scheduled, isDue: true })).toEqual(refused);
      expect(decideTouchpointCall(call, { status: "running", isDue: true })).toEqual(refused);
    }
  });
});

describe("the counts of a touchpoint", () => {
  test("are told up to the first contact without an end, each by its own", () => {
    const folded = foldSettled([
      { id: a, outcome: "delivered" },
      { id: b, outcome: "unmatched" },
      { id: c, outcome: "retrying" },
      { id: d, outcome: "delivered" },
    ]);
    expect(folded).toEqual({ through: b, tally: { sent: 1, failed: 0, skipped: 1, cancelled: 0 } });
    expect(toTouchpointCounts(4, 2, folded.tally)).toEqual({
      contacts: 6,
      sent: 1,
      failed: 0,
      skipped: 1,
      cancelled: 2,
      pending: 2,
    });
  });
});

describe("the end of a contact's event", () => {
  const recovering = { status: "recovering", generation: 4, owedSince: 2 } as const;
  const active = { ...recovering, status: "active" } as const;

  test("is its own delivery's, whatever recoveries there are, unless that was skipped", () => {
    for (const own of ["delivered", "dead_letter", "cancelled", "pending", "retrying"] as const)
      expect(outcomeOf({ own, owedIn: 2, recovered: ["delivered"] }, recovering)).toBe(own);
  });

  test.each(["skipped", "unmatched"] as const)("that was %s is that of the recovery which sent it", (own) => {
    const of = (...recovered: Parameters<typeof outcomeOf>[0]["recovered"]) =>
      outcomeOf({ own, owedIn: 2, recovered }, active);
    expect(of("skipped", "delivered")).toBe("delivered");
    expect(of("skipped", "dead_letter")).toBe("dead_letter");
    expect(of("cancelled", "pending")).toBe("cancelled");
    expect(of("skipped", "retrying")).toBe("retrying");
    expect(of("skipped")).toBe(own);
    expect(of()).toBe(own);
  });

  test("is open while a recovery is to send it: not of before the last plain activation, not after it", () => {
    const of = (owedIn: number | undefined, webhook: Parameters<typeof outcomeOf>[1]) =>
      outcomeOf({ own: "unmatched", owedIn, recovered: [] }, webhook);
    expect([2, 3, 4].map((generation) => of(generation, recovering))).toEqual(Array(3).fill("pending"));
    expect([undefined, 1, 5].map((generation) => of(generation, recovering))).toEqual(
      Array(3).fill("unmatched"),
    );
    expect([of(3, active), of(3, undefined)]).toEqual(["unmatched", "unmatched"]);
  });
});

describe("a page of a walk", () => {
  test("takes contacts as they were when due, leaves new ones out, and counts those that are gone", () => {
    const walked = [
      { id: a, current: "new", before: { contact: undefined } },
      { id: b, current: "after", before: { contact: "before" } },
      { id: c, current: undefined, before: { contact: "before" } },
      { id: d, current: "as ever", before: undefined },
    ];
    const page = planWalkPage(walked, () => true, 10);
    expect(page).toEqual({ through: d, entering: ["before", "as ever"], deleted: 1 });
    expect(planWalkPage(walked, () => true, 1)).toEqual({ through: b, entering: ["before"], deleted: 0 });
    expect(planWalkPage(walked, (contact) => contact === "after", 10).entering).toEqual([]);
  });

  test("goes no further than both reads reach", () => {
    const contacts = [a, b].map((id) => ({ id, contact: id }));
    const befores = [c, d].map((id) => ({ id, contact: id }));
    const merged = mergeReadPart({ contacts, befores, limit: 2 });
    expect([merged.walked.map(({ id }) => id), merged.isEnd]).toEqual([[a, b], false]);
    expect(mergeReadPart({ contacts, befores, limit: 3 })).toMatchObject({ isEnd: true });
  });
});
