import { beforeEach, describe, expect, test } from "@jest/globals";
import { asContactId, asEndpointId } from "@hooklane/core";
import { at, EngineHarness, FAILED, FRESH, OK, OWN_FAULT, positions } from "./testing/engine-harness.js";

const EP_A = asEndpointId("ep_a");
const CANCELLED = { kind: "settled", status: "cancelled", reason: "contact_deleted" };

let engine: EngineHarness;
beforeEach(() => {
  engine = new EngineHarness();
});

const takeAbout = (contact: string) => engine.take("a", { contactId: asContactId(`ct_${contact}`) });

/** As the dispatcher hears of it: first it knows, then it wakes the lane. */
function deleteContact(contact: string): void {
  engine.deletedContacts.add(`ct_${contact}`);
  engine.lanes.onWebhookChanged(EP_A, engine.now);
}

/** Positions of what was cancelled as its contact is gone, of the reports that are not acknowledged yet. */
function cancelled(): number[] {
  const reports = engine.acknowledge();
  for (const report of reports) expect(report).toMatchObject(CANCELLED);
  return reports.flatMap(positions);
}

/** All that is parked, read back: what was parked while it was read is there too. */
function parkAll(): void {
  engine.pass(100);
  engine.park();
}

describe("a delivery about a deleted contact", () => {
  test("is cancelled at intake, and others about the same webhook are sent", () => {
    engine.deletedContacts.add("ct_1");
    takeAbout("1");
    takeAbout("2");
    expect(cancelled()).toEqual([0]);
    expect(engine.deliver()).toEqual([1]);
  });

  test("is cancelled in the queue, behind a request that runs, and the next goes on in order", () => {
    for (const contact of ["1", "2", "3", "2"]) takeAbout(contact);
    engine.take("a");
    const running = engine.one("send");
    deleteContact("2");
    expect(engine.all("report")).toEqual([]);
    engine.settle(running, OK);
    engine.acknowledge();
    expect(engine.deliver()).toEqual([2]);
    expect(engine.deliver()).toEqual([4]);
    expect(engine.lanes.committed).toBe(5);
  });

  test("is cancelled where its contact is deleted while it connects: its request does not leave", () => {
    takeAbout("1");
    const { ticket } = engine.one("send");
    deleteContact("1");
    expect(engine.lanes.mayStart(EP_A, ticket, engine.now)).toBe(false);
    engine.lanes.onRefused(EP_A, ticket, engine.now);
    expect(cancelled()).toEqual([0]);
  });

  test("is cancelled in a pause after a fault of our own", () => {
    takeAbout("1");
    engine.settle(engine.one("send"), OWN_FAULT);
    deleteContact("1");
    expect(cancelled()).toEqual([0]);
  });

  test("is cancelled whatever its webhook is, so that no recovery sends it", () => {
    engine.setWebhook("a", { status: "inactive" });
    engine.deletedContacts.add("ct_1");
    takeAbout("1");
    expect(cancelled()).toEqual([0]);
  });

  test("is cancelled where its record says so, by who never heard of the deletion: it was resent long after", () => {
    engine.take("a", { contactId: asContactId("ct_1"), isContactDeleted: true });
    expect(cancelled()).toEqual([0]);
  });

  test("is cancelled also by who does not know its webhook yet", () => {
    engine.deletedContacts.add("ct_1");
    engine.take("nobody", { contactId: asContactId("ct_1") });
    expect(cancelled()).toEqual([0]);
    expect(engine.all("refresh")).toEqual([]);
  });
});

describe("a delivery about a deleted contact that was attempted", () => {
  /** The first of three failed: it waits for its retry, and the others behind it. */
  beforeEach(() => {
    for (const contact of ["1", "2", "3"]) takeAbout(contact);
    engine.fail(engine.one("send"));
    engine.acknowledge();
    parkAll();
  });

  test("is cancelled in the pause before its retry, at once, and the next goes on", () => {
    engine.pass(10_000);
    deleteContact("1");
    expect(engine.answerRead()).toEqual([0]);
    expect(cancelled()).toEqual([0]);
    engine.answerRead();
    expect(engine.deliver()).toEqual([1]);
    expect(engine.deliver()).toEqual([2]);
  });

  test("stays, with its time, when another's contact is deleted: that one is cancelled at its turn", () => {
    deleteContact("2");
    expect(engine.answerRead()).toEqual([0]);
    expect(engine.all("report")).toEqual([]);
    engine.pass(29_900 - 1_000);
    engine.answerRead();
    expect(engine.sent()).toEqual([]);
    engine.pass(1_000);
    expect(engine.one("send")).toMatchObject({ attempt: 2, records: [{ position: at(0) }] });
  });

  test("is cancelled by the next owner, who knew of it before", () => {
    const stored = engine.store();
    expect(stored.lanes.ep_a).toMatchObject({ state: "R" });
    engine.deletedContacts.add("ct_1");
    engine.restart(stored);
    engine.answerRead();
    expect(cancelled()).toEqual([0]);
    engine.answerRead();
    expect(engine.deliver()).toEqual([1]);
  });
});

test("a contact that is deleted while its request fails: its retry is not waited for", () => {
  takeAbout("1");
  takeAbout("2");
  const running = engine.one("send");
  deleteContact("1");
  engine.fail(running);
  expect(engine.acknowledge()).toMatchObject([{ kind: "attempt", next: { kind: "retrying" } }]);
  parkAll();
  engine.answerRead();
  expect(cancelled()).toEqual([0]);
  engine.answerRead();
  expect(engine.deliver()).toEqual([1]);
});

test("in a backlog that is being sent it is cancelled at its turn", () => {
  engine.take("a");
  for (const contact of ["1", "2", "3"]) takeAbout(contact);
  engine.fail(engine.one("send"));
  engine.acknowledge();
  parkAll();
  engine.pass(29_900);
  engine.answerRead();
  engine.pass(1_000);
  expect(engine.deliver()).toEqual([0]);
  engine.answerRead();
  const running = engine.one("send");
  expect(positions(running)).toEqual([1]);
  deleteContact("2");
  engine.settle(running, OK);
  engine.acknowledge();
  expect(engine.deliver()).toEqual([3]);
});

describe("in the line of a webhook with batches", () => {
  beforeEach(() => engine.setWebhook("a", { batching: { maxEvents: 3, maxWaitSeconds: 5 } }));

  test("what is about a contact goes alone, so that it can be cancelled alone", () => {
    engine.takeMany("a", 2);
    takeAbout("1");
    engine.takeMany("a", 3);
    expect(engine.deliver()).toEqual([0, 1]);
    expect(engine.deliver()).toEqual([2]);
    expect(engine.deliver()).toEqual([3, 4, 5]);
  });

  test("a batch that is made again takes nothing in that was cancelled in its middle, though the backlog has it", () => {
    engine.take("a");
    engine.deletedContacts.add("ct_1");
    takeAbout("1");
    expect(cancelled()).toEqual([1]);
    engine.takeMany("a", 2);
    engine.fail(engine.one("send"));
    engine.acknowledge();
    engine.pass(100);
    // A former owner, who did not know of the deletion, had parked it.
    const [first] = engine.all("park").flatMap(({ records }) => records);
    for (const offset of [0, 1, 2, 3]) {
      const contactId = offset === 1 ? asContactId("ct_1") : undefined;
      engine.writeToBacklog({
        position: at(offset),
        facts: engine.facts(offset, "a", { contactId }),
        body: first!.body,
      });
    }
    engine.lanes.onParked(engine.now);
    engine.pass(28_900);
    expect(engine.answerRead()).toEqual([0, 1, 2, 3]);
    engine.pass(1_000);
    expect(engine.deliver()).toEqual([0, 2, 3]);
  });
});

test("what is about a contact that is there is like any other", () => {
  engine.deletedContacts.add("ct_other");
  takeAbout("1");
  const send = engine.one("send");
  engine.settle(send, FAILED);
  expect(engine.all("count")).toHaveLength(1);
  engine.restart(FRESH);
  takeAbout("1");
  expect(engine.deliver()).toEqual([0]);
});
