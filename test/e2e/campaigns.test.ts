import { describe, expect } from "@jest/globals";
import { always, eventually, ok, type TestWorkspace } from "@hooklane/testing";
import { useKeptServices } from "./support/suite.js";

const suite = useKeptServices(() => ({
  serviceEnv: { dispatcher: { DISPATCHER_RETRY_WAITS_S: "1,1,1,1,1,1,1,1" } },
}));
const { check } = suite;

interface Touchpoint {
  readonly id: string;
  readonly status: string;
  readonly counts: Readonly<Record<string, number>>;
}
interface Contact {
  readonly id: string;
  readonly email: string;
}

/** Contacts made at the same time. */
const AT_ONCE = 10;

/** A campaign over an audience of its own, and its contacts. */
class Campaign {
  readonly contacts: Contact[] = [];

  private constructor(
    readonly workspace: TestWorkspace,
    readonly audienceId: string,
    readonly id: string,
  ) {}

  static async make(): Promise<Campaign> {
    const workspace = await suite.services.createWorkspace();
    const audience = await workspace.api.ask<{ id: string }>("POST", "/v1/audiences", { name: "Readers" });
    const form = { name: "Spring", audienceId: audience.id, goal: "Orders" };
    const { id } = await workspace.api.ask<{ id: string }>("POST", "/v1/campaigns", form);
    return new Campaign(workspace, audience.id, id);
  }

  get audience(): string {
    return `/v1/audiences/${this.audienceId}`;
  }

  async addContacts(count: number, fieldsOf: (n: number) => object = () => ({})): Promise<void> {
    for (let from = 0; from < count; from += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, n) => from + n);
      const made = some.map((n) => {
        const contact = { email: `${n}@example.org`, fields: fieldsOf(n) };
        return this.workspace.api.ask<Contact>("POST", `${this.audience}/contacts`, contact);
      });
      this.contacts.push(...(await Promise.all(made)));
    }
  }

  schedule(path: string, inSeconds: number, more: object = {}): Promise<Touchpoint> {
    return this.workspace.api.ask("POST", `/v1/campaigns/${this.id}/touchpoints`, {
      name: "Offer",
      url: suite.receiver.url(path),
      auth: { username: "shop", password: "hush" },
      body: '{"email": "{{ contact.email }}"}',
      ...toPlan(inSeconds),
      ...more,
    });
  }

  path({ id }: Touchpoint): string {
    return `/v1/campaigns/${this.id}/touchpoints/${id}`;
  }

  read(touchpoint: Touchpoint): Promise<Touchpoint> {
    return this.workspace.api.ask("GET", this.path(touchpoint));
  }

  awaitStatus(touchpoint: Touchpoint, status: string): Promise<Touchpoint> {
    return eventually(
      async () => {
        const now = await this.read(touchpoint);
        if (now.status !== status) throw new Error(JSON.stringify([now.status, now.counts]));
        return now;
      },
      { what: `a touchpoint that is ${status}`, deadlineMs: 80_000 },
    );
  }
}

/** The workspaces' zone is UTC. */
function toPlan(inSeconds: number): { readonly date: string; readonly time: string } {
  const text = new Date(Date.now() + inSeconds * 1_000).toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 19) };
}

const emailsAt = (path: string): string[] =>
  suite.receiver
    .requestsTo(path)
    .map(({ body }) => (JSON.parse(body.toString()) as { email: string }).email)
    .sort();

describe("a touchpoint", () => {
  check("waits for its time, reaches the members of its segment alone, and counts them", async () => {
    const campaign = await Campaign.make();
    await campaign.addContacts(6, (n) => ({ city: n % 2 === 0 ? "Lyon" : "Paris" }));
    const segment = await campaign.workspace.api.ask<{ id: string }>(
      "POST",
      `${campaign.audience}/segments`,
      {
        name: "Lyon",
        conditions: { "fields.city": "Lyon" },
      },
    );
    const touchpoint = await campaign.schedule("/segment", 4, { segmentId: segment.id });
    expect(touchpoint.status).toBe("scheduled");
    expect(suite.receiver.requestsTo("/segment")).toEqual([]);
    const { counts } = await campaign.awaitStatus(touchpoint, "completed");
    expect(emailsAt("/segment")).toEqual(["0@example.org", "2@example.org", "4@example.org"]);
    expect(counts).toEqual({ contacts: 3, sent: 3, failed: 0, skipped: 0, cancelled: 0, pending: 0 });
  });

  check("counts a contact deleted between the due time and its request as cancelled", async () => {
    const campaign = await Campaign.make();
    suite.receiver.behave("/deleted", always(503));
    await campaign.addContacts(3);
    const touchpoint = await campaign.schedule("/deleted", 2);
    await suite.receiver.waitFor((seen) => seen.length > 0, { path: "/deleted" });
    expect((await campaign.read(touchpoint)).status).toBe("running");
    const gone = campaign.contacts.at(-1)!;
    await campaign.workspace.api.call("DELETE", `${campaign.audience}/contacts/${gone.id}`);
    suite.receiver.behave("/deleted", ok);
    const { counts } = await campaign.awaitStatus(touchpoint, "completed");
    expect(counts).toMatchObject({ contacts: 3, sent: 2, cancelled: 1, pending: 0 });
    expect(emailsAt("/deleted")).not.toContain(gone.email);
  });

  check("cancelled before it is due sends nothing; moved, it is sent at its new time", async () => {
    const campaign = await Campaign.make();
    await campaign.addContacts(1);
    const cancelled = await campaign.schedule("/cancelled", 6);
    const moved = await campaign.schedule("/moved", 3_600);
    await campaign.workspace.api.ask("POST", `${campaign.path(cancelled)}/cancel`, {});
    await campaign.workspace.api.ask("PATCH", campaign.path(moved), toPlan(8));
    await campaign.awaitStatus(moved, "completed");
    expect(emailsAt("/moved")).toEqual(["0@example.org"]);
    expect((await campaign.read(cancelled)).status).toBe("cancelled");
    expect(suite.receiver.requestsTo("/cancelled")).toEqual([]);
  });

  check("reaches each of 300 contacts once, with kill -9 of the health-monitor in the middle", async () => {
    const campaign = await Campaign.make();
    await campaign.addContacts(300);
    const touchpoint = await campaign.schedule("/kill", 2);
    await suite.receiver.waitFor((seen) => seen.length >= 60, { path: "/kill" });
    await suite.services.kill9("health-monitor");
    expect(suite.receiver.requestsTo("/kill").length).toBeLessThan(300);
    await suite.services.start(["health-monitor"]);
    const { counts } = await campaign.awaitStatus(touchpoint, "completed");
    expect(emailsAt("/kill")).toEqual(campaign.contacts.map(({ email }) => email).sort());
    expect(counts).toEqual({ contacts: 300, sent: 300, failed: 0, skipped: 0, cancelled: 0, pending: 0 });
  });
});
