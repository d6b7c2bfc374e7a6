import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Documented, readDocumented } from "../testing/statuses/documented.js";
import { GENERIC_ANSWERS, type StatusWorlds } from "../testing/statuses/generic-answers.js";
import { GOOD_REQUESTS } from "../testing/statuses/good-requests.js";
import { SeverableLine } from "../testing/statuses/severable-line.js";
import { SPECIAL_ANSWERS } from "../testing/statuses/special-answers.js";
import { type GoodRequest, StatusWorld } from "../testing/statuses/status-world.js";
import type { TestAnswer } from "../testing/test-api.js";

const documented = readDocumented();
const START_MS = 60_000;

let worlds: StatusWorlds;
let alone: StatusWorld;
let line: SeverableLine;

beforeAll(async () => {
  const database = new URL(process.env.MONGODB_URI!);
  line = await SeverableLine.open({ host: database.hostname, port: Number(database.port) });
  alone = await StatusWorld.start({ MONGODB_URI: viaLine(database) });
  const [sound, exhausted, broken] = [
    await StatusWorld.start({ HOOKLANE_DESTINATION_ALLOW: "127.0.0.0/8" }),
    await StatusWorld.start({ SUBSCRIPTION_API_CALLS_PER_SECOND_MAX: "1" }),
    await StatusWorld.start(),
  ];
  await breakDatabase(broken);
  worlds = { sound, exhausted, broken, whileAway };
}, START_MS);

afterAll(async () => {
  for (const world of [worlds.sound, worlds.exhausted, worlds.broken, alone]) await world.stop();
  await line.cut();
}, START_MS);

function viaLine(database: URL): string {
  const through = new URL(database);
  through.host = `127.0.0.1:${line.port}`;
  through.searchParams.set("directConnection", "true");
  return through.href;
}

/** Reading any of these collections, and writing to them, fails in a way no code foresees. */
async function breakDatabase({ api }: StatusWorld): Promise<void> {
  const { db } = api.store;
  await db.collection<{ _id: string }>("something").insertOne({ _id: "one" });
  for (const name of ["apiKeys", "workspaces", "plans", "auditLog"]) {
    await db.dropCollection(name);
    const pipeline = [{ $project: { nothing: { $divide: [1, { $size: [[]] }] } } }];
    await db.createCollection(name, { viewOn: "something", pipeline });
  }
}

let askedWhileAway: Promise<ReadonlyMap<string, Promise<TestAnswer>>> | undefined;

/** Asks all of them at once: each waits some seconds for the database to come back. */
async function whileAway({ operationId }: Documented): Promise<TestAnswer> {
  askedWhileAway ??= askAllWhileAway();
  const answer = (await askedWhileAway).get(operationId);
  if (!answer) throw new Error(`${operationId} was not asked`);
  return answer;
}

async function askAllWhileAway(): Promise<ReadonlyMap<string, Promise<TestAnswer>>> {
  const requests: (readonly [Documented, GoodRequest])[] = [];
  for (const operation of documented) requests.push([operation, await goodRequest(operation)]);
  await line.cut();
  return new Map(
    requests.map(([operation, good]) => [operation.operationId, alone.send(operation, good)] as const),
  );
}

async function goodRequest(operation: Documented): Promise<GoodRequest> {
  const make = GOOD_REQUESTS[operation.operationId];
  if (!make) throw new Error(`${operation.operationId} has no line in GOOD_REQUESTS`);
  return make(worlds.sound);
}

async function provoke(operation: Documented, code: string | undefined): Promise<TestAnswer> {
  if (code === undefined) return worlds.sound.send(operation, await goodRequest(operation));
  const special = SPECIAL_ANSWERS[`${operation.operationId} ${code}`];
  if (special) return special(worlds.sound);
  const generic = GENERIC_ANSWERS[code];
  if (!generic) throw new Error(`"${operation.operationId} ${code}" has no line in SPECIAL_ANSWERS`);
  return generic({ operation, good: await goodRequest(operation), worlds });
}

describe.each(documented.map((operation) => [operation.operationId, operation] as const))(
  "%s answers, as documented,",
  (_operationId, operation) => {
    test.each(operation.answers.map(({ status, code }) => [status, code] as const))(
      "%i %s",
      async (status, code) => {
        const answer = await provoke(operation, code);
        expect([answer.status, code && answer.body.code]).toEqual([status, code]);
      },
      30_000,
    );
  },
);

test("no answer is provoked that nobody documents", () => {
  const known = new Set(
    documented.flatMap(({ operationId, answers }) => [
      operationId,
      ...answers.map(({ code }) => `${operationId} ${code}`),
    ]),
  );
  const provoked = [...Object.keys(GOOD_REQUESTS), ...Object.keys(SPECIAL_ANSWERS)];
  expect(provoked.filter((name) => !known.has(name))).toEqual([]);
});
