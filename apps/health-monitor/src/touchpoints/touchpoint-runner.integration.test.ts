import type { Contact } from "@hooklane/core";
import {
  AUDIENCES,
  type ContactWrite,
  TOUCHPOINT_CONTACTS_BEFORE,
  TOUCHPOINT_SNAPSHOTS,
} from "@hooklane/store";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Fate, type Fault, type TestRunner, TouchpointWorld } from "../testing/touchpoint-world.js";

const LIMIT_MS = 120_000;
const SWEEPS_MAX = 200;
const delivered = (): Fate => "delivered";

let world: TouchpointWorld;

beforeAll(async () => {
  world = await TouchpointWorld.open();
}, LIMIT_MS);

afterAll(() => world.close());

const anAdd = (n: number, patch: Extract<ContactWrite, { kind: "add" }>["patch"] = {}): ContactWrite => ({
  kind: "add",
  email: `${n}@example.org`,
  patch,
});
const adds = (count: number) => Array.from({ length: count }, (_, n) => anAdd(n));
const idsOf = (contacts: readonly Contact[]) => contacts.map(({ id }) => id as string);

type Id = Awaited<ReturnType<typeof world.aTouchpoint>>;

/** Sweeps in turns until the touchpoint has its end, or who sweeps is dead. */
async function run(id: Id, runners: readonly TestRunner[], fateOf: (id: string) => Fate = delivered) {
  for (let sweep = 0; sweep < SWEEPS_MAX; sweep++) {
    for (const runner of runners) await runner.sweep();
    await world.settle(fateOf);
    if ((await world.read(id)).open === undefined) return;
    if (runners.some((runner) => runner.isDead())) return;
  }
  throw new Error(`Without an end after ${SWEEPS_MAX} sweeps: ${JSON.stringify(await world.read(id))}`);
}

describe("a touchpoint that is due", () => {
  test("sets one event off per contact, aimed at its webhook, as of the due time", async () => {
    const [contact] = await world.anAudience([anAdd(1, { fields: { city: "Lyon" } })]);
    const id = await world.aTouchpoint();
    await run(id, [world.aRunner(50)]);
    const { dueAt, audienceId } = await world.read(id);
    const recordId = `tp:${id}:${contact!.id}`;
    expect(world.inLine).toEqual([
      {
        meta: expect.objectContaining({
          recordId,
          eventId: recordId,
          type: "campaign.touchpoint_due",
          source: "system",
          aimedAt: id,
          contactId: contact!.id,
        }),
        event: {
          id: recordId,
          type: "campaign.touchpoint_due",
          timestamp: dueAt.toISOString(),
          source: "system",
          data: {
            campaign_id: "cp_1",
            touchpoint_id: id,
            audience_id: audienceId,
            contact: expect.objectContaining({ email: "1@example.org", fields: { city: "Lyon" } }),
          },
        },
      },
    ]);
  });

  test("of an empty audience is completed with 0, one that is not due is left alone", async () => {
    await world.anAudience([]);
    const [id, ahead] = [await world.aTouchpoint(), await world.aTouchpoint({ dueInMs: 3_600_000 })];
    await run(id, [world.aRunner(50)]);
    expect(await world.read(id)).toMatchObject({ status: "completed" });
    expect(await world.counts(id)).toMatchObject({ contacts: 0, sent: 0, pending: 0 });
    expect((await world.read(ahead)).status).toBe("scheduled");
    expect(world.inLine).toEqual([]);
  });

  test("enters no faster than it may, and no page before the router has come to the one before", async () => {
    const contacts = await world.anAudience(adds(7));
    const id = await world.aTouchpoint();
    const runner = world.aRunner(3);
    for (let sweep = 0; sweep < 5; sweep++) await runner.sweep();
    expect(world.inLine).toHaveLength(3);
    await world.settle(delivered);
    await runner.sweep();
    expect(world.inLine).toHaveLength(6);
    await run(id, [runner]);
    expect(world.inLine.map(({ meta }) => meta.contactId)).toEqual(idsOf(contacts));
  });

  test("runs while one of its requests has no end, and counts each by its own", async () => {
    const contacts = await world.anAudience(adds(4));
    const ids = idsOf(contacts);
    const id = await world.aTouchpoint();
    const fates: Fate[] = ["delivered", "dead_letter", "retrying", "delivered"];
    const fateOf = (contact: string) => fates[ids.indexOf(contact)]!;
    const runner = world.aRunner(50);
    for (let sweep = 0; sweep < 12; sweep++) {
      await runner.sweep();
      await world.settle(fateOf);
    }
    expect((await world.read(id)).status).toBe("running");
    expect(await world.counts(id)).toMatchObject({ contacts: 4, sent: 1, failed: 1, pending: 2 });
    fates[2] = "cancelled";
    await run(id, [runner], fateOf);
    expect(await world.counts(id)).toMatchObject({
      contacts: 4,
      sent: 2,
      failed: 1,
      cancelled: 1,
      pending: 0,
    });
    expect(await world.countLeft(TOUCHPOINT_SNAPSHOTS, id)).toBe(0);
  });

  test("whose audience is deleted before its time is cancelled, with nobody in line", async () => {
    await world.anAudience(adds(2));
    const id = await world.aTouchpoint();
    const { audienceId } = await world.read(id);
    await world.store.db
      .collection<{ _id: string }>(AUDIENCES)
      .updateOne({ _id: audienceId }, { $set: { deletedAt: new Date() } });
    await run(id, [world.aRunner(50)]);
    expect(await world.read(id)).toMatchObject({ status: "cancelled", cancelReason: "audience_deleted" });
    expect(world.inLine).toEqual([]);
  });
});

describe("a touchpoint whose webhook is switched off while it runs", () => {
  /** As many as there are fates; swept until there is nothing to do. */
  async function begin(fates: Fate[]) {
    const contacts = await world.anAudience(adds(fates.length));
    const ids = idsOf(contacts);
    const id = await world.aTouchpoint();
    const runner = world.aRunner(50);
    const fateOf = (contact: string) => fates[ids.indexOf(contact)]!;
    const sweep = async () => {
      for (let sweeps = 0; sweeps < 12; sweeps++) {
        await runner.sweep();
        await world.settle(fateOf);
      }
    };
    return { id, contacts, sweep };
  }

  test("counts what it met recovering by what the recovery sends, and ends with that", async () => {
    const fates: Fate[] = ["delivered", "owed", "owed", "owed", "delivered"];
    const { id, contacts, sweep } = await begin(fates);
    await world.switchWebhook(id, "recovering", 3);
    await sweep();
    expect((await world.read(id)).status).toBe("running");
    expect(await world.counts(id)).toMatchObject({ contacts: 5, sent: 1, skipped: 0, pending: 4 });
    await world.sendAgain(id, contacts[1]!, { by: 3, fate: "delivered" });
    await world.sendAgain(id, contacts[2]!, { by: 3, fate: "retrying" });
    await world.switchWebhook(id, "active", 3);
    await sweep();
    expect((await world.read(id)).status).toBe("running");
    expect(await world.counts(id)).toMatchObject({ sent: 2, pending: 3 });
    await world.setStatus(id, "retrying", "dead_letter");
    await sweep();
    // The recovery is over and did not send the last of them.
    const counts = { contacts: 5, sent: 3, failed: 1, skipped: 1, cancelled: 0, pending: 0 };
    expect(await world.counts(id)).toEqual(counts);
    expect((await world.read(id)).status).toBe("completed");
  });

  test("counts those anew whom it had skipped, once a recovery sends to them, and a resend by hand never", async () => {
    const fates: Fate[] = ["skipped", "owed", "skipped", "retrying"];
    const { id, contacts, sweep } = await begin(fates);
    await world.switchWebhook(id, "auto_disabled", 2);
    await sweep();
    expect(await world.counts(id)).toMatchObject({ skipped: 3, pending: 1 });
    await world.sendAgain(id, contacts[2]!, { by: "hand", fate: "delivered" });
    await world.switchWebhook(id, "recovering", 3);
    await world.sendAgain(id, contacts[0]!, { by: 3, fate: "delivered" });
    await world.sendAgain(id, contacts[1]!, { by: 3, fate: "cancelled" });
    await world.switchWebhook(id, "active", 3);
    fates[3] = "delivered";
    await sweep();
    const counts = { contacts: 4, sent: 2, failed: 0, skipped: 1, cancelled: 1, pending: 0 };
    expect(await world.counts(id)).toEqual(counts);
    expect((await world.read(id)).status).toBe("completed");
  });

  test("whose recovery is given up waits for the next one only while that lasts", async () => {
    const { id, contacts, sweep } = await begin(["owed", "retrying"]);
    await world.switchWebhook(id, "recovering", 3);
    await sweep();
    await world.sendAgain(id, contacts[0]!, { by: 3, fate: "skipped" });
    await world.switchWebhook(id, "recovering", 5);
    await sweep();
    expect(await world.counts(id)).toMatchObject({ skipped: 0, pending: 2 });
    await world.switchWebhook(id, "auto_disabled", 6);
    await sweep();
    expect(await world.counts(id)).toMatchObject({ skipped: 1, pending: 1 });
  });
});

describe("who a touchpoint is for, begun an hour late", () => {
  test("are those with the tag, subscribed, when it was due: added, changed and deleted since", async () => {
    const tagged = { addTags: ["vip"] };
    const contacts = await world.anAudience(
      [anAdd(0, tagged), anAdd(1), anAdd(2, tagged), anAdd(3, tagged), anAdd(4, tagged), anAdd(5, tagged)],
      ["vip"],
    );
    const ids = contacts.map(({ id }) => id);
    await world.write({ kind: "change", contactId: ids[5]!, patch: { status: "unsubscribed" } });
    const id = await world.aTouchpoint({ tag: "vip" });
    await world.write(
      anAdd(6, tagged),
      { kind: "change", contactId: ids[0]!, patch: { removeTags: ["vip"], fields: { city: "Lyon" } } },
      { kind: "change", contactId: ids[1]!, patch: tagged },
      { kind: "change", contactId: ids[2]!, patch: { status: "unsubscribed" } },
      { kind: "delete", contactId: ids[3]! },
      { kind: "change", contactId: ids[5]!, patch: { status: "subscribed" } },
    );
    await run(id, [world.aRunner(2)]);
    expect(world.entered(id)).toEqual([ids[0], ids[2], ids[4]]);
    expect(world.inLine[0]!.event).toMatchObject({ data: { contact: { tags: ["vip"], fields: {} } } });
    expect(await world.counts(id)).toMatchObject({ contacts: 4, sent: 3, cancelled: 1, pending: 0 });
    expect(await world.countLeft(TOUCHPOINT_CONTACTS_BEFORE, id)).toBe(0);
  });

  test("are not changed by what happens during the walk, before or behind it", async () => {
    const contacts = await world.anAudience(adds(6));
    const ids = contacts.map(({ id }) => id);
    const id = await world.aTouchpoint();
    const runner = world.aRunner(2);
    await runner.sweep();
    expect(world.entered(id)).toEqual(ids.slice(0, 2));
    await world.write(
      { kind: "delete", contactId: ids[0]! },
      { kind: "delete", contactId: ids[3]! },
      { kind: "change", contactId: ids[4]!, patch: { status: "unsubscribed" } },
      anAdd(7),
    );
    await run(id, [runner]);
    expect(world.entered(id)).toEqual([ids[0], ids[1], ids[2], ids[4], ids[5]]);
    expect(await world.counts(id)).toMatchObject({ contacts: 6, sent: 5, cancelled: 1, pending: 0 });
  });
});

/** One of 7 is deleted before the walk, one unsubscribed before it was due; the others end in all ways. */
async function aMixedTouchpoint() {
  const contacts = await world.anAudience([...adds(7), anAdd(7, { status: "unsubscribed" })]);
  const ids = idsOf(contacts);
  const id = await world.aTouchpoint();
  await world.write({ kind: "delete", contactId: contacts[3]!.id });
  const fates: Partial<Record<string, Fate>> = { [ids[1]!]: "dead_letter", [ids[5]!]: "unmatched" };
  const expected = ids.filter((_, n) => n !== 3 && n !== 7);
  const assertExact = async () => {
    expect(world.entered(id).sort()).toEqual(expected);
    expect(await world.read(id)).toMatchObject({ status: "completed" });
    expect(await world.counts(id)).toEqual({
      contacts: 7,
      sent: 4,
      failed: 1,
      skipped: 1,
      cancelled: 1,
      pending: 0,
    });
  };
  return { id, fateOf: (contact: string): Fate => fates[contact] ?? "delivered", assertExact };
}

/** Every place a run has for a fault, one after the other. @returns how many there were */
async function forEachFault(how: Fault["how"], check: (fault: Fault) => Promise<{ isHit: boolean }>) {
  for (let call = 1; ; call++) {
    const { isHit } = await check({ call, how });
    if (!isHit) return call - 1;
  }
}

/** A run of this size makes more calls than that. */
const CALLS_MIN = 20;

describe("each contact has one record id in line, and the counts are exact,", () => {
  test("with two runners that sweep in turns and lose it to each other all the time", async () => {
    const { id, fateOf, assertExact } = await aMixedTouchpoint();
    const runners = [world.aRunner(2), world.aRunner(2)];
    for (let sweep = 0; sweep < SWEEPS_MAX && (await world.read(id)).open; sweep++) {
      await Promise.all(runners.map((runner) => runner.sweep()));
      await world.expireLease(id);
      if (sweep % 2 === 0) await world.settle(fateOf);
    }
    await assertExact();
  });

  test.each(["dies_before", "dies_after"] as const)(
    "when a runner %s any of its steps and another goes on",
    async (how) => {
      const faults = await forEachFault(how, async (fault) => {
        const { id, fateOf, assertExact } = await aMixedTouchpoint();
        const mortal = world.aRunner(2, fault);
        await run(id, [mortal], fateOf);
        await world.expireLease(id);
        if ((await world.read(id)).open) await run(id, [world.aRunner(3)], fateOf);
        await assertExact();
        return { isHit: mortal.isHit() };
      });
      expect(faults).toBeGreaterThan(CALLS_MIN);
    },
    LIMIT_MS,
  );

  test.each(["ends it", "goes on with it"] as const)(
    "when a runner stands still before any of its steps while another %s, and then wakes up",
    async (what) => {
      const faults = await forEachFault("stalls", async (fault) => {
        const { id, fateOf, assertExact } = await aMixedTouchpoint();
        const [sleeper, other] = [world.aRunner(2, fault), world.aRunner(3)];
        let sweeping = Promise.resolve();
        while (!sleeper.isHit() && (await world.read(id)).open) {
          sweeping = sleeper.sweep();
          await Promise.race([sweeping, sleeper.whenHit]);
          await world.settle(fateOf);
        }
        await world.expireLease(id);
        if ((await world.read(id)).open) {
          if (what === "ends it") await run(id, [other], fateOf);
          else await other.sweep();
        }
        const before = await world.read(id);
        sleeper.wake();
        await sweeping;
        if (before.open) await run(id, [sleeper, other], fateOf);
        else {
          await sleeper.sweep();
          expect(await world.read(id)).toEqual(before);
        }
        await assertExact();
        expect((await sleeper.countEnded()) + (await other.countEnded())).toBe(1);
        return { isHit: sleeper.isHit() };
      });
      expect(faults).toBeGreaterThan(CALLS_MIN);
    },
    LIMIT_MS,
  );
});
