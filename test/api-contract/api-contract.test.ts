import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { aWorkspace, anEvent, eventually, JsonClient } from "@hooklane/testing";
import fc from "fast-check";
import { Agent, request } from "undici";
import { useServices } from "../e2e/support/suite.js";
import { readContractOptions } from "./options.js";
import { AnswerRules, isStream, type RawAnswer } from "./support/answer-rules.js";
import { type ContractDocument, type Operation, readOperations } from "./support/contract-document.js";
import { Coverage } from "./support/coverage.js";
import { fuzzedRequests, type FuzzedRequest, type Keys } from "./support/fuzzed-requests.js";
import { KnownObjects } from "./support/known-objects.js";
import { SchemaValues } from "./support/schema-values.js";

/**
 * Holds the services against the OpenAPI document they publish: whatever is sent, no answer is a fault and none is
 * undocumented. `npm run test:api-contract` sends much, `npm test` a little.
 */
const options = readContractOptions(process.env, Date.now());
const suite = useServices();
const { check } = suite;
// Servers close what is idle for five seconds, and a busy machine can take that long from one call to the next.
const agent = new Agent({ connections: 8, keepAliveMaxTimeout: 1_000 });
const coverage = new Coverage();
let document: ContractDocument;
let operations: readonly Operation[];
let rules: AnswerRules;
let known: KnownObjects;
let clients: { readonly operator: JsonClient; readonly workspace: JsonClient };
let scopeless: string;

beforeAll(async () => {
  const { services } = suite;
  const api = services.service("subscription-api").url;
  const workspace = await services.createWorkspace();
  const operator = new JsonClient(api, services.operatorKey);
  clients = { operator, workspace: workspace.api };
  document = await workspace.api.ask<ContractDocument>("GET", "/v1/openapi.json");
  operations = readOperations(document);
  rules = new AnswerRules(document);
  // The one all calls are made in is not in reach of the operator's; they have another.
  await operator.ask("POST", "/v1/workspaces", aWorkspace());
  const key = await workspace.api.ask<{ id: string; apiKey: string }>("POST", "/v1/api-keys", {
    name: "Scopeless",
    scopes: ["ingest"],
  });
  scopeless = key.apiKey;
  const { data } = await workspace.api.ask<{ data: { id: string }[] }>("GET", "/v1/api-keys");
  known = new KnownObjects(new Set([workspace.id, ...data.map(({ id }) => id)]));
  await makeHistory(workspace);
}, 120_000);

afterAll(async () => {
  console.log(`seed ${options.seed}, ${coverage.requests} requests\n${coverage.toString()}`);
  await clients.operator.close();
  await agent.close();
});

/** Webhooks, events and deliveries, so that there is something to find. */
async function makeHistory(
  workspace: Awaited<ReturnType<typeof suite.services.createWorkspace>>,
): Promise<void> {
  for (const name of ["/one", "/two"]) await workspace.createWebhook({ url: suite.receiver.url(name) });
  await workspace.send(anEvent());
  const deliverAt = new Date(Date.now() + 86_400_000).toISOString();
  await workspace.sendMany(Array.from({ length: 20 }, () => anEvent({ deliverAt })));
  await eventually(
    async () => {
      const { data } = await workspace.api.ask<{ data: { status: string }[] }>("GET", "/v1/deliveries");
      return data.length === 2 && data.every(({ status }) => status === "delivered");
    },
    { what: "two deliveries" },
  );
  const { job } = await workspace.api.ask<{ job: { id: string } }>("POST", "/v1/deliveries/resend-many", {
    filter: { status: "dead_letter" },
  });
  known.add("jobs", job.id);
  await makeJourneys(workspace.api);
  await makeAudiences(workspace.api);
  await makeCampaigns(workspace.api);
}

/** As of journeys: audiences are listed, what they have is not. */
async function makeAudiences(api: JsonClient): Promise<void> {
  for (const name of ["one", "two"]) {
    const { id } = await api.ask<{ id: string }>("POST", "/v1/audiences", { name });
    const path = `/v1/audiences/${id}`;
    await api.ask("POST", `${path}/tags`, { name: "vip" });
    for (const nth of [1, 2, 3]) {
      const email = `c${nth}@example.org`;
      const contact = await api.ask<{ id: string }>("POST", `${path}/contacts`, { email, tags: ["vip"] });
      known.add("contacts", contact.id, id);
      const segment = { name: `${name} ${nth}`, conditions: { tags: "vip" } };
      known.add("segments", (await api.ask<{ id: string }>("POST", `${path}/segments`, segment)).id, id);
      await api.ask("POST", `${path}/tags`, { name: `t${nth}` });
      known.add("tags", `t${nth}`, id);
    }
    const contacts = [{ email: "c1@example.org" }, { email: "nobody" }];
    const job = await api.ask<{ id: string }>("POST", `${path}/imports`, contacts);
    known.add("imports", job.id, id);
  }
}

/** Journeys are listed, their points are not: what is under them is tried in few journeys, so that it is found. */
async function makeJourneys(api: JsonClient): Promise<void> {
  for (const name of ["one", "two"]) {
    const { id } = await api.ask<{ id: string }>("POST", "/v1/journeys", { name });
    for (const nth of [1, 2, 3]) {
      const point = await api.ask<{ id: string }>("POST", `/v1/journeys/${id}/points`, {
        name: `${name} ${nth}`,
        url: suite.receiver.url("/fuzzed"),
        auth: { username: "u", password: "p" },
      });
      known.add("points", point.id, id);
    }
  }
}

/** As of journeys. */
async function makeCampaigns(api: JsonClient): Promise<void> {
  // Of its own, so that it stays: an audience with a campaign is not deleted.
  const audience = await api.ask<{ id: string }>("POST", "/v1/audiences", { name: "campaigns'" });
  for (const name of ["one", "two"]) {
    const campaign = { name, audienceId: audience.id };
    const { id } = await api.ask<{ id: string }>("POST", "/v1/campaigns", campaign);
    for (const nth of [1, 2, 3]) {
      const touchpoint = await api.ask<{ id: string }>("POST", `/v1/campaigns/${id}/touchpoints`, {
        name: `${name} ${nth}`,
        url: suite.receiver.url("/fuzzed"),
        auth: { username: "u", password: "p" },
        date: dayAhead(nth),
        time: "12:00",
        schedule: nth > 1,
      });
      known.add("touchpoints", touchpoint.id, id);
    }
  }
}

/** YYYY-MM-DD, so many days from today. */
const dayAhead = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, "2027-01-01".length);

/** Values of which the API makes something, wherever fields of these names stand. */
function toHints(): ReadonlyMap<string, fc.Arbitrary<unknown>> {
  const of = (part: string) => {
    const ids = known.idsOf(part);
    return ids.length === 0 ? fc.constant("none") : fc.constantFrom(...ids);
  };
  const receiver = suite.receiver.url("/fuzzed");
  // Nothing that leaves the machine: names that resolve nowhere, and addresses that are refused.
  const refused = ["https://hooks.invalid/a", "http://10.1.2.3/", "ftp://x.invalid/", "http://[::1", "//a"];
  const urls = fc.oneof(
    { arbitrary: fc.constantFrom(receiver, `${receiver}?a=1`), weight: 9 },
    { arbitrary: fc.constantFrom(...refused), weight: 1 },
  );
  return new Map<string, fc.Arbitrary<unknown>>([
    ["url", urls],
    ["tokenUrl", urls],
    ["eventTypes", fc.uniqueArray(of("event-types"), { minLength: 1, maxLength: 3 })],
    ["eventType", of("event-types")],
    ["type", of("event-types")],
    ["webhookId", of("webhooks")],
    ["eventId", of("events")],
    ["plan", of("plans")],
    ["family", fc.constant("mail")],
    ["audienceId", of("audiences")],
    ["segmentId", of("segments")],
    ["tags", fc.constantFrom([], ["vip"], ["vip", "t1"])],
    ["date", fc.constantFrom(dayAhead(-2), dayAhead(10), dayAhead(20))],
    ["time", fc.constantFrom("09:30", "23:59:59", "24:00")],
    ["tag", fc.constantFrom("vip", "t1", "none")],
    // Points of time in most calls, days in the calendar's.
    ["from", fc.constantFrom(dayAhead(1), `${dayAhead(-1)}T00:00:00Z`)],
    ["to", fc.constantFrom(dayAhead(30), `${dayAhead(1)}T00:00:00Z`)],
    ["email", fc.constantFrom("c1@example.org", "new@example.org", "nobody")],
    ["conditions", fc.constantFrom({ tags: "vip" }, { "fields.city": { $ne: "Lyon" } }, { city: 1 })],
    ["name", fc.constantFrom("N", "Léa 🎈")],
    ["IngestEvent", fc.constant(anEvent()).map(({ id: _, ...event }) => event)],
  ]);
}

const toKeys = (operation: Operation): Keys => {
  const { operator, workspace } = clients;
  const [right, other] = operation.isForOperator
    ? [operator.key, workspace.key]
    : [workspace.key, operator.key];
  return { right: right ?? "", other: other ?? "", scopeless };
};

async function send(
  operation: Operation,
  { method, path, headers, body }: FuzzedRequest,
): Promise<RawAnswer> {
  const { services } = suite;
  const { url } = services.service(operation.isIngest ? "event-ingestor" : "subscription-api");
  const answer = await request(`${url}${path}`, {
    method: method as "GET",
    headers,
    dispatcher: agent,
    body: body.kind === "none" ? null : body.kind === "text" ? body.text : Buffer.from(body.hex, "hex"),
  });
  const { statusCode: status, headers: given } = answer;
  if (isStream(given["content-type"])) {
    // It has no end: that it begins is what can be seen here.
    answer.body.on("error", () => undefined).destroy();
    return { status, headers: given, text: "" };
  }
  return { status, headers: given, text: await answer.body.text() };
}

/** @returns what was found, with how to see it again */
async function fuzz(operation: Operation, timeMs: number): Promise<string | undefined> {
  await known.refresh(operations, clients);
  const requests = fuzzedRequests(operation, new SchemaValues(document, toHints()), known, toKeys(operation));
  const property = fc.asyncProperty(requests, async (fuzzed) => {
    const answer = await send(operation, fuzzed);
    coverage.note(operation.id, answer.status);
    const why = rules.whyWrong(operation, answer);
    if (why !== undefined) throw new Error(why.slice(0, 2_000));
  });
  const { seed, runs, path } = options;
  const limits = { numRuns: runs, interruptAfterTimeLimit: timeMs };
  const tryOut = (some: object) => fc.check(property, { seed, ...some, ...(path !== undefined && { path }) });
  let outcome = await tryOut(limits);
  // Interrupted before the first answer, on a busy machine: one all the same.
  if (outcome.failed && outcome.counterexample === null) outcome = await tryOut({ numRuns: 1 });
  if (!outcome.failed) return undefined;
  const replay = `npm run test:api-contract -- --seed ${outcome.seed} --operation ${operation.id} --path ${outcome.counterexamplePath ?? ""}`;
  const error = outcome.errorInstance;
  return `${operation.id}: ${error instanceof Error ? error.message : String(error)}\n${JSON.stringify(outcome.counterexample?.[0]).slice(0, 2_000)}\n${replay}`;
}

/** A job is over before it can be cancelled, unless there is much for it to do. */
const SELDOM_SUCCESSFUL: ReadonlySet<string> = new Set(["cancelJob"]);

describe("the API keeps what its OpenAPI document says", () => {
  check(
    "whatever is sent, no answer is a fault, and none is undocumented",
    async () => {
      const chosen = operations.filter(({ id }) => options.operations?.has(id) ?? true);
      expect(chosen).not.toHaveLength(0);
      const endsAt = performance.now() + options.timeMs;
      const findings: string[] = [];
      for (const [index, operation] of chosen.entries()) {
        const timeMs = Math.max(200, (endsAt - performance.now()) / (chosen.length - index));
        const finding = await fuzz(operation, timeMs);
        if (finding !== undefined) findings.push(finding);
      }
      expect(findings.join("\n\n")).toBe("");
      if (options.isThorough) {
        expect(coverage.withoutSuccess.filter((id) => !SELDOM_SUCCESSFUL.has(id))).toEqual([]);
      }
    },
    options.timeMs + 160_000,
  );

  check("a method a path does not have is answered 405 with those it has, as a problem", async () => {
    for (const path of new Set(operations.map((operation) => operation.path))) {
      const allowed = operations.filter((operation) => operation.path === path && !operation.isIngest);
      if (allowed.length === 0) continue;
      const { status, headers, body } = await clients.workspace.call<{ code: string }>(
        "PUT" as "POST",
        path.replaceAll(/\{\w+\}/g, "x"),
      );
      expect([path, status, body.code]).toEqual([path, 405, "method_not_allowed"]);
      expect(headers["content-type"]).toBe("application/problem+json");
      const methods = allowed.map(({ method }) => method.toUpperCase());
      expect(String(headers.allow).split(", ").sort()).toEqual(methods.sort());
    }
  });
});
