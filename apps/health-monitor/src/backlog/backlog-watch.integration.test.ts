import { asEndpointId, type EndpointId } from "@hooklane/core";
import type { Closeable } from "@hooklane/service";
import { BacklogRepository } from "@hooklane/store";
import { eventually, type SmtpCatcher, startSmtpCatcher } from "@hooklane/testing";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { HealthMonitorHarness } from "../testing/health-monitor-harness.js";

jest.setTimeout(90_000);

const harness = new HealthMonitorHarness();
let smtp: SmtpCatcher;
let monitor: Closeable & { readonly url: string };

beforeAll(async () => {
  await harness.open();
  smtp = await startSmtpCatcher();
});
afterAll(async () => {
  await monitor.close();
  await smtp.close();
  await harness.close();
});

const park = (endpointId: EndpointId, bytes: number) =>
  new BacklogRepository(harness.store).park(
    [{ endpointId, partition: 0, logEpoch: 0, offset: 0, meta: "{}", body: new Uint8Array(bytes) }],
    1,
  );

test("more waiting for an endpoint than may disables its webhooks once, with a mail; others are left alone", async () => {
  const workspace = await harness.createWorkspace();
  const over = await harness.createWebhook(workspace, "over quota");
  const within = await harness.createWebhook(workspace, "within quota");
  await park(over.endpointId, 2_000);
  await park(within.endpointId, 500);
  await park(asEndpointId("ep_of_nobody"), 2_000);
  monitor = await harness.start({
    SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
    HEALTH_MONITOR_BACKLOG_MAX_BYTES: "1000",
  });
  await eventually(() => smtp.mails.some(({ subject }) => subject.includes("over quota")), {
    what: "a mail",
  });
  expect(await harness.readWebhook(over._id)).toMatchObject({
    status: "auto_disabled",
    disabled: { reason: "backlog" },
    generation: over.generation + 1,
  });
  expect(await harness.readWebhook(within._id)).toMatchObject({
    status: "active",
    generation: within.generation,
  });
  const metrics = await (await fetch(`${monitor.url}/metrics`)).text();
  expect(metrics).toMatch(/backlog_documents(\{[^}]*\})? 3$/m);
});
