import { randomUUID } from "node:crypto";
import { asEndpointId, asEventId, asRecordId, type ContactId, toResendRecordId } from "@hooklane/core";
import {
  CONTACTS,
  DELIVERIES,
  ensureIndexes,
  EventLog,
  newContactId,
  type NewLoggedEvent,
  openStore,
  type Store,
  toDeliveryId,
} from "@hooklane/store";
import { readStackEnvironment } from "@hooklane/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import {
  ACCEPTED_AT,
  openStaleCopy,
  RecoveryScene,
  startRouter,
  toBatch,
  type toSent,
} from "../testing/recovery-scene.js";
import { RECOVERY_ENTERING_MAX as ENTERING_MAX } from "@hooklane/core";

let store: Store;
let scene: RecoveryScene;

beforeAll(async () => {
  store = await openStore({
    uri: readStackEnvironment().mongodbUri,
    database: `router-recovery-${randomUUID().slice(0, 8)}`,
  });
  await ensureIndexes(store);
});

beforeEach(async () => {
  scene = await RecoveryScene.create(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

const owned = () => new AbortController().signal;
const where = (sent: readonly ReturnType<typeof toSent>[]) =>
  sent.map(({ eventId, source }) => `${eventId} at ${source}`);

/** Two events while it is off; then another one, its recovery with two events in it, and two behind. */
const meanwhile = (of: RecoveryScene) => [of.event(1), of.event(2)];
const recovery = (of: RecoveryScene) => [
  of.event(3),
  of.begin(4),
  of.event(5),
  of.event(6),
  of.end(7),
  of.event(8),
  of.event(9),
];
const ALL = ["e1 at 7.0", "e2 at 7.1", "e3 at 7.2", "e5 at 7.3", "e6 at 7.4", "e8 at 8.0", "e9 at 9.0"];

describe("a router at the end of a recovery", () => {
  test("sends what is owed in its order, then what is new, and has the webhook active in the same generation", async () => {
    const router = await startRouter(store);
    const signal = owned();
    await router.handle(toBatch(...meanwhile(scene)), signal);
    await scene.switchTo("recovering");
    await router.handle(toBatch(...recovery(scene)), signal);

    expect(where(router.sent())).toEqual(ALL);
    expect(new Set(router.sent().map(({ generation }) => generation))).toEqual(new Set([3]));
    expect(new Set(router.sent().map(({ trigger }) => trigger))).toEqual(new Set(["automatic"]));
    expect(await scene.webhook()).toMatchObject({ status: "active", generation: 3, version: 4 });
    expect(await scene.recovery()).toMatchObject({
      begunAt: { epoch: 0, offset: 4 },
      lastEnd: "enter",
      ends: 1,
      sent: 5,
    });
  });

  test("says whom what it sends is about, and that the contact is gone where it is not there any more", async () => {
    const [there, gone] = [newContactId(), newContactId()];
    const contact = { _id: there, workspaceId: scene.workspaceId, emailKey: there };
    await store.db.collection<{ _id: string }>(CONTACTS).insertOne(contact);
    const router = await startRouter(store);
    const signal = owned();
    const about = (offset: number, contactId: ContactId) => scene.event(offset, `e${offset}`, { contactId });
    await router.handle(toBatch(about(1, there), about(2, gone), scene.event(3)), signal);
    await scene.switchTo("recovering");
    await router.handle(toBatch(scene.begin(4), scene.end(5), about(6, gone)), signal);
    const sent = router.sent().map(({ contactId, isContactDeleted }) => [contactId, isContactDeleted]);
    expect(sent).toEqual([
      [there, undefined],
      [gone, true],
      [undefined, undefined],
      // An ordinary one: who deletes a contact while it is in line tells the dispatchers.
      [gone, undefined],
    ]);
  });

  test("killed at any moment, its successor sends the same at the same places, nothing twice and nothing before its turn", async () => {
    const [copy, copyOfSuccessor] = [await openStaleCopy(store), await openStaleCopy(store)];
    const play = async (killedAt: number) => {
      const one = await RecoveryScene.create(store);
      let moments = 0;
      let isCounted = false;
      const tick = () => {
        if (isCounted && moments++ >= killedAt) throw new Error("killed");
      };
      const router = await startRouter(store, { tick, copy });
      const signal = owned();
      await router.handle(toBatch(...meanwhile(one)), signal);
      await one.switchTo("recovering");
      isCounted = true;
      const outcome = await router.handle(toBatch(...recovery(one)), signal).then(
        () => "done",
        (error: unknown) => String(error),
      );
      return { one, router, outcome, moments };
    };
    const { moments, outcome } = await play(Infinity);
    expect(outcome).toBe("done");
    // Otherwise most of it was not tried.
    expect(moments).toBeGreaterThan(25);

    for (let killedAt = 0; killedAt < moments; killedAt++) {
      const { one, router, outcome: end } = await play(killedAt);
      const told = (found: unknown) => [killedAt, found];
      expect(told(end)).toEqual(told("Error: killed"));
      const first = router.sent();
      expect(told(where(first))).toEqual(told(ALL.slice(0, first.length)));
      // Its commit was lost, too.
      const successor = await startRouter(store, { copy: copyOfSuccessor });
      await successor.handle(toBatch(...meanwhile(one), ...recovery(one)), owned());
      const second = successor.sent();
      expect(told(where(second))).toEqual(told(ALL));
      expect(told(second.slice(0, first.length))).toEqual(told(first));
      const { status, generation, version } = await one.webhook();
      expect(told([status, generation, version])).toEqual(told(["active", 3, 4]));
      expect(told(await one.recovery())).toMatchObject(told({ lastEnd: "enter", sent: 5, ends: 1 }));
    }
  }, 240_000);

  test("one who lost the partition and comes back late sends nothing else and changes nothing", async () => {
    const late = await startRouter(store);
    const signal = owned();
    await late.handle(toBatch(...meanwhile(scene)), signal);
    await scene.switchTo("recovering");
    const next = await startRouter(store);
    await next.handle(toBatch(...recovery(scene)), owned());
    await scene.switchTo("inactive");
    await late.handle(toBatch(...recovery(scene)), signal);
    expect(late.sent()).toEqual(next.sent());
    expect(await scene.webhook()).toMatchObject({ status: "inactive", generation: 4 });
  });

  test("the same end once more at another place is a duplicate", async () => {
    const router = await startRouter(store);
    const signal = owned();
    await router.handle(toBatch(...meanwhile(scene)), signal);
    await scene.switchTo("recovering");
    await router.handle(
      toBatch(scene.begin(3), scene.end(4), scene.event(5), scene.end(6), scene.begin(7), scene.event(8)),
      signal,
    );
    await router.handle(toBatch(scene.end(9)), signal);
    expect(where(router.sent())).toEqual(["e1 at 4.0", "e2 at 4.1", "e5 at 5.0", "e8 at 8.0"]);
    expect(await scene.webhook()).toMatchObject({ status: "active", version: 4 });
    expect(await scene.recovery()).toMatchObject({ begunAt: { offset: 3 }, sent: 2 });
  });

  const deliveryOf = (id: string) =>
    toDeliveryId(
      {
        workspaceId: scene.workspaceId,
        recordId: asRecordId(id),
        acceptedAt: ACCEPTED_AT,
      },
      scene.webhookId,
    );
  const resendOf = (id: string, recordId = toResendRecordId(scene.job(), deliveryOf(id))) => ({
    eventId: asEventId(id),
    resendOf: deliveryOf(id),
    recordId,
  });

  test("an event the job has put in line does not enter again, whichever of the two stands first", async () => {
    const router = await startRouter(store);
    const signal = owned();
    await router.handle(toBatch(...meanwhile(scene), scene.event(3)), signal);
    await scene.switchTo("recovering");
    await router.handle(
      toBatch(scene.begin(4), scene.resend(5, resendOf("e1")), scene.end(6), scene.resend(7, resendOf("e2"))),
      signal,
    );
    // e1 is the first of the list, at whose place nothing is sent again.
    expect(where(router.sent())).toEqual(["e1 at 5.0", "e2 at 6.1", "e3 at 6.2"]);
  });

  test("what the job puts in line behind the end reaches nobody", async () => {
    const router = await startRouter(store);
    const signal = owned();
    await scene.switchTo("recovering");
    await router.handle(
      toBatch(
        scene.begin(4),
        scene.end(5),
        scene.resend(6, resendOf("late")),
        scene.resend(7, resendOf("later", asRecordId("rs:another"))),
      ),
      signal,
    );
    expect(router.sent()).toEqual([]);
    expect(router.outcomes).toEqual(["control", "control", "resent", "resent"]);
  });

  test("with another generation by then it is over: nothing is sent, the next recovery has it all", async () => {
    const router = await startRouter(store);
    const signal = owned();
    await router.handle(toBatch(...meanwhile(scene)), signal);
    await scene.switchTo("recovering");
    await router.handle(toBatch(scene.begin(3), scene.event(4)), signal);
    await scene.switchTo("inactive");
    await scene.switchTo("recovering");
    await router.handle(toBatch(scene.end(5), scene.resend(6, resendOf("e1")), scene.event(7)), signal);
    expect(router.sent()).toEqual([]);
    expect(await scene.recovery()).toMatchObject({ lastEnd: "over", sent: 0 });
    expect(await scene.webhook()).toMatchObject({ status: "recovering", generation: 5 });
    expect(await scene.recovery(5)).not.toHaveProperty("begunAt");
  });

  test.each([
    ["switched off", () => scene.switchTo("inactive")],
    ["deleted", () => scene.delete()],
  ] as const)("of a webhook that was %s nothing is sent", async (_, change) => {
    const router = await startRouter(store);
    const signal = owned();
    await router.handle(toBatch(...meanwhile(scene)), signal);
    await scene.switchTo("recovering");
    await router.handle(toBatch(scene.begin(3), scene.event(4)), signal);
    await change();
    const { status, generation } = await scene.webhook();
    await router.handle(toBatch(scene.end(5), scene.event(6)), signal);
    expect(router.sent()).toEqual([]);
    expect(await scene.recovery()).toMatchObject({ lastEnd: "over", sent: 0 });
    expect(await scene.webhook()).toMatchObject({ status, generation });
  });

  test("what was delivered, given up or cancelled meanwhile does not enter", async () => {
    const router = await startRouter(store);
    const signal = owned();
    await router.handle(toBatch(...meanwhile(scene), scene.event(3), scene.event(4)), signal);
    await scene.switchTo("recovering");
    for (const [n, status] of ["delivered", "dead_letter", "skipped"].entries()) {
      const recordId = asRecordId(`rs:by-hand:${n}`);
      const { workspaceId } = scene;
      const deliveryId = toDeliveryId({ workspaceId, recordId, acceptedAt: ACCEPTED_AT }, scene.webhookId);
      const eventId = asEventId(`e${n + 1}`);
      const { owed: _, ...event } = { ...anOwedEvent(90 + n), recordId, eventId };
      const decision = { unmatched: [], matched: [matchOf(deliveryId)] };
      await new EventLog(store).record([{ ...event, resendOf: deliveryOf(eventId), decision }]);
      await store.db
        .collection<{ _id: string }>(DELIVERIES)
        .insertOne({ _id: deliveryId, workspaceId: scene.workspaceId, status } as never);
    }
    await router.handle(toBatch(scene.begin(5), scene.end(6)), signal);
    expect(where(router.sent())).toEqual(["e3 at 6.0", "e4 at 6.1"]);
  });

  const matchOf = (deliveryId: ReturnType<typeof deliveryOf>) => ({
    webhookId: scene.webhookId,
    generation: 3,
    version: 3,
    endpointId: asEndpointId("ep_1"),
    partition: 0,
    ordinal: 0,
    deliveryId,
  });

  const anOwedEvent = (offset: number): NewLoggedEvent => ({
    workspaceId: scene.workspaceId,
    recordId: asRecordId(`e${offset}`),
    eventId: asEventId(`e${offset}`),
    position: { partition: 9, epoch: 0, offset },
    type: "routed",
    timestamp: "2026-01-15T10:00:00Z",
    source: "api",
    acceptedAt: new Date(ACCEPTED_AT),
    status: "accepted",
    shownBody: Buffer.from(`{"id":"e${offset}"}`),
    decision: { matched: [], unmatched: [] },
    owed: [{ webhookId: scene.webhookId, generation: 2 }],
    expiresAt: new Date("2100-01-01T00:00:00Z"),
  });

  test(`more than ${ENTERING_MAX} do not enter at once: it goes on recovering, and ends once there are fewer`, async () => {
    const count = ENTERING_MAX + 1;
    await new EventLog(store).record(Array.from({ length: count }, (_, n) => anOwedEvent(n)));
    await scene.switchTo("recovering");
    const router = await startRouter(store);
    const signal = owned();
    const place = (offset: number) => ({ epoch: 0, offset });
    await router.handle(toBatch(scene.begin(5_000), scene.end(5_001), scene.event(5_002)), signal);
    expect(router.sent()).toEqual([]);
    expect(await scene.webhook()).toMatchObject({ status: "recovering", generation: 3 });
    expect(await scene.recovery()).toMatchObject({
      lastEnd: "too_much",
      routedThrough: place(5_001),
      sent: 0,
    });

    await scene.recoveries.claim(scene.job(), "hm", 60_000);
    await scene.recoveries.noteEnding(scene.job(), "hm", 2);
    await router.handle(
      toBatch(scene.end(5_003, { number: 2, sentThrough: place(1) }), scene.event(5_004)),
      signal,
    );
    const sent = where(router.sent());
    expect([sent[0], sent.at(-3), sent.at(-2), sent.at(-1)]).toEqual([
      "e2 at 5003.0",
      "e2000 at 5003.1998",
      "e5002 at 5003.1999",
      "e5004 at 5004.0",
    ]);
    expect(sent).toHaveLength(ENTERING_MAX + 1);
    expect(await scene.webhook()).toMatchObject({ status: "active", generation: 3 });
    expect(await scene.recovery()).toMatchObject({ lastEnd: "enter", sent: ENTERING_MAX });
  }, 60_000);
});

describe("a router that takes a partition over", () => {
  test("sees what its predecessor has passed before it decides anything, and looks once", async () => {
    const behind = await startRouter(store);
    const predecessor = await startRouter(store);
    await scene.switchTo("recovering");
    await predecessor.handle(toBatch(scene.begin(1), scene.end(2)), owned());
    const signal = owned();
    await behind.handle(toBatch(scene.event(3)), signal);
    await behind.handle(toBatch(scene.event(4)), signal);
    expect(where(behind.sent())).toEqual(["e3 at 3.0", "e4 at 4.0"]);
    expect(behind.looks()).toBe(1);

    await scene.switchTo("inactive");
    await behind.handle(toBatch(scene.event(5)), owned());
    expect(behind.looks()).toBe(2);
    expect(behind.sent()).toHaveLength(2);
  });

  test("that could not look decides nothing, and looks again", async () => {
    let isAway = true;
    const tick = () => {
      if (isAway) throw new Error("no database");
    };
    const router = await startRouter(store, { tick });
    await scene.switchTo("active");
    const signal = owned();
    await expect(router.handle(toBatch(scene.event(1)), signal)).rejects.toThrow("no database");
    expect(router.sent()).toEqual([]);
    isAway = false;
    await router.handle(toBatch(scene.event(1)), signal);
    expect(where(router.sent())).toEqual(["e1 at 1.0"]);
    expect(router.looks()).toBe(2);
  });
});
