import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { eventually, numberedEvents, type SmtpCatcher, startSmtpCatcher } from "@hooklane/testing";
import { awaitTakenIn } from "./support/log-end.js";
import { scenario } from "./support/scenario.js";
import {
  failApart,
  FAILURES_OF_WORST,
  QUICK_RETRIES,
  readTrips,
  statusOf,
  trip,
} from "./support/tripping.js";
import { showMs } from "./support/verdict.js";

let smtp: SmtpCatcher;
beforeAll(async () => {
  smtp = await startSmtpCatcher();
});
afterAll(() => smtp.close());

describe("31 failures, spread over three dispatchers, with the health-monitor down", () => {
  scenario(
    "trip exactly once, nothing leaves the tripped webhook afterwards, and there is one mail once it is back",
    { dispatchers: 3, env: QUICK_RETRIES },
    async (scene) => {
      const { services, receiver, figures } = scene;
      const setting = await failApart(scene, smtp, "worst");
      const { workspace, worst, worstPath, others } = setting;
      const mailsBefore = smtp.mails.length;
      const first = await trip(scene, setting);
      await workspace.sendMany(numberedEvents(5));
      // All of it was taken in, and skipped: the watermark is past it.
      await awaitTakenIn(services);
      expect(receiver.requestsTo(worstPath)).toHaveLength(FAILURES_OF_WORST);
      expect(first.webhooks.map(({ webhookId }) => webhookId)).toEqual([worst.id]);
      expect(await statusOf(workspace, worst)).toBe("active");
      figures.set("requests to the tripped webhook", receiver.requestsTo(worstPath).length);

      const backAt = Date.now();
      await services.start(["health-monitor"]);
      await eventually(async () => (await statusOf(workspace, worst)) === "auto_disabled", {
        what: "the worst webhook to be disabled",
      });
      figures.set("disabled after the health-monitor's start", showMs(Date.now() - backAt));
      await smtp.waitForCount(mailsBefore + 1);
      await eventually(async () => (await readTrips(scene, setting)).every(({ applied }) => applied));
      await workspace.sendMany(numberedEvents(5));
      await awaitTakenIn(services);
      expect(await readTrips(scene, setting)).toHaveLength(1);
      expect(receiver.requestsTo(worstPath)).toHaveLength(FAILURES_OF_WORST);
      for (const other of others) expect(await statusOf(workspace, other)).toBe("active");
      figures.set("trips / mails", `1 / ${smtp.mails.length - mailsBefore}`);
      expect(smtp.mails).toHaveLength(mailsBefore + 1);
    },
  );
});
