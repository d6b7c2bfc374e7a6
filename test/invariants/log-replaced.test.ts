import { describe, expect } from "@jest/globals";
import {
  always,
  eventually,
  numberedEvents,
  ok,
  readLine,
  readSequence,
  type ServiceProcess,
  type Services,
  testKafka,
} from "@hooklane/testing";
import { awaitTakenIn } from "./support/log-end.js";
import { scenario } from "./support/scenario.js";

/** Attempts without end, 2 s apart: what is behind a failing endpoint waits there as long as it fails. */
const PATIENT = {
  DISPATCHER_RETRY_WAITS_S: Array<number>(200).fill(2).join(),
  DISPATCHER_RULE_ERRORS_MAX: "1000",
};
const BEFORE = 30;
/** Of the new log, events for each endpoint: it may be as long as the old one was by the time it is looked at, or longer. */
const LENGTHS = { shorter: 10, "as long": BEFORE, longer: 3 * BEFORE };

async function recreateDeliveries(services: Services): Promise<void> {
  const topic = services.topic("deliveries.v1");
  const admin = testKafka(services.stack.brokers).admin();
  await admin.connect();
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const numPartitions = topics[0]!.partitions.length;
    await admin.deleteTopics({ topics: [topic] });
    await eventually(async () => !(await admin.listTopics()).includes(topic), {
      what: "the topic to be gone",
    });
    const make = async () => {
      // False: it is there, made by an earlier try.
      await admin.createTopics({ topics: [{ topic, numPartitions }], waitForLeaders: true });
      return true;
    };
    await eventually(make, { what: "the topic to be made again" });
  } finally {
    await admin.disconnect();
  }
}

const alarms = (dispatcher: ServiceProcess) =>
  dispatcher.lines
    .filter((line) => line.includes('"partition.log_alarm"') && line.includes('"log_replaced"'))
    .map((line) => (JSON.parse(line) as { partition: number }).partition);

describe("the log is replaced", () => {
  for (const [length, after] of Object.entries(LENGTHS)) {
    scenario(
      `deliveries.v1 deleted and made again, ${length} now: alarm, the backlog goes first, nothing of the new log is skipped`,
      { env: PATIENT },
      async ({ services, receiver, dispatchers, figures }) => {
        const workspace = await services.createWorkspace();
        const paths = Array.from({ length: 8 }, (_, index) => `/replaced/${index}`);
        for (const path of paths) await workspace.createWebhook({ url: receiver.url(path) });
        // Half of the endpoints fail, so that what comes for them waits in the backlog.
        const failing = paths.filter((_, index) => index % 2 === 0);
        for (const path of failing) receiver.behave(path, always(503));
        const events = numberedEvents(BEFORE + after);
        await workspace.sendMany(events.slice(0, BEFORE));
        for (const path of paths.filter((each) => !failing.includes(each))) {
          await receiver.waitFor((requests) => requests.length === BEFORE, { path });
        }
        await awaitTakenIn(services);
        const waiting = await services.database.collection("backlog").countDocuments();
        figures.set("waiting in the backlog", waiting);
        expect(waiting).toBeGreaterThanOrEqual(failing.length * (BEFORE - 1));

        await recreateDeliveries(services);
        const from = Date.now();
        figures.say("the topic was deleted and made again");
        await workspace.sendMany(events.slice(BEFORE));
        const healthy = paths.filter((each) => !failing.includes(each));
        for (const path of healthy) {
          await receiver.waitFor((requests) => new Set(readSequence(requests)).size === BEFORE + after, {
            path,
            deadlineMs: 90_000,
          });
        }
        figures.set("the new log at the healthy endpoints", `complete after ${Date.now() - from} ms`);
        const recoveredAt = Date.now();
        for (const path of failing) receiver.behave(path, ok);
        for (const path of failing) {
          await receiver.waitFor((requests) => new Set(readSequence(requests)).size === BEFORE + after, {
            path,
            deadlineMs: 90_000,
          });
        }
        figures.set(
          "backlog and new log at the recovered ones",
          `complete after ${Date.now() - recoveredAt} ms`,
        );
        const reports = paths.map((path) => readLine(receiver.requestsTo(path), BEFORE + after));
        const duplicates = reports.reduce((sum, report) => sum + report.duplicates, 0);
        const alarmed = [...new Set(alarms(dispatchers[0]!))].sort();
        figures.set("duplicates", duplicates);
        figures.set("partitions with an alarm", alarmed.join());
        for (const report of reports) expect(report).toMatchObject({ missing: [], breaks: [] });
        expect(duplicates).toBe(0);
        const endpoints = await services.database
          .collection<{ partition: number }>("endpoints")
          .find()
          .toArray();
        const used = [...new Set(endpoints.map(({ partition }) => partition))].sort();
        expect(alarmed).toEqual(used);
      },
    );
  }
});
