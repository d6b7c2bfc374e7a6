import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { setTimeout as sleep } from "node:timers/promises";
import {
  anEvent,
  eventually,
  type EventInput,
  numberedEvents,
  readSequence,
  SERVICE_NAMES,
  type ServiceName,
  type TestWorkspace,
} from "@hooklane/testing";
import { awaitStatuses } from "./support/log.js";
import { useKeptServices } from "./support/suite.js";
import { Upstream } from "./support/upstream.js";

const suite = useKeptServices(() => ({ serviceEnv: { dispatcher: { DISPATCHER_RETRY_WAITS_S: "1,1,1" } } }));
const { check } = suite;
let upstream: Upstream;

beforeAll(async () => {
  upstream = await Upstream.connect(suite.services);
});

afterAll(() => upstream.close());

const EVENTS = 150;
const KILL_AFTER = 50;
const BATCH = 10;

/** Sends one event until it is accepted: an upstream application that does not give up, with the same id each time. */
async function insist(workspace: TestWorkspace, event: EventInput): Promise<void> {
  for (;;) {
    const answer = await workspace.ingest.call("POST", "/v1/events", event).catch(() => undefined);
    if (answer?.status === 202) return;
    if (answer !== undefined && answer.status < 500) throw new Error(`Refused: ${answer.text}`);
    await sleep(50);
  }
}

/** What arrived first of each event, in order of arrival. */
function firstArrivals(path: string): readonly unknown[] {
  return [...new Set(readSequence(suite.receiver.requestsTo(path)))];
}

describe("kill -9 while events flow", () => {
  for (const name of SERVICE_NAMES) {
    check(
      `of ${name} loses nothing that was accepted and keeps the order`,
      () => killDuringFlow(name),
      120_000,
    );
  }
});

async function killDuringFlow(name: ServiceName): Promise<void> {
  const { services, receiver } = suite;
  const [http, kafka] = [await services.createWorkspace(), await services.createWorkspace()];
  const paths = { http: `/${name}/http`, kafka: `/${name}/kafka` };
  const webhooks = {
    http: await http.createWebhook({ url: receiver.url(paths.http) }),
    kafka: await kafka.createWebhook({ url: receiver.url(paths.kafka) }),
  };
  const events = numberedEvents(EVENTS);
  let accepted = 0;
  let isDown = false;
  let restarted: Promise<void> | undefined;
  const killAndRestart = async () => {
    isDown = true;
    await services.kill9(name);
    await services.start([name]);
  };
  const sendHttp = async () => {
    for (const event of events) {
      if (accepted === KILL_AFTER) restarted = killAndRestart();
      await insist(http, event);
      accepted++;
    }
  };
  // As far as HTTP until the kill, then on without waiting: records come in while the service is away.
  const sendKafka = async () => {
    for (let from = 0; from < EVENTS; from += BATCH) {
      await eventually(() => isDown || accepted >= from);
      await upstream.send(kafka.id, events.slice(from, from + BATCH));
    }
  };
  await Promise.all([sendHttp(), sendKafka()]);
  await restarted;
  const numbers = events.map((_, index) => index + 1);
  for (const path of Object.values(paths)) {
    await receiver.waitFor(() => firstArrivals(path).length === EVENTS, { deadlineMs: 90_000 });
    expect(firstArrivals(path)).toEqual(numbers);
  }
  await awaitStatuses(http, webhooks.http.id, { delivered: EVENTS });
  await awaitStatuses(kafka, webhooks.kafka.id, { delivered: EVENTS });
  await http.send(anEvent({ data: { seq: EVENTS + 1 } }));
  await receiver.waitFor(() => firstArrivals(paths.http).length === EVENTS + 1);
}
