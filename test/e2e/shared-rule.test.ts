import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import {
  always,
  anEvent,
  type CreatedWebhook,
  eventually,
  failFirst,
  numberedEvents,
  ok,
  readSequence,
  type SmtpCatcher,
  startSmtpCatcher,
  type TestWorkspace,
} from "@hooklane/testing";
import { awaitStatuses, readDeliveries } from "./support/log.js";
import { useServices } from "./support/suite.js";

let smtp: SmtpCatcher;

beforeAll(async () => {
  smtp = await startSmtpCatcher();
});

const suite = useServices(() => ({
  env: { DISPATCHER_RETRY_WAITS_S: "0.2,0.2,0.2", SMTP_URL: `smtp://127.0.0.1:${smtp.port}` },
}));
const { check } = suite;

afterAll(() => smtp.close());

/** A workspace whose `worst` has failed 15 times and whose five others 3 times each: 30 errors, all delivered since. */
async function fail30Times(workspace: TestWorkspace, name: string) {
  const { receiver } = suite;
  const path = (n: number | "worst") => `/${name}/${n}`;
  const others: CreatedWebhook[] = [];
  for (let n = 1; n <= 5; n++) {
    receiver.behave(path(n), failFirst(3));
    others.push(await workspace.createWebhook({ url: receiver.url(path(n)), eventTypes: ["email.opened"] }));
  }
  const worst = await workspace.createWebhook({ url: receiver.url(path("worst")) });
  receiver.behave(path("worst"), failFirst(15));
  await workspace.send(anEvent({ type: "email.opened", data: { seq: 0 } }));
  // Three events of four failed attempts each and one of three.
  await workspace.sendMany(numberedEvents(5));
  for (const { id } of others) await awaitStatuses(workspace, id, { delivered: 1 });
  await awaitStatuses(workspace, worst.id, { dead_letter: 3, delivered: 2 });
  return { worst, others, worstPath: path("worst") };
}

const statusOf = async (workspace: TestWorkspace, { id }: CreatedWebhook) =>
  (await workspace.readWebhook(id)).status;

describe("more than 30 errors in 30 minutes", () => {
  check(
    "30 disable nothing; the 31st disables exactly the worst webhook, and its next request does not leave",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace({
        name: "Rule",
        contacts: [
          { email: "lea@example.org", language: "fr" },
          { email: "sam@example.org", language: "en" },
        ],
      });
      const { worst, others, worstPath } = await fail30Times(workspace, "rule");
      expect(await statusOf(workspace, worst)).toBe("active");
      expect(smtp.mails).toHaveLength(0);
      const before = receiver.requestsTo(worstPath).length;

      receiver.behave(worstPath, always(500));
      await workspace.sendMany(numberedEvents(3));
      await eventually(async () => (await statusOf(workspace, worst)) === "auto_disabled", {
        what: "the worst webhook to be disabled",
      });
      await awaitStatuses(workspace, worst.id, { dead_letter: 3, delivered: 2, skipped: 3 });
      for (const other of others) expect(await statusOf(workspace, other)).toBe("active");
      expect(receiver.requestsTo(worstPath).length - before).toBe(1);
      expect(await workspace.readWebhook(worst.id)).toMatchObject({ disabled: { reason: "error_rate" } });

      const mails = await smtp.waitForCount(2);
      expect(mails.flatMap(({ to }) => to).sort()).toEqual(["lea@example.org", "sam@example.org"]);
      for (const { html, text } of mails) expect(`${html} ${text}`).toContain(receiver.url(worstPath));
      expect(new Set(mails.map(({ subject }) => subject)).size).toBe(2);
    },
  );

  check("activation resumes with new events only, and the old errors do not count again", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace({ name: "Resume" });
    const { worst, others, worstPath } = await fail30Times(workspace, "resume");
    receiver.behave(worstPath, always(500));
    const mailsBefore = smtp.mails.length;
    await workspace.send(anEvent({ data: { seq: 100 } }));
    await eventually(async () => (await statusOf(workspace, worst)) === "auto_disabled");
    await smtp.waitForCount(mailsBefore + 1);
    await workspace.send(anEvent({ data: { seq: 101 } }));
    await awaitStatuses(workspace, worst.id, { dead_letter: 3, delivered: 2, skipped: 1 });

    await workspace.api.ask("POST", `/v1/webhooks/${worst.id}/activate`, {});
    receiver.behave(worstPath, failFirst(1));
    const before = receiver.requestsTo(worstPath).length;
    await workspace.send(anEvent({ data: { seq: 102 } }));
    await awaitStatuses(workspace, worst.id, { dead_letter: 3, delivered: 3, skipped: 1 });
    expect(readSequence(receiver.requestsTo(worstPath).slice(before))).toEqual([102, 102]);
    expect(await statusOf(workspace, worst)).toBe("active");
    for (const other of others) expect(await statusOf(workspace, other)).toBe("active");
    expect(smtp.mails).toHaveLength(mailsBefore + 1);
  });

  check("errors of one workspace are not counted for another", async () => {
    const { services, receiver } = suite;
    const [one, two] = [await services.createWorkspace(), await services.createWorkspace()];
    const first = await fail30Times(one, "one");
    const webhook = await two.createWebhook({ url: receiver.url("/two") });
    receiver.behave("/two", failFirst(3));
    await two.send(anEvent());
    await awaitStatuses(two, webhook.id, { delivered: 1 });
    expect(await statusOf(one, first.worst)).toBe("active");
    expect(await statusOf(two, webhook)).toBe("active");
  });

  check("policy `contributors` disables every webhook with an error in the window", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace({ disablePolicy: "contributors" });
    const { worst, others, worstPath } = await fail30Times(workspace, "contributors");
    const innocent = await workspace.createWebhook({
      url: receiver.url("/contributors/innocent"),
      eventTypes: ["email.opened"],
    });
    receiver.behave(worstPath, always(500));
    await workspace.send(anEvent());
    for (const webhook of [worst, ...others]) {
      await eventually(async () => (await statusOf(workspace, webhook)) === "auto_disabled");
    }
    expect(await statusOf(workspace, innocent)).toBe("active");
  });
});

describe("the window slides", () => {
  check("errors that have aged out do not count", async () => {
    const { services, receiver } = suite;
    const windowMs = 4_000;
    await services.restart("dispatcher", { DISPATCHER_RULE_WINDOW_MS: String(windowMs) });
    const workspace = await services.createWorkspace();
    const { worst, worstPath } = await fail30Times(workspace, "aging");
    const oldAt = receiver.requestsTo(worstPath).at(-1)!.arrivedAt;
    await eventually(() => Date.now() > oldAt + windowMs);
    receiver.behave(worstPath, always(500));
    const event = anEvent();
    await workspace.send(event);
    const rows = await eventually(async () => {
      const found = await readDeliveries(workspace, worst.id);
      return found.some(({ eventId, status }) => eventId === event.id && status === "dead_letter") && found;
    });
    expect(rows.filter(({ status }) => status === "dead_letter")).toHaveLength(4);
    expect(await statusOf(workspace, worst)).toBe("active");
    receiver.behave(worstPath, ok);
  });
});
