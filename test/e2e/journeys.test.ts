import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { setTimeout as sleep } from "node:timers/promises";
import {
  always,
  eventually,
  failFirst,
  hang,
  readForm,
  readSequence,
  type ServiceName,
  type TestWorkspace,
} from "@hooklane/testing";
import { Webhook } from "standardwebhooks";
import { awaitStatuses } from "./support/log.js";
import { RejectedReader } from "./support/rejected.js";
import { useKeptServices } from "./support/suite.js";
import { Upstream } from "./support/upstream.js";

const suite = useKeptServices(() => ({ serviceEnv: { dispatcher: { DISPATCHER_RETRY_WAITS_S: "1,1,1" } } }));
const { check } = suite;
let upstream: Upstream;
let rejected: RejectedReader;

beforeAll(async () => {
  upstream = await Upstream.connect(suite.services);
  rejected = await RejectedReader.open(suite.services);
});

afterAll(async () => {
  await upstream.close();
  await rejected.close();
});

interface Point {
  readonly id: string;
  readonly secret: string;
  readonly status: string;
  readonly requestsSent: number;
  readonly attempts: number;
}

interface Explanation {
  readonly matched: readonly { readonly webhookId: string }[];
  readonly unmatched: readonly { readonly webhookId: string; readonly reason: string }[];
}

const contact = (seq = 1) => ({
  id: `c-${seq}`,
  audience_id: "list-7",
  email: "lea@example.org",
  fields: { first_name: "Léa", seq },
});

/** A journey in a workspace, and what is done with it. */
class Journey {
  private constructor(
    readonly workspace: TestWorkspace,
    readonly id: string,
  ) {}

  static async make(workspace: TestWorkspace): Promise<Journey> {
    const { id } = await workspace.api.ask<{ id: string }>("POST", "/v1/journeys", { name: "Onboarding" });
    return new Journey(workspace, id);
  }

  /** With a point at each of these addresses, started. */
  static async started(workspace: TestWorkspace, urls: readonly string[], more: object = {}) {
    const journey = await Journey.make(workspace);
    const points = await Promise.all(urls.map((url) => journey.addPoint(url, more)));
    await journey.switch("start");
    return { journey, points };
  }

  addPoint(url: string, more: object = {}): Promise<Point> {
    const auth = { username: "shop", password: "hush" };
    return this.workspace.api.ask("POST", `/v1/journeys/${this.id}/points`, {
      name: "Welcome",
      url,
      auth,
      ...more,
    });
  }

  switch(command: "start" | "pause" | "resume", body: object = {}): Promise<unknown> {
    return this.workspace.api.ask("POST", `/v1/journeys/${this.id}/${command}`, body);
  }

  arrive(point: Point, body: object = { contact: contact() }) {
    const path = `/v1/journeys/${this.id}/points/${point.id}/arrivals`;
    return this.workspace.api.call<{ readonly eventId: string; readonly code?: string }>("POST", path, body);
  }

  /** As an upstream application tells it on `inbound`. */
  arrival(point: Point, id: string, seq = 1) {
    const data = { journey_id: this.id, point_id: point.id, contact: contact(seq) };
    return { id, type: "journey.arrival", source: "automation", data };
  }

  async counts(point: Point): Promise<Pick<Point, "requestsSent" | "attempts">> {
    const path = `/v1/journeys/${this.id}/points/${point.id}`;
    const { requestsSent, attempts } = await this.workspace.api.ask<Point>("GET", path);
    return { requestsSent, attempts };
  }

  /** They are counted a little later than the log has them. */
  async awaitCounts(point: Point, counts: Pick<Point, "requestsSent" | "attempts">): Promise<void> {
    await eventually(
      async () => {
        const { requestsSent, attempts } = await this.counts(point);
        return requestsSent === counts.requestsSent && attempts === counts.attempts;
      },
      { what: `the counts ${JSON.stringify(counts)}` },
    );
  }
}

/** Who got an event and why others did not, once it is routed. */
const explain = async (workspace: TestWorkspace, eventId: string): Promise<Explanation> => {
  const { body } = await eventually(async () => {
    const answer = await workspace.api.call<Explanation>("GET", `/v1/events/${eventId}/explain`);
    return answer.status === 200 && answer;
  });
  return body;
};

/** Events are numbered as `data.seq` for whoever reads a line at the receiver. */
const NUMBERED = { body: '{"data":{"seq":{{ contact.fields.seq }}}}' };

describe("a contact's arrival at a point", () => {
  check("is one request with Basic auth, headers and a body over the contact, signed", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const { journey, points } = await Journey.started(workspace, [receiver.url("/json")], {
      headers: { "x-shop": "7" },
      body: '{"to": "{{ contact.email }}", "name": "{{ contact.fields.first_name }}", "by": "{{ webhook.name }}"}',
    });
    const { body } = await journey.arrive(points[0]!);
    const [request] = await receiver.waitFor((seen) => seen.length === 1, { path: "/json" });
    expect(new Webhook(points[0]!.secret).verify(request!.body, { ...request!.headers })).toEqual({
      to: "lea@example.org",
      name: "Léa",
      by: "Welcome",
    });
    expect(request!.headers).toMatchObject({
      authorization: `Basic ${Buffer.from("shop:hush").toString("base64")}`,
      "content-type": "application/json",
      "x-shop": "7",
    });
    expect(await explain(workspace, body.eventId)).toMatchObject({
      matched: [{ webhookId: points[0]!.id }],
    });
    await awaitStatuses(workspace, points[0]!.id, { delivered: 1 });
    await journey.awaitCounts(points[0]!, { requestsSent: 1, attempts: 1 });
    expect(receiver.requestsTo("/json")).toHaveLength(1);
    // A test is told from an arrival: it is not counted.
    const test = { eventType: "journey.point_reached" };
    await workspace.api.ask("POST", `/v1/webhooks/${points[0]!.id}/test`, test);
    expect(JSON.parse(receiver.requestsTo("/json")[1]!.body.toString())).toMatchObject({ by: "Welcome" });
    await journey.arrive(points[0]!);
    await awaitStatuses(workspace, points[0]!.id, { delivered: 3 });
    await journey.awaitCounts(points[0]!, { requestsSent: 2, attempts: 2 });
  });

  check(
    "is sent as form data where the point says so, and whole where it has no body of its own",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      const journey = await Journey.make(workspace);
      const form = await journey.addPoint(receiver.url("/form"), {
        contentType: "multipart/form-data",
        body: [
          { name: "email", value: "{{ contact.email }}" },
          { name: "fields", value: "{{ contact.fields }}" },
        ],
      });
      const whole = await journey.addPoint(receiver.url("/whole"));
      await journey.switch("start");
      await Promise.all([journey.arrive(form), journey.arrive(whole)]);
      const [sent] = await receiver.waitFor((seen) => seen.length === 1, { path: "/form" });
      expect(await readForm(sent!.body, sent!.headers["content-type"]!)).toEqual([
        ["email", "lea@example.org"],
        ["fields", JSON.stringify(contact().fields)],
      ]);
      const [event] = await receiver.waitFor((seen) => seen.length === 1, { path: "/whole" });
      expect(JSON.parse(event!.body.toString())).toMatchObject({
        type: "journey.point_reached",
        data: { journey_id: journey.id, point_id: whole.id, contact: contact() },
      });
    },
  );

  check(
    "sends nothing in a draft or a paused journey: 409 by call, logged with that reason by event",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      const journey = await Journey.make(workspace);
      const point = await journey.addPoint(receiver.url("/off"), NUMBERED);
      const whyNot = async (id: string) => {
        await upstream.send(workspace.id, [journey.arrival(point, id, 1)]);
        const { matched, unmatched } = await explain(workspace, id);
        return [matched.length, unmatched.find(({ webhookId }) => webhookId === point.id)?.reason];
      };
      expect((await journey.arrive(point)).body.code).toBe("journey_not_active");
      expect(await whyNot("in-draft")).toEqual([0, "journey_not_active"]);
      await journey.switch("start");
      await journey.switch("pause");
      expect((await journey.arrive(point)).status).toBe(409);
      expect(await whyNot("in-pause")).toEqual([0, "journey_not_active"]);
      await journey.switch("resume");
      await journey.arrive(point, { contact: contact(2) });
      // It came first, so nothing stood in front of it.
      await receiver.waitFor((seen) => readSequence(seen).includes(2), { path: "/off" });
      expect(readSequence(receiver.requestsTo("/off"))).toEqual([2]);
      await journey.awaitCounts(point, { requestsSent: 1, attempts: 1 });
    },
  );

  check("told twice under one id is one, by event, by call, and by both", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const { journey, points } = await Journey.started(workspace, [receiver.url("/once")], NUMBERED);
    const point = points[0]!;
    const twice = [journey.arrival(point, "arrival-1", 1), journey.arrival(point, "arrival-1", 1)];
    await upstream.send(workspace.id, twice);
    expect((await workspace.send(journey.arrival(point, "arrival-1", 1))).status).toBe("accepted");
    await journey.arrive(point, { id: "arrival-1", contact: contact(1) });
    await journey.arrive(point, { id: "arrival-2", contact: contact(2) });
    await receiver.waitFor((seen) => readSequence(seen).includes(2), { path: "/once" });
    expect(readSequence(receiver.requestsTo("/once"))).toEqual([1, 2]);
    await awaitStatuses(workspace, point.id, { delivered: 2 });
  });

  check(
    "that names no point of that journey reaches nobody, and is in the log; one without a contact is refused",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      const other = await services.createWorkspace();
      const { journey, points } = await Journey.started(workspace, [receiver.url("/mine")]);
      const elsewhere = await Journey.make(workspace);
      const foreign = await Journey.started(other, [receiver.url("/foreign")]);
      const arrivals = {
        "other-journey": elsewhere.arrival(points[0]!, "other-journey"),
        "other-workspace": foreign.journey.arrival(foreign.points[0]!, "other-workspace"),
        nowhere: journey.arrival({ ...points[0]!, id: "wh_nowhere" }, "nowhere"),
      };
      await upstream.send(workspace.id, Object.values(arrivals));
      for (const id of Object.keys(arrivals))
        expect(await explain(workspace, id)).toMatchObject({ matched: [] });
      const { id: _id, data, ...event } = journey.arrival(points[0]!, "bad");
      const broken = { ...event, data: { ...data, contact: { id: "c-1" } } };
      const answer = await workspace.ingest.call<{ errors: { path: string }[] }>(
        "POST",
        "/v1/events",
        broken,
      );
      expect([answer.status, answer.body.errors.map(({ path }) => path)]).toEqual([
        422,
        ["data.contact.audience_id", "data.contact.email"],
      ]);
      const value = Buffer.from(JSON.stringify(broken));
      await upstream.sendRaw([{ key: workspace.id, value }]);
      expect((await rejected.awaitValue(value)).headers.code).toBe("schema_mismatch");
      expect([...receiver.requestsTo("/mine"), ...receiver.requestsTo("/foreign")]).toEqual([]);
    },
  );

  check("is tried again when it fails, and counts as one request sent", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    receiver.behave("/flaky", failFirst(2));
    const { journey, points } = await Journey.started(workspace, [receiver.url("/flaky")]);
    await journey.arrive(points[0]!);
    await awaitStatuses(workspace, points[0]!.id, { delivered: 1 });
    await journey.awaitCounts(points[0]!, { requestsSent: 1, attempts: 3 });
  });
});

describe("a journey", () => {
  check(
    "that is paused skips what is queued, and resumed with `recover` sends all of it first, in order",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      receiver.behave("/held", always(500));
      const { journey, points } = await Journey.started(workspace, [receiver.url("/held")], NUMBERED);
      const point = points[0]!;
      for (const seq of [1, 2]) await journey.arrive(point, { contact: contact(seq) });
      await receiver.waitFor((seen) => seen.length > 0, { path: "/held" });
      await journey.switch("pause");
      await awaitStatuses(workspace, point.id, { skipped: 2 });
      await upstream.send(workspace.id, [journey.arrival(point, "meanwhile", 3)]);
      await explain(workspace, "meanwhile");
      receiver.behave("/held", failFirst(0));
      const failed = receiver.requestsTo("/held").length;
      await journey.switch("resume", { recover: true });
      await journey.arrive(point, { contact: contact(4) });
      const taken = () => readSequence(receiver.requestsTo("/held").slice(failed));
      await receiver.waitFor(() => taken().length === 4, { path: "/held" });
      expect(taken()).toEqual([1, 2, 3, 4]);
    },
  );

  check("that is deleted cancels what is queued", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    receiver.behave("/gone", hang);
    const { journey, points } = await Journey.started(workspace, [receiver.url("/gone")], NUMBERED);
    for (const seq of [1, 2, 3]) await journey.arrive(points[0]!, { contact: contact(seq) });
    await receiver.waitFor((seen) => seen.length > 0, { path: "/gone" });
    await workspace.api.ask("DELETE", `/v1/journeys/${journey.id}`);
    await awaitStatuses(workspace, points[0]!.id, { cancelled: 3 });
  });
});

const ARRIVALS = 100;
const KILLED: readonly ServiceName[] = ["subscription-api", "router", "dispatcher", "health-monitor"];

/** Tells one arrival until it is taken: an upstream application that does not give up, with the same id each time. */
async function insist(journey: Journey, point: Point, seq: number): Promise<void> {
  const body = { id: `${point.id}-${seq}`, contact: contact(seq) };
  for (;;) {
    const answer = await journey.arrive(point, body).catch(() => undefined);
    if (answer?.status === 202) return;
    if (answer !== undefined && answer.status < 500) throw new Error(`Refused: ${answer.text}`);
    await sleep(50);
  }
}

describe("kill -9 of each service in the middle of arrivals", () => {
  check(
    "loses none, makes none two, and keeps their order and count at each point",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      const paths = ["/kill/a", "/kill/b"];
      const urls = paths.map((path) => receiver.url(path));
      const { journey, points } = await Journey.started(workspace, urls, NUMBERED);
      let told = 0;
      const tell = async (point: Point) => {
        for (let seq = 1; seq <= ARRIVALS; seq++) {
          await insist(journey, point, seq);
          told++;
        }
      };
      const killOneByOne = async () => {
        for (const [index, name] of KILLED.entries()) {
          await eventually(() => told >= (index + 1) * 30, { what: "arrivals" });
          await services.kill9(name);
          await services.start([name]);
        }
      };
      await Promise.all([...points.map(tell), killOneByOne()]);
      const numbers = Array.from({ length: ARRIVALS }, (_, index) => index + 1);
      for (const [index, path] of paths.entries()) {
        const firsts = () => [...new Set(readSequence(receiver.requestsTo(path)))];
        await receiver.waitFor(() => firsts().length === ARRIVALS, { deadlineMs: 90_000 });
        expect(firsts()).toEqual(numbers);
        // What came twice, as its answer was lost with the dispatcher, is known by its `webhook-id`.
        expect(new Set(receiver.requestsTo(path).map(({ webhookId }) => webhookId)).size).toBe(ARRIVALS);
        await awaitStatuses(workspace, points[index]!.id, { delivered: ARRIVALS });
        await eventually(async () => (await journey.counts(points[index]!)).requestsSent === ARRIVALS, {
          what: "requests sent",
        });
      }
      expect(
        await suite.services.database.db!.collection("events").countDocuments({ workspaceId: workspace.id }),
      ).toBe(2 * ARRIVALS);
    },
    180_000,
  );
});
