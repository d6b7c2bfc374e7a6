import type { TestWorkspace } from "@hooklane/testing";
import type { BenchContext } from "../context.js";
import {
  COMMON_TYPES,
  fillHistory,
  type History,
  HISTORY_MS,
  type KnownEvent,
  RARE_TYPE,
} from "../history.js";
import { type Distribution, distributionOf } from "../measure/percentiles.js";
import { cpuPerUnit, readUsage, toPssMib } from "../measure/process-usage.js";
import { createRandom } from "../measure/random.js";
import { pidsOf, startBenchServices } from "../system.js";
import { createWebhooks } from "../webhooks.js";

/** One kind of question to the API, asked one after the other. */
interface AskedFigures {
  readonly name: string;
  /** From the call to the answer read and parsed, milliseconds. */
  readonly ms: Distribution;
  /** Elements of an answer in the mean: an empty page is no work. */
  readonly elements: number;
  /** CPU of each process for one question, microseconds. */
  readonly cpuUs: Readonly<Record<string, number>>;
}

/** Figures of M1. */
export interface M1Result {
  readonly events: number;
  readonly deliveries: number;
  readonly filledSeconds: number;
  /** Both logs with their indexes on disk, MiB. */
  readonly storedMib: { readonly data: number; readonly indexes: number };
  readonly asked: readonly AskedFigures[];
  /** Memory at the end, MiB. */
  readonly pssMib: Readonly<Record<string, number>>;
}

const WEBHOOKS = 100;
const HOUR_MS = 3_600_000;
/** After the API has started, before anything is measured, and again for each kind of question. */
const WARM_UP = { all: 20, each: 20 } as const;
const ASKED = 200;
const NAMES = ["subscription-api"] as const;

/** Lists and look-ups over a long history; nothing else runs. */
export async function runM1(context: BenchContext): Promise<M1Result> {
  const { options, stack, say } = context;
  say("M1: starting the API");
  const services = await startBenchServices(context, { names: NAMES });
  try {
    const workspace = await services.createWorkspace({ name: "History" });
    const webhooks = await createWebhooks(workspace, WEBHOOKS, (n) => ({
      name: `History ${n}`,
      url: `http://127.0.0.1:9/e/${n}`,
    }));
    say(`M1: filling the logs with ${options.events} events`);
    const endsAt = Date.now();
    const database = services.prefix;
    const plan = { mongodbUri: stack.mongodbUri, database, workspaceId: workspace.id, webhooks, endsAt };
    const history = await fillHistory({ ...plan, events: options.events }, say);
    // The database has much to write out after that, which is none of the questions' business.
    await services.database.db?.admin().command({ fsync: 1 });
    const questions = await listQuestions(
      workspace,
      history,
      webhooks.map(({ id }) => id),
      endsAt,
    );
    for (const question of questions) await ask(workspace, question, WARM_UP.all);
    const asked: AskedFigures[] = [];
    for (const question of questions) {
      say(`M1: ${question.name}`);
      const pids = pidsOf(context, services, NAMES);
      asked.push(await measure(workspace, question, pids));
    }
    return {
      events: options.events,
      deliveries: history.deliveries,
      filledSeconds: history.seconds,
      storedMib: await readStoredMib(services.database),
      asked,
      pssMib: toPssMib(readUsage(pidsOf(context, services, NAMES))),
    };
  } finally {
    await services.stop();
  }
}

interface Question {
  readonly name: string;
  /** Of the next call. */
  readonly path: () => string;
}

/** Every index of docs/history.md, what none tells apart, the far end, and the single ones. */
async function listQuestions(
  workspace: TestWorkspace,
  { known }: History,
  webhookIds: readonly string[],
  endsAt: number,
): Promise<readonly Question[]> {
  const random = createRandom(1);
  const pick = <T>(from: readonly T[]): T => {
    const one = from[Math.floor(random() * from.length)];
    if (one === undefined) throw new Error("Nothing to ask for");
    return one;
  };
  const webhook = () => `webhookId=${pick(webhookIds)}`;
  const type = () => pick(COMMON_TYPES);
  const within = (lengthMs: number) => {
    const from = endsAt - lengthMs - random() * (HISTORY_MS - lengthMs);
    return `from=${toIso(from)}&to=${toIso(from + lengthMs)}`;
  };
  const delivered = known.filter((one): one is KnownEvent & { deliveryId: string } => !!one.deliveryId);
  const list = (path: string, of: () => string): Question["path"] => {
    return () => `/v1/${path}?${of()}`;
  };
  const deep = async (path: string, of = "") => {
    const cursors = await readDeepCursors(workspace, path, of, endsAt);
    return list(path, () => `${of}cursor=${encodeURIComponent(pick(cursors))}`);
  };
  const busy = `webhookId=${webhookIds[0] ?? ""}`;
  return [
    { name: "deliveries: newest", path: list("deliveries", () => "") },
    { name: "deliveries: newest, 200 a page", path: list("deliveries", () => "limit=200") },
    { name: "deliveries: deep in the list", path: await deep("deliveries") },
    { name: "deliveries: of a webhook", path: list("deliveries", webhook) },
    { name: "deliveries: of the busiest webhook, deep", path: await deep("deliveries", `${busy}&`) },
    {
      name: "deliveries: of a webhook, delivered",
      path: list("deliveries", () => `${webhook()}&status=delivered`),
    },
    {
      name: "deliveries: of a webhook, dead letters",
      path: list("deliveries", () => `${webhook()}&status=dead_letter`),
    },
    { name: "deliveries: dead letters", path: list("deliveries", () => "status=dead_letter") },
    { name: "deliveries: dead letters, deep", path: await deep("deliveries", "status=dead_letter&") },
    { name: "deliveries: retrying", path: list("deliveries", () => "status=retrying") },
    { name: "deliveries: pending", path: list("deliveries", () => "status=pending") },
    { name: "deliveries: of a type", path: list("deliveries", () => `eventType=${type()}`) },
    { name: "deliveries: of a rare type", path: list("deliveries", () => `eventType=${RARE_TYPE}`) },
    {
      name: "deliveries: of a webhook and a type",
      path: list("deliveries", () => `${webhook()}&eventType=${type()}`),
    },
    // 1,000 are looked at for a page, and the page is short.
    {
      name: "deliveries: of a webhook and a rare type",
      path: list("deliveries", () => `${busy}&eventType=${RARE_TYPE}`),
    },
    { name: "deliveries: within an hour", path: list("deliveries", () => within(HOUR_MS)) },
    {
      name: "deliveries: of a webhook within a day",
      path: list("deliveries", () => `${webhook()}&${within(24 * HOUR_MS)}`),
    },
    { name: "deliveries: of an event", path: list("deliveries", () => `eventId=${pick(delivered).eventId}`) },
    { name: "delivery", path: () => `/v1/deliveries/${pick(delivered).deliveryId}` },
    { name: "events: newest", path: list("events", () => "") },
    { name: "events: deep in the list", path: await deep("events") },
    { name: "events: of a type", path: list("events", () => `type=${type()}`) },
    { name: "events: of a rare type", path: list("events", () => `type=${RARE_TYPE}`) },
    { name: "events: suppressed", path: list("events", () => "status=suppressed") },
    { name: "events: suppressed of a type", path: list("events", () => `status=suppressed&type=${type()}`) },
    {
      name: "events: of a type within an hour",
      path: list("events", () => `type=${type()}&${within(HOUR_MS)}`),
    },
    { name: "event", path: () => `/v1/events/${pick(known).eventId}` },
    { name: "event: explained", path: () => `/v1/events/${pick(known).eventId}/explain` },
  ];
}

const toIso = (ms: number) => new Date(ms).toISOString();

const DEEP_PAGES = 20;

/** Cursors far behind the beginning: of pages that end in the older half of the time. */
async function readDeepCursors(
  workspace: TestWorkspace,
  path: string,
  of: string,
  endsAt: number,
): Promise<readonly string[]> {
  const cursors: string[] = [];
  for (let n = 0; n < DEEP_PAGES; n++) {
    const to = endsAt - HISTORY_MS * (0.5 + (0.45 * n) / DEEP_PAGES);
    const page = await workspace.api.ask<ListAnswer>("GET", `/v1/${path}?${of}to=${toIso(to)}&limit=1`);
    if (page.nextCursor !== null) cursors.push(page.nextCursor);
  }
  return cursors;
}

interface ListAnswer {
  readonly data?: readonly unknown[];
  readonly nextCursor: string | null;
}

/** The time of each of so many calls, and the elements of all their answers. */
async function ask(workspace: TestWorkspace, { path }: Question, count: number) {
  const ms: number[] = [];
  let elements = 0;
  for (let n = 0; n < count; n++) {
    const startedAt = performance.now();
    const { data } = await workspace.api.ask<ListAnswer>("GET", path());
    ms.push(performance.now() - startedAt);
    elements += Array.isArray(data) ? data.length : 1;
  }
  return { ms, elements };
}

async function measure(
  workspace: TestWorkspace,
  question: Question,
  pids: Readonly<Record<string, number | undefined>>,
): Promise<AskedFigures> {
  await ask(workspace, question, WARM_UP.each);
  const before = readUsage(pids);
  const { ms, elements } = await ask(workspace, question, ASKED);
  const cpuUs = cpuPerUnit(before, readUsage(pids), ASKED);
  return { name: question.name, ms: distributionOf(ms), elements: elements / ASKED, cpuUs };
}

async function readStoredMib(database: { db?: { command(command: object): Promise<object> } | undefined }) {
  const stats = (await database.db?.command({ dbStats: 1 })) as
    { readonly storageSize?: number; readonly indexSize?: number } | undefined;
  return {
    data: (stats?.storageSize ?? Number.NaN) / 2 ** 20,
    indexes: (stats?.indexSize ?? Number.NaN) / 2 ** 20,
  };
}
