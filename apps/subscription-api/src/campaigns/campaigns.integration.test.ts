import { asWebhookId } from "@hooklane/core";
import { WebhookRepository } from "@hooklane/store";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { AudienceCalls, faultsOf, refusalOf } from "../testing/audience-calls.js";
import { soon, touchpointForm as form } from "../testing/statuses/campaign-requests.js";
import { OPERATOR_KEY, type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;
let audience: AudienceCalls;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace({ timeZone: "Europe/Paris" });
  audience = await AudienceCalls.make(workspace);
});

afterAll(() => api.stop());

const NONE = { draft: 0, scheduled: 0, running: 0, completed: 0, cancelled: 0 };

/** What the tests read of a touchpoint and of the calendar. */
interface Shown {
  readonly id: string;
  readonly status: string;
  readonly webhookStatus: string;
  readonly dueAt: string;
  readonly timeNote?: string;
  readonly data: readonly { readonly date: string; readonly entries: readonly { readonly name: string }[] }[];
}
const shown = ({ body }: TestAnswer) => body as unknown as Shown;

async function makeCampaign(of = audience): Promise<string> {
  const body = { name: "Spring", audienceId: of.id };
  const made = await of.workspace.call("POST", "/v1/campaigns", { body });
  expect(made.status).toBe(201);
  return `/v1/campaigns/${made.body.id}`;
}

const add = (campaign: string, more: object = {}, of = workspace) =>
  of.call("POST", `${campaign}/touchpoints`, { body: form(more) });

async function makeTouchpoint(more: object = {}): Promise<string> {
  const campaign = await makeCampaign();
  const made = await add(campaign, more);
  expect([made.status, made.text]).toEqual([201, expect.anything()]);
  return `${campaign}/touchpoints/${made.body.id}`;
}

const touchpoints = () => api.store.db.collection<{ _id: string }>("touchpoints");
const idOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
const snapshotOf = (path: string) =>
  api.store.db.collection<{ _id: string }>("touchpointSnapshots").findOne({ _id: idOf(path) });

/** As if its time had come. */
const letCome = (path: string) =>
  touchpoints().updateOne({ _id: idOf(path) }, { $set: { dueAt: new Date(Date.now() - 1000) } });

/** The clocks of the European Union change on the last Sunday of the month, March (2) or October (9). */
function nextClockChange(month: number): string {
  for (let year = new Date().getUTCFullYear(); ; year++) {
    const day = new Date(Date.UTC(year, month + 1, 0));
    day.setUTCDate(day.getUTCDate() - day.getUTCDay());
    if (day.getTime() > Date.now()) return day.toISOString().slice(0, "2027-03-28".length);
  }
}

describe("a campaign", () => {
  test("is made for an audience, read, listed, changed with its ETag, and deleted", async () => {
    const own = await api.createWorkspace();
    const { id: audienceId } = await AudienceCalls.make(own);
    const body = { name: " Spring ", audienceId, goal: "Win back" };
    const made = await own.call("POST", "/v1/campaigns", { body });
    expect(made.body).toMatchObject({ name: "Spring", audienceId, goal: "Win back", touchpointCount: 0 });
    expect(made.body.id).toMatch(/^cp_/);
    const path = `/v1/campaigns/${made.body.id}`;
    const stale = { body: { name: "B" }, headers: { "if-match": '"7"' } };
    expect((await own.call("PATCH", path, stale)).status).toBe(412);
    const fresh = { body: { name: "B", goal: null }, headers: { "if-match": '"1"' } };
    const changed = await own.call("PATCH", path, fresh);
    expect(changed.body).toMatchObject({ name: "B", version: 2 });
    expect(changed.body).not.toHaveProperty("goal");
    expect((await own.call("GET", "/v1/campaigns")).body.data).toEqual([changed.body]);
    expect((await own.call("DELETE", path)).status).toBe(204);
    expect((await own.call("GET", path)).status).toBe(404);
  });

  test("says how many of its touchpoints are in each status, listed and by itself", async () => {
    const own = await api.createWorkspace({ timeZone: "Europe/Paris" });
    const campaign = await makeCampaign(await AudienceCalls.make(own));
    await add(campaign, {}, own);
    await add(campaign, { schedule: false }, own);
    const { body: cancelled } = await add(campaign, {}, own);
    await own.call("POST", `${campaign}/touchpoints/${cancelled.id}/cancel`);
    const counted = {
      touchpointCount: 3,
      touchpointStatuses: { ...NONE, draft: 1, scheduled: 1, cancelled: 1 },
    };
    expect((await own.call("GET", campaign)).body).toMatchObject(counted);
    expect((await own.call("PATCH", campaign, { body: { name: "B" } })).body).toMatchObject(counted);
    await makeCampaign(await AudienceCalls.make(own));
    const { body: list } = await own.call("GET", "/v1/campaigns");
    expect(list.data).toMatchObject([counted, { touchpointCount: 0, touchpointStatuses: NONE }]);
  });

  test("is refused for an audience that is not the workspace's", async () => {
    const others = await AudienceCalls.make(await api.createWorkspace());
    for (const audienceId of [others.id, "au_nobody", "list-7"]) {
      const body = { name: "C", audienceId };
      expect(faultsOf(await workspace.call("POST", "/v1/campaigns", { body }))).toEqual([
        422,
        "audienceId invalid_value",
      ]);
    }
    const body = { audienceId: others.id };
    expect((await workspace.call("PATCH", await makeCampaign(), { body })).status).toBe(422);
  });

  test("keeps its audience from being deleted", async () => {
    const own = await AudienceCalls.make(workspace);
    await makeCampaign(own);
    expect(refusalOf(await own.delete())).toEqual([409, "conflict"]);
  });

  test("is not deleted while a touchpoint is scheduled or running, and takes its others with it", async () => {
    const path = await makeTouchpoint();
    const campaign = path.slice(0, path.indexOf("/touchpoints"));
    expect(refusalOf(await workspace.call("DELETE", campaign))).toEqual([409, "conflict"]);
    expect((await workspace.call("POST", `${path}/cancel`)).status).toBe(200);
    expect((await workspace.call("DELETE", campaign)).status).toBe(204);
    expect((await workspace.call("GET", path)).status).toBe(404);
    expect((await workspace.call("GET", `/v1/webhooks/${idOf(path)}`)).status).toBe(404);
  });

  test("is another workspace's secret", async () => {
    const path = await makeTouchpoint();
    const campaign = path.slice(0, path.indexOf("/touchpoints"));
    const other = await api.createWorkspace();
    for (const hidden of [campaign, path, `${campaign}/touchpoints`])
      expect((await other.call("GET", hidden)).status).toBe(404);
    expect((await other.call("DELETE", path)).status).toBe(404);
    expect((await other.call("POST", `${path}/cancel`)).status).toBe(404);
  });
});

describe("a touchpoint", () => {
  test("is a webhook, scheduled for the campaign's audience, its secret shown once", async () => {
    const campaign = await makeCampaign();
    const made = await add(campaign);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      kind: "touchpoint",
      eventTypes: ["campaign.touchpoint_due"],
      status: "scheduled",
      webhookStatus: "active",
      audienceId: audience.id,
      timeZone: "Europe/Paris",
      counts: { contacts: 0, sent: 0, failed: 0, skipped: 0, cancelled: 0, pending: 0 },
      secret: expect.stringMatching(/^whsec_/),
    });
    const path = `${campaign}/touchpoints/${made.body.id}`;
    const { secret: _, ...rest } = made.body;
    expect((await workspace.call("GET", path)).body).toEqual(rest);
    expect((await workspace.call("GET", `${campaign}/touchpoints`)).body.data).toEqual([rest]);
    expect((await workspace.call("GET", campaign)).body).toMatchObject({ touchpointCount: 1 });
    expect((await workspace.call("GET", `/v1/webhooks/${made.body.id}`)).body.status).toBe("active");
    expect(await snapshotOf(path)).toMatchObject({ audienceId: audience.id, open: true });
  });

  test("needs a URL, credentials, a date and a time", async () => {
    const answer = await workspace.call("POST", `${await makeCampaign()}/touchpoints`, {
      body: { name: "T" },
    });
    expect(faultsOf(answer)).toEqual(
      expect.arrayContaining([
        422,
        "url required",
        "auth.username required",
        "auth.password required",
        "date required",
        "time required",
      ]),
    );
  });

  test("is for a segment or a tag of its audience, and of no other", async () => {
    const campaign = await makeCampaign();
    const other = await AudienceCalls.make(workspace);
    const segment = { name: "S", conditions: { "fields.city": "Lyon" } };
    const own = (await audience.post("/segments", segment)).body.id;
    const foreign = (await other.post("/segments", segment)).body.id;
    await audience.post("/tags", { name: "vip" });
    await other.post("/tags", { name: "theirs" });
    expect((await add(campaign, { segmentId: own })).body).toMatchObject({ segmentId: own });
    expect((await add(campaign, { tag: "vip" })).body).toMatchObject({ tag: "vip" });
    const elsewhere = { audienceId: other.id, tag: "theirs" };
    expect((await add(campaign, elsewhere)).body).toMatchObject(elsewhere);
    const faults = async (more: object) => faultsOf(await add(campaign, more));
    expect(await faults({ segmentId: foreign })).toEqual([422, "segmentId invalid_value"]);
    expect(await faults({ segmentId: "seg_nobody" })).toEqual([422, "segmentId invalid_value"]);
    expect(await faults({ tag: "theirs" })).toEqual([422, "tag invalid_value"]);
    expect(await faults({ segmentId: own, tag: "vip" })).toEqual([422, "tag excluded_by"]);
    expect(await faults({ audienceId: "au_nobody" })).toEqual([422, "audienceId invalid_value"]);
  });

  test.each([
    ["a day that was", { date: soon(-2) }, "date too_small"],
    ["a day beyond two years", { date: soon(800) }, "date too_large"],
    ["a day that is none", { date: "2027-02-30" }, "date invalid_format"],
    ["a time that is none", { time: "24:00" }, "time invalid_format"],
  ])("is refused on %s", async (_, more, fault) => {
    expect(faultsOf(await add(await makeCampaign(), more))).toEqual([422, fault]);
  });

  test("in the hour the clock leaves out is moved, in the hour it shows twice is the first; both say so", async () => {
    const campaign = await makeCampaign();
    const spring = nextClockChange(2);
    expect((await add(campaign, { date: spring, time: "02:30" })).body).toMatchObject({
      date: spring,
      time: "02:30",
      dueAt: `${spring}T01:30:00.000Z`,
      timeNote: "moved",
    });
    const autumn = nextClockChange(9);
    const twice = await add(campaign, { date: autumn, time: "02:30" });
    expect(twice.body).toMatchObject({ dueAt: `${autumn}T00:30:00.000Z`, timeNote: "ambiguous" });
    const path = `${campaign}/touchpoints/${twice.body.id}`;
    const moved = await workspace.call("PATCH", path, { body: { time: "04:30" } });
    expect(shown(moved).dueAt).toBe(`${autumn}T03:30:00.000Z`);
    expect(moved.body).not.toHaveProperty("timeNote");
  });

  test("keeps its time when the workspace moves to another zone, until it is given a new one", async () => {
    const own = await api.createWorkspace({ timeZone: "Europe/Paris" });
    const campaign = await makeCampaign(await AudienceCalls.make(own));
    const { body } = await add(campaign, {}, own);
    const path = `${campaign}/touchpoints/${body.id}`;
    await own.call("PATCH", "/v1/workspace", { body: { timeZone: "Asia/Tokyo" } });
    const renamed = await own.call("PATCH", path, { body: { name: "Other" } });
    expect(renamed.body).toMatchObject({ timeZone: "Europe/Paris", dueAt: (body as unknown as Shown).dueAt });
    const moved = await own.call("PATCH", path, { body: { time: "09:30" } });
    expect(moved.body).toMatchObject({ timeZone: "Asia/Tokyo", dueAt: `${soon()}T00:30:00.000Z` });
  });

  test("is moved and changed before it is due, in one version", async () => {
    const path = await makeTouchpoint();
    const body = { date: soon(31), time: "10:00", name: "Later", url: "https://other.example.org/" };
    // Another host is told no password it was not given.
    const auth = { username: "u", password: "p" };
    const moved = await workspace.call("PATCH", path, { body: { ...body, auth } });
    expect([moved.status, moved.body]).toMatchObject([200, { ...body, status: "scheduled", version: 2 }]);
    expect(await snapshotOf(path)).toMatchObject({ dueAt: new Date(shown(moved).dueAt) });
    const past = await workspace.call("PATCH", path, { body: { date: soon(-2) } });
    expect(faultsOf(past)).toEqual([422, "date too_small"]);
    const stale = { body: { name: "x" }, headers: { "if-match": '"1"' } };
    expect((await workspace.call("PATCH", path, stale)).status).toBe(412);
    expect(faultsOf(await workspace.call("PATCH", path, { body: { url: "ftp://x" } }))[0]).toBe(422);
    expect(faultsOf(await workspace.call("PATCH", path, { body: { date: null } }))).toEqual([
      422,
      "date required",
    ]);
  });

  test("is left alone once it is due", async () => {
    const path = await makeTouchpoint();
    await letCome(path);
    expect(refusalOf(await workspace.call("PATCH", path, { body: { name: "x" } }))).toEqual([
      409,
      "conflict",
    ]);
    for (const call of ["cancel", "schedule"])
      expect(refusalOf(await workspace.call("POST", `${path}/${call}`))).toEqual([409, "conflict"]);
  });

  test("is cancelled for good, and switched off", async () => {
    const path = await makeTouchpoint();
    const cancelled = await workspace.call("POST", `${path}/cancel`);
    expect(cancelled.body).toMatchObject({
      status: "cancelled",
      webhookStatus: "inactive",
      cancelReason: "by_call",
    });
    expect(await snapshotOf(path)).toBeNull();
    const again = await workspace.call("POST", `${path}/cancel`);
    expect([again.status, again.body]).toEqual([200, cancelled.body]);
    expect(refusalOf(await workspace.call("POST", `${path}/schedule`))).toEqual([409, "conflict"]);
  });

  test("stays a draft, switched off, until it is scheduled", async () => {
    const path = await makeTouchpoint({ schedule: false });
    expect(shown(await workspace.call("GET", path))).toMatchObject({
      status: "draft",
      webhookStatus: "inactive",
    });
    expect(await snapshotOf(path)).toBeNull();
    const scheduled = await workspace.call("POST", `${path}/schedule`);
    expect(scheduled.body).toMatchObject({ status: "scheduled", webhookStatus: "active" });
    expect(await snapshotOf(path)).not.toBeNull();
    const again = await workspace.call("POST", `${path}/schedule`);
    expect([again.status, again.body]).toEqual([200, scheduled.body]);
  });

  test("whose time is over while it is a draft is not scheduled", async () => {
    const path = await makeTouchpoint({ schedule: false });
    await letCome(path);
    expect(refusalOf(await workspace.call("POST", `${path}/schedule`))).toEqual([409, "conflict"]);
    await workspace.call("PATCH", path, { body: { date: soon() } });
    expect((await workspace.call("POST", `${path}/schedule`)).status).toBe(200);
  });

  test("is deleted with its webhook", async () => {
    const path = await makeTouchpoint();
    expect((await workspace.call("DELETE", path)).status).toBe(204);
    expect((await workspace.call("GET", path)).status).toBe(404);
    expect(await new WebhookRepository(api.store).find(asWebhookId(idOf(path)))).toHaveProperty("deletedAt");
    expect(await snapshotOf(path)).toBeNull();
  });

  test("under a plan that only configures is saved as a draft and not scheduled: 403, and nothing is made", async () => {
    const own = await api.createWorkspace();
    const campaign = await makeCampaign(await AudienceCalls.make(own));
    const plan = { id: "own.configure", family: "own", rank: 1, name: { en: "C", fr: "C" } };
    const body = { ...plan, webhooks: { access: "configure" } };
    expect((await api.call("POST", "/v1/plans", { key: OPERATOR_KEY, body })).status).toBe(201);
    await api.call("PATCH", `/v1/workspaces/${own.id}`, { key: OPERATOR_KEY, body: { plan: plan.id } });
    expect(refusalOf(await add(campaign, {}, own))).toEqual([403, "plan_upgrade_required"]);
    expect((await own.call("GET", `${campaign}/touchpoints`)).body.data).toEqual([]);
    const draft = await add(campaign, { schedule: false }, own);
    expect(draft.status).toBe(201);
    const path = `${campaign}/touchpoints/${draft.body.id}`;
    expect(refusalOf(await own.call("POST", `${path}/schedule`))).toEqual([403, "plan_upgrade_required"]);
    expect((await own.call("GET", path)).body.status).toBe("draft");
  });

  test("made twice with one Idempotency-Key is made once", async () => {
    const campaign = await makeCampaign();
    const call = { body: form(), headers: { "idempotency-key": "tp-1" } };
    const first = await workspace.call("POST", `${campaign}/touchpoints`, call);
    const second = await workspace.call("POST", `${campaign}/touchpoints`, call);
    expect([first.status, second.body.id]).toEqual([201, first.body.id]);
    expect((await workspace.call("GET", campaign)).body).toMatchObject({ touchpointCount: 1 });
  });

  test("is listed with its campaign's others, oldest first, page by page", async () => {
    const campaign = await makeCampaign();
    for (const name of ["a", "b", "c"]) await add(campaign, { name });
    const first = await workspace.call("GET", `${campaign}/touchpoints?limit=2`);
    expect(first.body.data.map(({ name }) => name)).toEqual(["a", "b"]);
    const rest = `${campaign}/touchpoints?limit=2&cursor=${String(first.body.nextCursor)}`;
    const last = await workspace.call("GET", rest);
    expect([last.body.data.map(({ name }) => name), last.body.nextCursor]).toEqual([["c"], null]);
  });
});

describe("the calendar", () => {
  test("shows touchpoints by the workspace's days, with status and counts, page by page", async () => {
    const own = await api.createWorkspace({ timeZone: "Europe/Paris" });
    const campaign = await makeCampaign(await AudienceCalls.make(own));
    // Half past midnight there is the day before in UTC.
    for (const [name, date, time] of [
      ["third", soon(11), "00:30"],
      ["first", soon(10), "00:30"],
      ["second", soon(10), "23:30"],
      ["outside", soon(12), "00:00"],
    ])
      expect((await add(campaign, { name, date, time }, own)).status).toBe(201);
    const read = async (more = "") =>
      own.call("GET", `/v1/campaigns/calendar?from=${soon(10)}&to=${soon(11)}${more}`);
    const whole = await read();
    expect(shown(whole).data.map(({ date, entries }) => [date, entries.map(({ name }) => name)])).toEqual([
      [soon(10), ["first", "second"]],
      [soon(11), ["third"]],
    ]);
    expect(whole.body).toMatchObject({ timeZone: "Europe/Paris", nextCursor: null });
    expect(shown(whole).data[0]?.entries[0]).toMatchObject({
      campaignName: "Spring",
      status: "scheduled",
      counts: { contacts: 0, pending: 0 },
    });
    const names: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const page: TestAnswer = await read(`&limit=1${cursor && `&cursor=${cursor}`}`);
      names.push(...shown(page).data.flatMap(({ entries }) => entries.map(({ name }) => name)));
      cursor = page.body.nextCursor;
    }
    expect(names).toEqual(["first", "second", "third"]);
  });

  test.each([
    ["92 days", "from=2027-01-01&to=2027-04-02", [200]],
    ["93 days", "from=2027-01-01&to=2027-04-03", [422, "to too_large"]],
    ["an end before its beginning", "from=2027-01-02&to=2027-01-01", [422, "to too_small"]],
    ["no end", "from=2027-01-02", [422, "to required"]],
  ])("of %s is answered %s", async (_, query, expected) => {
    const answer = await workspace.call("GET", `/v1/campaigns/calendar?${query}`);
    expect(answer.status === 200 ? [200] : faultsOf(answer)).toEqual(expected);
  });
});
