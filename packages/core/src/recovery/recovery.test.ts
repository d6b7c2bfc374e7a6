import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { asWebhookId } from "../ids.js";
import { DELIVERY_STATUSES, WEBHOOK_STATUSES } from "../vocabulary.js";
import { comparePlaces, type LinePlace } from "./line-place.js";
import {
  decideRecoveryEnd,
  nextRecoveryStep,
  type OwedEvent,
  type RecoveryProgress,
  standingOf,
  toEntering,
} from "./recovery.js";

const at = (offset: number, epoch = 0): LinePlace => ({ epoch, offset });
const task = { webhookId: asWebhookId("wh_1"), generation: 5, owedSince: 3 };
const recovering = { status: "recovering", generation: 5 } as const;
const begun: RecoveryProgress = { begunAt: at(10), isCollected: true, isUnrouted: false, ends: 0 };
const owed = (offset: number, more: Partial<OwedEvent> = {}): OwedEvent => ({
  place: at(offset),
  generation: 4,
  statuses: [],
  ...more,
});

describe("places in line", () => {
  test("an epoch comes before every place of the next one", () => {
    expect([at(0, 1), at(7), at(3), at(2, 1)].sort(comparePlaces)).toEqual([
      at(3),
      at(7),
      at(0, 1),
      at(2, 1),
    ]);
  });
});

describe("what a recovery does next", () => {
  const next = (change: Partial<RecoveryProgress>) =>
    nextRecoveryStep(task, { ...begun, ...change }, recovering);

  test("its begin has to be in line before anything else", () => {
    const progress = { isCollected: false, isUnrouted: false, ends: 0 };
    expect(nextRecoveryStep(task, progress, recovering)).toEqual({ kind: "begin" });
  });

  test("nothing is read before everything of older generations has its end", () => {
    expect(next({ isCollected: false })).toEqual({ kind: "collect" });
  });

  test("it reads behind what it sent, and only what is known to be routed", () => {
    expect(next({})).toEqual({ kind: "read", after: undefined, before: at(10) });
    expect(next({ sentThrough: at(4) })).toEqual({ kind: "read", after: at(4), before: at(10) });
    expect(next({ sentThrough: at(4), routedThrough: at(20) })).toEqual({
      kind: "read",
      after: at(4),
      before: at(20),
    });
  });

  test("it waits for what it put in line, and for the router's answer to its end", () => {
    expect(next({ isUnrouted: true })).toEqual({ kind: "wait" });
    expect(next({ ends: 1 })).toEqual({ kind: "wait" });
    expect(next({ ends: 1, lastEnd: "enter" })).toEqual({ kind: "wait" });
  });

  test("it goes on when the router found too much at its end", () => {
    expect(next({ ends: 1, lastEnd: "too_much" })).toMatchObject({ kind: "read" });
    expect(next({ ends: 1, lastEnd: "too_much", isUnrouted: true })).toEqual({ kind: "wait" });
  });

  test("it is completed once its end was decided, and cancelled when the webhook changed before", () => {
    const finish = (progress: Partial<RecoveryProgress>, webhook: Parameters<typeof nextRecoveryStep>[2]) =>
      nextRecoveryStep(task, { ...begun, ...progress }, webhook);
    const completed = { kind: "finish", status: "completed" };
    const cancelled = { kind: "finish", status: "cancelled" };
    expect(finish({ ends: 1, lastEnd: "enter" }, { status: "active", generation: 5 })).toEqual(completed);
    expect(finish({}, { status: "inactive", generation: 6 })).toEqual(cancelled);
    expect(finish({}, { status: "recovering", generation: 7 })).toEqual(cancelled);
    expect(finish({ ends: 1, lastEnd: "over" }, { status: "inactive", generation: 6 })).toEqual(cancelled);
    expect(finish({ ends: 1, lastEnd: "enter" }, undefined)).toEqual(cancelled);
  });
});

describe("what a delivery means for a recovery", () => {
  const standing = (more: Partial<Parameters<typeof standingOf>[1]>) =>
    standingOf(task, { generation: 4, status: "delivered", isFirst: true, ...more });

  test.each([undefined, "pending", "retrying"] as const)("%s: it may still be sent", (status) => {
    expect(standing({ status })).toBe("open");
    expect(standing({ status, isFirst: false })).toBe("open");
  });

  test.each(["delivered", "dead_letter", "cancelled"] as const)("%s: it has its end", (status) => {
    expect(standing({ status })).toBe("ended");
  });

  test("what was skipped is owed, but a resend or a test of it is not", () => {
    expect(standing({ status: "skipped" })).toBe("owed");
    expect(standing({ status: "skipped", isFirst: false })).toBe("ended");
  });

  test("only generations since the last plain activation and before the recovery count", () => {
    const counts = [2, 3, 4, 5, 6].filter((generation) => standing({ generation }) !== "ignored");
    expect(counts).toEqual([3, 4]);
  });
});

describe("what of the owed enters the line", () => {
  test("not what was delivered, given up or cancelled, by whatever delivery", () => {
    const events = DELIVERY_STATUSES.map((status, index) => owed(index, { statuses: ["skipped", status] }));
    const entering = toEntering(task, events).map(({ statuses }) => statuses[1]);
    expect(entering).toEqual(["pending", "retrying", "skipped"]);
  });

  test("what came while the webhook recovers, but nothing of before the last plain activation", () => {
    const events = [2, 3, 4, 5, 6].map((generation) => owed(generation, { generation }));
    expect(toEntering(task, events).map(({ generation }) => generation)).toEqual([3, 4, 5]);
  });
});

describe("the router at an end", () => {
  test("lets in as much as it may, and more goes on", () => {
    expect(decideRecoveryEnd(task, recovering, 0, 2)).toEqual({ kind: "enter" });
    expect(decideRecoveryEnd(task, recovering, 2, 2)).toEqual({ kind: "enter" });
    expect(decideRecoveryEnd(task, recovering, 3, 2)).toEqual({ kind: "too_much" });
  });

  test("does nothing to a webhook in another state or generation", () => {
    for (const status of WEBHOOK_STATUSES)
      for (const generation of [4, 5, 6]) {
        const isIt = status === "recovering" && generation === 5;
        const { kind } = decideRecoveryEnd(task, { status, generation }, 0, 2);
        expect(kind).toBe(isIt ? "enter" : "over");
      }
    expect(decideRecoveryEnd(task, undefined, 0, 2)).toEqual({ kind: "over" });
  });
});

describe("a recovery from its begin to its end", () => {
  test("brings everything that is owed once and in order, whatever comes meanwhile", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...DELIVERY_STATUSES, "none" as const), { maxLength: 30 }),
        // How many events come before the router gets to each record of the recovery.
        fc.array(fc.nat(6), { maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 5 }),
        (before, meanwhile, readMax, more) => {
          const line = new Line(before.map((status) => (status === "none" ? [] : [status])));
          const entered = line.recover(meanwhile, readMax, readMax + more);
          expect(entered).toEqual(line.owed.map(({ place }) => place));
        },
      ),
    );
  });
});

/** One partition of `events.v1` with a webhook's events only, the router of it, and one that carries a recovery out. */
class Line {
  readonly #events: OwedEvent[] = [];
  readonly #entered: LinePlace[] = [];
  #next = 0;
  #progress: RecoveryProgress = { isCollected: false, isUnrouted: false, ends: 0 };
  #isActive = false;

  constructor(before: readonly OwedEvent["statuses"][]) {
    for (const statuses of before) this.#events.push(owed(this.#next++, { statuses }));
  }

  get owed(): readonly OwedEvent[] {
    return toEntering(task, this.#events);
  }

  recover(meanwhile: readonly number[], readMax: number, endMax: number): readonly LinePlace[] {
    const coming = [...meanwhile];
    for (let steps = 0; !this.#isActive; steps++) {
      if (steps > 500) throw new Error("it does not end");
      const step = nextRecoveryStep(task, this.#progress, recovering);
      const come = () => {
        for (let i = coming.shift() ?? 0; i > 0; i--)
          this.#events.push(owed(this.#next++, { generation: 5 }));
      };
      if (step.kind === "begin") {
        come();
        this.#progress = { ...this.#progress, begunAt: at(this.#next++) };
      } else if (step.kind === "collect") this.#progress = { ...this.#progress, isCollected: true };
      else if (step.kind === "read") this.#read(step, readMax, endMax, come);
      else throw new Error(`an unexpected ${step.kind}`);
    }
    return this.#entered;
  }

  #read(
    { after, before }: { readonly after: LinePlace | undefined; readonly before: LinePlace },
    readMax: number,
    endMax: number,
    come: () => void,
  ): void {
    const found = this.#between(after, before).slice(0, readMax);
    const last = found.at(-1);
    if (last === undefined || found.length < readMax) {
      come();
      const place = at(this.#next++);
      const entering = toEntering(task, this.#between(after, place));
      const { kind } = decideRecoveryEnd(task, recovering, entering.length, endMax);
      const ends = this.#progress.ends + 1;
      this.#progress = { ...this.#progress, ends, lastEnd: kind, routedThrough: place };
      if (kind !== "enter") return;
      this.#isActive = true;
      this.#entered.push(...entering.map((event) => event.place));
      return;
    }
    this.#entered.push(...toEntering(task, found).map(({ place }) => place));
    come();
    this.#progress = { ...this.#progress, sentThrough: last.place, routedThrough: at(this.#next++) };
  }

  #between(after: LinePlace | undefined, before: LinePlace): OwedEvent[] {
    return this.#events
      .filter(({ place }) => after === undefined || comparePlaces(place, after) > 0)
      .filter(({ place }) => comparePlaces(place, before) < 0);
  }
}
