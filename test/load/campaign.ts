import { eventually, type TestWorkspace } from "@hooklane/testing";

/** A touchpoint, as far as it is measured. */
export interface Touchpoint {
  readonly id: string;
  readonly status: string;
  readonly dueAt: string;
  readonly finishedAt?: string;
  readonly counts: {
    readonly contacts: number;
    readonly sent: number;
    readonly failed: number;
    readonly skipped: number;
    readonly cancelled: number;
    readonly pending: number;
  };
}

const LOOK_MS = 500;
const IMPORT_MS_MAX = 600_000;

/** An audience, and a campaign for it. */
export class Campaign {
  private constructor(
    readonly workspace: TestWorkspace,
    readonly id: string,
    readonly audienceId: string,
  ) {}

  static async create(workspace: TestWorkspace): Promise<Campaign> {
    const audience = await workspace.api.ask<{ id: string }>("POST", "/v1/audiences", { name: "Readers" });
    const form = { name: "Spring", audienceId: audience.id, goal: "Orders" };
    const { id } = await workspace.api.ask<{ id: string }>("POST", "/v1/campaigns", form);
    return new Campaign(workspace, id, audience.id);
  }

  /** Contacts with their number in a field, `seq`: a receiver finds it in the event of each. @returns seconds it took */
  async addContacts(count: number): Promise<number> {
    const startedAt = performance.now();
    const lines = Array.from({ length: count }, (_, seq) =>
      JSON.stringify({ email: `reader${seq}@example.org`, fields: { seq, city: "Lyon" } }),
    );
    const { api } = this.workspace;
    const type = { "content-type": "application/x-ndjson" };
    const path = `/v1/audiences/${this.audienceId}/imports`;
    const { id } = await api.ask<{ id: string }>("POST", path, lines.join("\n"), type);
    const job = await eventually(
      async () => {
        const found = await api.ask<{ finishedAt?: string; added: number }>("GET", `/v1/jobs/${id}`);
        return found.finishedAt !== undefined && found;
      },
      { what: "an import that is done", deadlineMs: IMPORT_MS_MAX, intervalMs: LOOK_MS },
    );
    if (job.added !== count) throw new Error(`Not all were added: ${JSON.stringify(job)}`);
    return (performance.now() - startedAt) / 1_000;
  }

  /** For all of the audience, with the event as body. The workspace's zone is UTC. */
  schedule(url: string, dueAt: Date): Promise<Touchpoint> {
    const [date = "", clock = ""] = dueAt.toISOString().split("T");
    return this.workspace.api.ask<Touchpoint>("POST", `/v1/campaigns/${this.id}/touchpoints`, {
      name: "Offer",
      url,
      auth: { username: "load", password: "load" },
      date,
      time: clock.slice(0, "09:30:00".length),
    });
  }

  /** Some deliveries of it that have no end yet, or another one, as JSON. */
  async listUndelivered({ id }: Touchpoint): Promise<string> {
    const found = await Promise.all(
      ["pending", "retrying", "dead_letter"].map((status) =>
        this.workspace.api.call("GET", `/v1/deliveries?webhookId=${id}&status=${status}&limit=2`),
      ),
    );
    return found.map(({ text }) => text).join("\n");
  }

  read({ id }: Touchpoint): Promise<Touchpoint> {
    return this.workspace.api.ask("GET", `/v1/campaigns/${this.id}/touchpoints/${id}`);
  }
}
