import { asAudienceId, asContactId, type Contact } from "@hooklane/core";
import type { ContactPage } from "@hooklane/store";
import { describe, expect, test } from "@jest/globals";
import { scanContacts } from "./scan-contacts.js";

const audienceId = asAudienceId("au_1");
const at = new Date("2026-01-15T10:00:00Z");

const idOf = (n: number) => asContactId(`ct_${String(n).padStart(5, "0")}`);
const contactOf = (n: number): Contact => ({
  id: idOf(n),
  audienceId,
  email: `c${n}@example.org`,
  status: "subscribed",
  fields: { n },
  tags: [],
  version: 1,
  createdAt: at,
  updatedAt: at,
});

/** An audience of so many, and what was read of it. */
function audienceOf(count: number) {
  const limits: number[] = [];
  const page = (_: string, { after, limit }: ContactPage) => {
    limits.push(limit);
    const all = Array.from({ length: count }, (_, n) => contactOf(n));
    return Promise.resolve(all.filter(({ id }) => after === undefined || id > after).slice(0, limit));
  };
  return { limits, contacts: { page } };
}

const isEven = ({ fields }: Contact) => Number(fields.n) % 2 === 0;
const numbersOf = (contacts: readonly Contact[]) => contacts.map(({ fields }) => fields.n);

describe("looking through an audience", () => {
  test("to its end finds all that match, a page at a time", async () => {
    const { contacts, limits } = audienceOf(450);
    const scanned = await scanContacts(contacts, audienceId, {}, isEven, {
      examinedMax: 10_000,
      matchingMax: Infinity,
    });
    expect(numbersOf(scanned.matching)).toEqual(Array.from({ length: 225 }, (_, n) => 2 * n));
    expect(scanned).toMatchObject({ examined: 450, through: undefined });
    expect(limits).toEqual([200, 200, 200]);
  });

  test("ends with as many as are wanted, or may be looked at, and goes on behind them", async () => {
    const { contacts, limits } = audienceOf(450);
    const limited = { examinedMax: 250, matchingMax: 3 };
    const first = await scanContacts(contacts, audienceId, {}, isEven, limited);
    expect([numbersOf(first.matching), first.examined, first.through]).toEqual([[0, 2, 4], 5, idOf(4)]);
    const next = await scanContacts(contacts, audienceId, { after: first.through }, isEven, limited);
    expect(numbersOf(next.matching)).toEqual([6, 8, 10]);
    const rare = await scanContacts(contacts, audienceId, {}, () => false, limited);
    expect(rare).toEqual({ matching: [], examined: 250, through: idOf(249) });
    expect(limits.slice(2)).toEqual([200, 50]);
  });

  test("with conditions that take long ends soon, with what it has", async () => {
    const { contacts } = audienceOf(450);
    const slow = (contact: Contact) => {
      const end = performance.now() + 60;
      while (performance.now() < end);
      return isEven(contact);
    };
    const { examined, through } = await scanContacts(contacts, audienceId, {}, slow, {
      examinedMax: 450,
      matchingMax: Infinity,
    });
    expect(examined).toBeGreaterThan(0);
    expect(examined).toBeLessThan(10);
    expect(through).toBe(idOf(examined - 1));
  });
});
