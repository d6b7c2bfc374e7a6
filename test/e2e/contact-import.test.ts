import { describe, expect } from "@jest/globals";
import { eventually, type ReceivedRequest, type TestWorkspace } from "@hooklane/testing";
import { useKeptServices } from "./support/suite.js";

const suite = useKeptServices();
const { check } = suite;

interface ImportJob {
  readonly id: string;
  readonly status: string;
  readonly phase: string;
  readonly total: number;
  readonly done: number;
}

interface Told {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly data: {
    readonly subscriber?: { readonly email: string; readonly fields: Readonly<Record<string, unknown>> };
    readonly import?: Readonly<Record<string, unknown>>;
  };
}

const FINISHED = "contacts.import_finished";

/** An audience, and two webhooks with one line: what tells of its contacts, and of the end of imports. */
async function makeAudience(workspace: TestWorkspace, url: string): Promise<string> {
  const { id } = await workspace.api.ask<{ id: string }>("POST", "/v1/audiences", { name: "Readers" });
  await workspace.createWebhook({
    url,
    kind: "audience",
    audienceId: id,
    eventTypes: ["audience.subscribed", "audience.unsubscribed", "audience.profile_updated"],
  });
  await workspace.createWebhook({ url, eventTypes: [FINISHED, "contact.subscribed"] });
  return id;
}

const upload = (workspace: TestWorkspace, audience: string, contentType: string, body: string) =>
  workspace.api.ask<ImportJob>("POST", `/v1/audiences/${audience}/imports`, body, {
    "content-type": contentType,
  });

const readJob = (workspace: TestWorkspace, id: string) =>
  workspace.api.ask<ImportJob>("GET", `/v1/jobs/${id}`);

const awaitEnd = (workspace: TestWorkspace, id: string) =>
  eventually(
    async () => {
      const job = await readJob(workspace, id);
      return job.phase === "done" && job;
    },
    { what: "the end of an import", deadlineMs: 60_000, intervalMs: 100 },
  );

const toTold = ({ body }: ReceivedRequest): Told => JSON.parse(body.toString()) as Told;

/** What came, up to the end of the import. */
async function awaitTold(path: string): Promise<readonly Told[]> {
  const isOver = (requests: readonly ReceivedRequest[]) =>
    requests.some((request) => toTold(request).type === FINISHED);
  return (await suite.receiver.waitFor(isOver, { path, deadlineMs: 60_000 })).map(toTold);
}

describe("an import of contacts", () => {
  check("by CSV writes what is right, tells what is not, and ends behind its contacts' events", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const audience = await makeAudience(workspace, receiver.url("/csv"));
    const csv = [
      "Email;Status;Tags;City;fields.since",
      "lea@example.org;;vip;Nice;2019",
      "nobody;;;Paris;2020",
      'bo@example.org;unsubscribed;;"Aix;en";2021',
      'mo@example.org;;;"Lille;2022',
      "LEA@example.org;;;Lyon;",
      "al@example.org;;strangers;;",
      "too;few",
      "zoe@example.org;subscribed;;;2023",
    ].join("\r\n");
    await workspace.api.ask("POST", `/v1/audiences/${audience}/tags`, { name: "vip" });
    const begun = await upload(workspace, audience, "text/csv", csv);
    const job = await awaitEnd(workspace, begun.id);
    expect(job).toMatchObject({ status: "completed", total: 8, done: 8, added: 3, updated: 1, rejected: 4 });
    const errors = await workspace.api.ask<{ data: { line: number; path: string }[] }>(
      "GET",
      `/v1/audiences/${audience}/imports/${begun.id}/errors`,
    );
    expect(errors.data.map(({ line, path }) => [line, path])).toEqual([
      [3, "email"],
      [5, ""],
      [7, "tags"],
      [8, ""],
    ]);
    const { data } = await workspace.api.ask<{ data: object[] }>("GET", `/v1/audiences/${audience}/contacts`);
    expect(data).toMatchObject([
      { email: "lea@example.org", tags: ["vip"], fields: { City: "Lyon", since: "2019" } },
      { email: "bo@example.org", status: "unsubscribed", fields: { City: "Aix;en" } },
      { email: "zoe@example.org", status: "subscribed" },
    ]);
    const told = await awaitTold("/csv");
    expect(told.map(({ type, source, data: { subscriber } }) => [type, source, subscriber?.email])).toEqual([
      ["audience.subscribed", "import", "lea@example.org"],
      ["audience.profile_updated", "import", "lea@example.org"],
      ["audience.subscribed", "import", "zoe@example.org"],
      [FINISHED, "import", undefined],
    ]);
    expect(told.at(-1)?.data.import).toMatchObject({
      id: begun.id,
      list: { id: audience, name: "Readers" },
      status: "success",
      total: 8,
      added: 3,
      updated: 1,
      rejected: 4,
      error: null,
    });
  });

  check(
    "writes each contact once and tells of it once, also when the health-monitor is killed in the middle",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      const audience = await makeAudience(workspace, receiver.url("/killed"));
      const count = 2_000;
      const emails = Array.from({ length: count }, (_, n) => `u${n}@example.org`);
      const body = emails.map((email) => JSON.stringify({ email, fields: { n: 1 } })).join("\n");
      const { id } = await upload(workspace, audience, "application/x-ndjson", body);
      await eventually(async () => (await readJob(workspace, id)).done > 0, {
        what: "an import that has begun",
        intervalMs: 5,
      });
      await services.kill9("health-monitor");
      const { done } = await readJob(workspace, id);
      expect(done).toBeLessThan(count);
      await services.start(["health-monitor"]);
      const job = await awaitEnd(workspace, id);
      expect(job).toMatchObject({ status: "completed", added: count, updated: 0, unchanged: 0, rejected: 0 });
      const told = await awaitTold("/killed");
      const subscribed = told.slice(0, -1).map(({ data: { subscriber } }) => subscriber?.email);
      expect(subscribed).toHaveLength(count);
      expect([...subscribed].sort()).toEqual([...emails].sort());
      expect(told.at(-1)).toMatchObject({ type: FINISHED, data: { import: { added: count } } });
      expect(new Set(told.map((event) => event.id)).size).toBe(count + 1);
    },
    150_000,
  );

  check("that is cancelled keeps what is written and ends as a failure", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const audience = await makeAudience(workspace, receiver.url("/cancelled"));
    const contacts = Array.from({ length: 20_000 }, (_, n) => ({ email: `u${n}@example.org` }));
    const begun = await upload(workspace, audience, "application/json", JSON.stringify(contacts));
    await workspace.api.ask("POST", `/v1/jobs/${begun.id}/cancel`, {});
    const job = await awaitEnd(workspace, begun.id);
    expect(job.status).toBe("cancelled");
    expect(job.done).toBeLessThan(contacts.length);
    const told = await awaitTold("/cancelled");
    expect(told).toHaveLength(job.done + 1);
    expect(told.at(-1)?.data.import).toMatchObject({ status: "failure", error: "The import was cancelled." });
  });
});
