import { randomUUID } from "node:crypto";
import { decodeEventsRecord } from "@hooklane/contracts";
import { asDeliveryId, asWorkspaceId, type DisablePolicy, type WebhookId } from "@hooklane/core";
import { createKafka, GroupConsumer, toRawRecord } from "@hooklane/kafka";
import { type Closeable, createLogger } from "@hooklane/service";
import {
  DeliveryLog,
  ErrorWindowRepository,
  TripRepository,
  WebhookDisabler,
  type WebhookDocument,
  WebhookRepository,
  type WorkspaceDocument,
} from "@hooklane/store";
import {
  eventually,
  type Receiver,
  type SmtpCatcher,
  startReceiver,
  startSmtpCatcher,
} from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { failedAttempt, HealthMonitorHarness } from "./testing/health-monitor-harness.js";

// Joining a group anew takes seconds; conditions have deadlines of their own.
jest.setTimeout(90_000);

const harness = new HealthMonitorHarness();
const quiet = createLogger("test", "silent");
const control: { webhookId: WebhookId; version: number }[] = [];
let smtp: SmtpCatcher;
let receiver: Receiver;
let eventsReader: GroupConsumer;
let monitor: (Closeable & { readonly url: string }) | undefined;

beforeAll(async () => {
  await harness.open();
  smtp = await startSmtpCatcher();
  receiver = await startReceiver();
  eventsReader = new GroupConsumer(
    createKafka({ brokers: harness.brokers, clientId: "test-router", logger: quiet }),
    {
      groupId: `${harness.prefix}.test-router`,
      topics: [`${harness.prefix}.events.v1`],
      handler: ({ records }) => {
        for (const record of records) {
          const decoded = decodeEventsRecord(toRawRecord(record));
          if (decoded.ok && decoded.value.meta.kind === "control") control.push(decoded.value.meta);
        }
        return Promise.resolve();
      },
    },
  );
  eventsReader.start();
});

afterAll(async () => {
  await monitor?.close();
  await eventsReader.close();
  await receiver.close();
  await smtp.close();
  await harness.close();
});

const running = async () => (monitor ??= await harness.start({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}` }));
const stop = async () => {
  await monitor?.close();
  monitor = undefined;
};

const mailsAbout = (name: string) => smtp.mails.filter(({ subject }) => subject.includes(name));
const isAnnounced = ({ _id, version }: WebhookDocument) =>
  control.some((record) => record.webhookId === _id && record.version === version);

/** Counts errors as dispatchers do; the 31st trips the rule. */
async function countErrors(
  workspace: WorkspaceDocument,
  errors: readonly (readonly [webhook: WebhookDocument, count: number])[],
  policy: DisablePolicy = "worst",
  workspaceWebhooks: readonly WebhookDocument[] = [],
) {
  const window = new ErrorWindowRepository(harness.store);
  for (const [{ _id: webhookId, generation }, count] of errors) {
    for (let n = 0; n < count; n++) {
      await window.count(
        workspace._id,
        { id: randomUUID(), webhookId, generation },
        {
          policy,
          workspaceWebhooks: workspaceWebhooks.map((each) => ({
            webhookId: each._id,
            generation: each.generation,
          })),
        },
      );
    }
  }
}

const untilDisabled = (webhook: WebhookDocument) =>
  eventually(
    async () => {
      const now = await harness.readWebhook(webhook._id);
      return now.status === "auto_disabled" && now;
    },
    { what: `${webhook.name} disabled` },
  );

const untilTripsApplied = () =>
  eventually(async () => (await new TripRepository(harness.store, quiet).listUnapplied()).length === 0, {
    what: "all trips applied",
  });

/** Waits until everything promised was done, so that what did not happen will not happen. */
const untilNothingPending = () =>
  eventually(
    async () => (await harness.store.db.collection("outbox").countDocuments({ pending: true })) === 0,
    { what: "an empty outbox" },
  );

describe("the shared rule's trips", () => {
  test("the 31st error disables the webhook once, tells each contact in its language and announces it", async () => {
    await running();
    const workspace = await harness.createWorkspace();
    const webhook = await harness.createWebhook(workspace, "Alpha");
    await harness.report(workspace, failedAttempt(webhook, 503));
    await eventually(() => new DeliveryLog(harness.store).findLastError(workspace._id, webhook._id));
    await countErrors(workspace, [[webhook, 31]]);

    const disabled = await untilDisabled(webhook);
    expect(disabled).toMatchObject({
      version: webhook.version + 1,
      generation: webhook.generation + 1,
      disabled: { reason: "error_rate", lastError: "HTTP 503" },
    });
    await untilTripsApplied();
    await untilNothingPending();
    await eventually(() => isAnnounced(disabled), { what: "the control record" });

    const mails = [...mailsAbout("Alpha")].sort((one, other) => one.to.join().localeCompare(other.to.join()));
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      [["ana@example.org"], "Webhook disabled: Alpha"],
      [["luc@example.org"], "Webhook désactivé : Alpha"],
    ]);
    expect(mails[0]?.text).toContain("Alpha: 31");
    expect(mails[0]?.text).toContain("Last error: HTTP 503");
    expect(mails[0]?.html).toContain(`https://hooks.example/webhooks/${webhook._id}`);
    expect(mails[0]?.parsed.messageId).toBe(
      `<disable.${webhook._id}.${webhook.generation}.mail.0@hooklane.example>`,
    );
  });

  test("30 errors disable nothing", async () => {
    await running();
    const workspace = await harness.createWorkspace();
    const webhook = await harness.createWebhook(workspace, "Thirty");
    await countErrors(workspace, [[webhook, 30]]);
    await untilTripsApplied();
    expect((await harness.readWebhook(webhook._id)).status).toBe("active");
    expect(mailsAbout("Thirty")).toEqual([]);
  });

  test.each<[DisablePolicy, readonly string[]]>([
    ["worst", ["Worse"]],
    ["last", ["Late"]],
    ["contributors", ["Worse", "Late"]],
    ["all", ["Worse", "Late", "Clean"]],
  ])("policy %s disables %j, with a mail for each", async (policy, named) => {
    await running();
    const workspace = await harness.createWorkspace({
      contacts: [{ email: "one@example.org", language: "en" }],
    });
    const names = ["Worse", "Late", "Clean"];
    const [worse, late, clean] = (await Promise.all(
      names.map((name) => harness.createWebhook(workspace, `${policy} ${name}`)),
    )) as [WebhookDocument, WebhookDocument, WebhookDocument];
    const all = [worse, late, clean];
    await countErrors(
      workspace,
      [
        [worse, 16],
        [late, 15],
      ],
      policy,
      all,
    );
    await untilTripsApplied();
    await untilNothingPending();
    const states = await Promise.all(all.map(({ _id }) => harness.readWebhook(_id)));
    expect(states.map(({ status }) => status)).toEqual(
      names.map((name) => (named.includes(name) ? "auto_disabled" : "active")),
    );
    expect(mailsAbout(`disabled: ${policy} `)).toHaveLength(named.length);
    expect(mailsAbout(`disabled: ${policy} `)[0]?.text).toMatch(/Worse: 16\n.*Late: 15/);
  });

  test("a webhook enabled again since the trip is left alone", async () => {
    await running();
    await stop();
    const workspace = await harness.createWorkspace();
    const webhook = await harness.createWebhook(workspace, "Again");
    await countErrors(workspace, [[webhook, 31]]);
    const webhooks = new WebhookRepository(harness.store);
    for (const status of ["inactive", "active"] as const) {
      await webhooks.change(webhook._id, {}, (current) => ({ webhook: { ...current, status } }), new Date());
    }
    await running();
    await untilTripsApplied();
    await untilNothingPending();
    expect(await harness.readWebhook(webhook._id)).toMatchObject({
      status: "active",
      generation: webhook.generation + 2,
    });
    expect(mailsAbout("Again")).toEqual([]);
  });

  test("a crash after disabling and before anything else is finished at the next start, once", async () => {
    await running();
    await stop();
    const workspace = await harness.createWorkspace({
      contacts: [{ email: "one@example.org", language: "en" }],
    });
    const webhook = await harness.createWebhook(workspace, "Crashed");
    await countErrors(workspace, [[webhook, 31]]);
    // What a health-monitor had done when it died: the transaction, and nothing after it.
    await new WebhookDisabler(harness.store).disable(
      {
        webhookId: webhook._id,
        generation: webhook.generation,
        reason: "error_rate",
        at: new Date(),
        errorCounts: [],
      },
      workspace,
      new Date(),
    );
    const disabled = await harness.readWebhook(webhook._id);
    await running();
    await untilTripsApplied();
    await untilNothingPending();
    await eventually(() => isAnnounced(disabled), { what: "the swept control record" });
    expect(mailsAbout("Crashed")).toHaveLength(1);
    expect((await harness.readWebhook(webhook._id)).version).toBe(disabled.version);
  });

  test("two health-monitors at once disable once and mail once", async () => {
    await running();
    const second = await harness.start({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}` });
    try {
      const workspace = await harness.createWorkspace();
      const webhook = await harness.createWebhook(workspace, "Twice");
      await countErrors(workspace, [[webhook, 31]]);
      const disabled = await untilDisabled(webhook);
      await untilTripsApplied();
      await untilNothingPending();
      expect(mailsAbout("Twice")).toHaveLength(2);
      expect(disabled.version).toBe(webhook.version + 1);
    } finally {
      await second.close();
    }
  });
});

describe("operational webhook", () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

  test("is called with a signature any Standard Webhooks library verifies, again until it is taken", async () => {
    await running();
    receiver.behave("/ops", (_, nth) => ({ kind: "answer", status: nth === 1 ? 500 : 204 }));
    const workspace = await harness.createWorkspace({
      operationalWebhook: { url: receiver.url("/ops"), secret },
    });
    const webhook = await harness.createWebhook(workspace, "Told");
    await countErrors(workspace, [[webhook, 31]]);
    const requests = await receiver.waitFor((seen) => seen.length >= 2, { path: "/ops" });
    await untilNothingPending();
    expect(requests).toHaveLength(2);
    const [first, second] = requests;
    expect(second?.webhookId).toBe(first?.webhookId);
    expect(new StandardWebhook(secret).verify(second!.body, second!.headers)).toMatchObject({
      type: "webhook.disabled",
      data: {
        workspaceId: workspace._id,
        webhookId: webhook._id,
        reason: "error_rate",
        errors: [{ name: "Told", errors: 31 }],
      },
    });
  });

  test("redirects are not followed, and addresses that are not allowed are not connected to", async () => {
    await stop();
    await harness
      .start({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}`, HOOKLANE_DESTINATION_ALLOW: "" })
      .then((started) => (monitor = started));
    const workspace = await harness.createWorkspace({
      operationalWebhook: { url: receiver.url("/refused"), secret },
    });
    const named = await harness.createWorkspace({
      operationalWebhook: { url: `http://localhost:${receiver.port}/refused`, secret },
    });
    for (const owner of [workspace, named]) {
      await countErrors(owner, [[await harness.createWebhook(owner, "Guarded"), 31]]);
    }
    const failures = await eventually(
      async () => {
        const entries = await harness.store.db
          .collection("outbox")
          .find({ kind: "operational_webhook", pending: true, failure: { $exists: true } })
          .toArray();
        return entries.length === 2 && entries;
      },
      { what: "two refusals" },
    );
    expect(failures.map(({ failure }) => failure as string)).toEqual([
      "destination_refused",
      "destination_refused",
    ]);
    expect(receiver.requestsTo("/refused")).toEqual([]);

    await stop();
    receiver.behave("/refused", () => ({
      kind: "answer",
      status: 302,
      headers: { location: receiver.url("/x") },
    }));
    await running();
    await receiver.waitFor((seen) => seen.length >= 2, { path: "/refused" });
    expect(receiver.requestsTo("/x")).toEqual([]);
    receiver.behave("/refused", () => ({ kind: "answer", status: 200 }));
    await untilNothingPending();
  });
});

describe("results", () => {
  test("come into the delivery log; a record that cannot be read stops nothing", async () => {
    const { url } = await running();
    const workspace = await harness.createWorkspace();
    const webhook = await harness.createWebhook(workspace, "Logged");
    await harness.produce({
      topic: `${harness.prefix}.attempts.v1`,
      key: workspace._id,
      value: Buffer.from("{nonsense"),
    });
    const attempt = failedAttempt(webhook, 500);
    await harness.report(workspace, attempt);
    await harness.report(workspace, {
      ...attempt,
      number: 2,
      statusCode: 200,
      next: { kind: "delivered" },
    });
    const id = attempt.deliveries[0]?.id ?? asDeliveryId("");
    const log = new DeliveryLog(harness.store);
    const delivery = await eventually(async () => {
      const found = await log.find(workspace._id, id);
      return found?.status === "delivered" && found;
    });
    expect(delivery.attempts.map(({ number, statusCode }) => [number, statusCode])).toEqual([
      [1, 500],
      [2, 200],
    ]);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/hooklane_results_unreadable_total\{[^}]*\} 1/);
  });

  test("410 disables the webhook at once, and once", async () => {
    await running();
    const workspace = await harness.createWorkspace({
      contacts: [{ email: "one@example.org", language: "en" }],
    });
    const webhook = await harness.createWebhook(workspace, "Gone");
    const gone = failedAttempt(webhook, 410, { kind: "dead_letter", reason: "gone" });
    await harness.report(workspace, gone, gone);
    const disabled = await untilDisabled(webhook);
    expect(disabled.disabled).toMatchObject({ reason: "gone", lastError: "HTTP 410" });
    await harness.report(workspace, gone);
    const marker = failedAttempt(webhook, 500);
    await harness.report(workspace, marker);
    await eventually(() => new DeliveryLog(harness.store).find(workspace._id, marker.deliveries[0]!.id));
    await untilNothingPending();
    expect(mailsAbout("Gone")).toHaveLength(1);
    expect((await harness.readWebhook(webhook._id)).version).toBe(disabled.version);
  });

  test("of a workspace that is gone are logged all the same", async () => {
    await running();
    const workspace = await harness.createWorkspace();
    const webhook = await harness.createWebhook(workspace, "Orphan");
    const unknown = { ...workspace, _id: asWorkspaceId("ws_unknown") };
    const result = failedAttempt(webhook, 410, { kind: "dead_letter", reason: "gone" });
    await harness.report(unknown, result);
    await eventually(() => new DeliveryLog(harness.store).find(unknown._id, result.deliveries[0]!.id));
    expect((await harness.readWebhook(webhook._id)).status).toBe("active");
  });
});
