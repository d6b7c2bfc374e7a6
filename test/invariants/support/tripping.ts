import { expect } from "@jest/globals";
import {
  always,
  anEvent,
  type CreatedWebhook,
  eventually,
  failFirst,
  numberedEvents,
  type SmtpCatcher,
  type TestWorkspace,
} from "@hooklane/testing";
import type { Scene } from "./scenario.js";

/** Events of this type go to the others, all else to the worst webhook. */
export const OTHER_TYPE = "email.opened";
const OTHERS = 9;
const FAILURES_EACH = 3;
/** The worst webhook's failures that make more than 30 of all. */
export const FAILURES_OF_WORST = 31 - OTHERS * FAILURES_EACH;
/** Variables of every service: what fails is over within a second. */
export const QUICK_RETRIES = { DISPATCHER_RETRY_WAITS_S: "0.3,0.3,0.3" };

/** A verdict of the shared rule as it is stored (lanes.md §7). */
export interface StoredTrip {
  readonly webhooks: readonly { readonly webhookId: string }[];
  readonly at: Date;
  readonly applied: boolean;
}

/** A workspace one failure short of a trip of its worst webhook. */
export interface Setting {
  readonly workspace: TestWorkspace;
  readonly worst: CreatedWebhook;
  readonly worstPath: string;
  readonly others: readonly CreatedWebhook[];
  readonly otherPaths: readonly string[];
}

/** A workspace of which nine webhooks have failed three times each, on every dispatcher, with the health-monitor down. */
export async function failApart(
  scene: Scene,
  smtp: SmtpCatcher,
  disablePolicy: "worst" | "contributors",
): Promise<Setting> {
  const { services, receiver, dispatchers, partitions, figures } = scene;
  // The port of the mail catcher is known only now.
  await services.restart("health-monitor", { SMTP_URL: `smtp://127.0.0.1:${smtp.port}` });
  const workspace = await services.createWorkspace({ disablePolicy });
  const others: CreatedWebhook[] = [];
  const otherPaths: string[] = [];
  for (let n = 1; n <= OTHERS; n++) {
    const path = `/${disablePolicy}/${n}`;
    otherPaths.push(path);
    receiver.behave(path, failFirst(FAILURES_EACH));
    others.push(await workspace.createWebhook({ url: receiver.url(path), eventTypes: [OTHER_TYPE] }));
  }
  const worstPath = `/${disablePolicy}/worst`;
  receiver.behave(worstPath, always(500));
  const worst = await workspace.createWebhook({ url: receiver.url(worstPath) });

  const endpoints = await services.database
    .collection<{ _id: string; partition: number }>("endpoints")
    .find({ _id: { $in: others.map(({ endpointId }) => endpointId) } })
    .toArray();
  for (const dispatcher of dispatchers) {
    const owned = await partitions.ownedBy(dispatcher);
    const its = endpoints.filter(({ partition }) => owned.includes(partition)).length;
    figures.set(`failing endpoints of ${dispatcher.name}`, its);
    expect(its).toBeGreaterThan(0);
  }
  await services.kill9("health-monitor");
  figures.say("killed the health-monitor");
  await workspace.send(anEvent({ type: OTHER_TYPE, data: { seq: 0 } }));
  for (const path of otherPaths) {
    await receiver.waitFor((requests) => requests.length === FAILURES_EACH + 1, { path });
  }
  figures.say(`${OTHERS} webhooks have failed ${FAILURES_EACH} times each`);
  return { workspace, worst, worstPath, others, otherPaths };
}

/** Every trip of the last 30 minutes. */
export async function readTrips({ services }: Scene, { workspace }: Setting): Promise<readonly StoredTrip[]> {
  const windows = services.database.collection<{ _id: string; trips?: StoredTrip[] }>("errorWindows");
  return (await windows.findOne({ _id: workspace.id }))?.trips ?? [];
}

/** Sends what fails until the rule trips. */
export async function trip(scene: Scene, setting: Setting): Promise<StoredTrip> {
  await setting.workspace.sendMany(numberedEvents(5));
  const [first] = await eventually(
    async () => {
      const trips = await readTrips(scene, setting);
      return trips.length > 0 && trips;
    },
    { what: "a trip" },
  );
  scene.figures.say("the rule has tripped");
  return first!;
}

export const statusOf = async (workspace: TestWorkspace, { id }: CreatedWebhook) =>
  (await workspace.readWebhook(id)).status;
