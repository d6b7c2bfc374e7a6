import { describe, expect } from "@jest/globals";
import { always, anEvent, eventually, numberedEvents, ok, readLine } from "@hooklane/testing";
import { awaitTakenIn } from "./support/log-end.js";
import { scenario } from "./support/scenario.js";
import { expectSound } from "./support/verdict.js";

const QUEUED = 600;
const LATER = 20;

describe("a webhook is changed while it has events queued", () => {
  scenario(
    "URL, headers and credentials: what waits goes out with the new configuration, in order, the others unaffected",
    {
      dispatchers: 2,
      env: {
        DISPATCHER_RETRY_WAITS_S: Array<number>(200).fill(2).join(),
        DISPATCHER_RULE_ERRORS_MAX: "1000",
      },
    },
    async (scene) => {
      const { services, receiver, figures } = scene;
      const traffic = await scene.startTraffic();
      scene.partitions.watch();
      const workspace = await services.createWorkspace();
      const [oldPath, newPath] = ["/changed/old", "/changed/new"];
      receiver.behave(oldPath, always(500));
      receiver.behave(newPath, always(500));
      const webhook = await workspace.createWebhook({
        url: receiver.url(oldPath),
        headers: { "x-config": "old" },
        auth: { type: "basic", username: "old", password: "old" },
      });
      await workspace.sendMany(numberedEvents(500));
      const rest = numberedEvents(QUEUED + LATER).slice(500);
      await workspace.sendMany(rest.slice(0, QUEUED - 500));
      await receiver.waitFor((requests) => requests.length > 0, { path: oldPath });
      const backlog = services.database.collection<{ _id: string }>("backlog");
      const own = { _id: { $gte: `${webhook.endpointId}:`, $lt: `${webhook.endpointId};` } };
      await eventually(async () => (await backlog.countDocuments(own)) >= QUEUED - 1, { what: "a backlog" });
      figures.say("its events wait in the backlog");
      await workspace.api.ask("PATCH", `/v1/webhooks/${webhook.id}`, {
        url: receiver.url(newPath),
        headers: { "x-config": "new" },
        auth: { type: "basic", username: "new", password: "new" },
      });
      const changedAt = Date.now();
      // The new address fails first: the change must hold for retries from the backlog too.
      await receiver.waitFor((requests) => requests.length >= 2, { path: newPath });
      figures.set("first request with the new configuration", `${Date.now() - changedAt} ms (two attempts)`);
      receiver.behave(newPath, ok);
      for (const event of rest.slice(QUEUED - 500)) await workspace.send(anEvent(event));
      await eventually(() => readLine(receiver.requestsTo(newPath), QUEUED + LATER).missing.length === 0, {
        deadlineMs: 90_000,
        what: "everything at the new address",
      });
      await traffic.settle();
      await awaitTakenIn(services);
      const line = readLine(receiver.requestsTo(newPath), QUEUED + LATER);
      const credentials = `Basic ${Buffer.from("new:new").toString("base64")}`;
      const wrong = receiver
        .requestsTo(newPath)
        .filter(({ headers }) => headers["x-config"] !== "new" || headers.authorization !== credentials);
      const late = receiver.requestsTo(oldPath).filter(({ arrivedAt }) => arrivedAt > changedAt + 1_000);
      figures.set(
        "delivered / duplicates / with the old configuration",
        `${line.distinct} / ${line.duplicates} / ${wrong.length}`,
      );
      expect(line).toMatchObject({ duplicates: 0, missing: [], breaks: [] });
      expect([wrong.length, late.length]).toEqual([0, 0]);
      await expectSound(scene, traffic);
    },
  );
});
