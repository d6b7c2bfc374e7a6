import type { TestAnswer, TestWorkspace } from "../test-api.js";
import type { GoodRequest, StatusWorld } from "./status-world.js";

const POINT_FORM = {
  name: "P",
  url: "https://point.example.org/",
  auth: { username: "u", password: "p" },
};

const ARRIVED = { contact: { id: "c-1", audience_id: "l-1", email: "a@example.org" } };

const STATUSES = { draft: [], active: ["start"], paused: ["start", "pause"] } as const;

/** A journey with a point. @returns their paths */
export async function makeJourney(
  of: TestWorkspace,
  status: keyof typeof STATUSES = "draft",
): Promise<{ readonly journey: string; readonly point: string; readonly webhook: string }> {
  const made = await of.call("POST", "/v1/journeys", { body: { name: "J" } });
  const journey = `/v1/journeys/${made.body.id}`;
  const { id } = (await of.call("POST", `${journey}/points`, { body: POINT_FORM })).body;
  for (const command of STATUSES[status]) await of.call("POST", `${journey}/${command}`);
  return { journey, point: `${journey}/points/${id}`, webhook: `/v1/webhooks/${id}` };
}

const ofJourney =
  (suffix = "", body?: object, status: keyof typeof STATUSES = "draft") =>
  async ({ workspace }: StatusWorld): Promise<GoodRequest> => ({
    path: `${(await makeJourney(workspace, status)).journey}${suffix}`,
    ...(body && { body }),
  });

const ofPoint =
  (suffix = "", body?: object, status: keyof typeof STATUSES = "draft") =>
  async ({ workspace }: StatusWorld): Promise<GoodRequest> => ({
    path: `${(await makeJourney(workspace, status)).point}${suffix}`,
    ...(body && { body }),
  });

/** See `GOOD_REQUESTS`. */
export const JOURNEY_REQUESTS = {
  listJourneys: () => ({}),
  createJourney: () => ({ body: { name: "J" } }),
  getJourney: ofJourney(),
  patchJourney: ofJourney("", { name: "Other" }),
  deleteJourney: ofJourney(),
  startJourney: ofJourney("/start"),
  pauseJourney: ofJourney("/pause", undefined, "active"),
  resumeJourney: ofJourney("/resume", {}, "paused"),
  listJourneyPoints: ofJourney("/points"),
  createJourneyPoint: ofJourney("/points", POINT_FORM),
  getJourneyPoint: ofPoint(),
  patchJourneyPoint: ofPoint("", { name: "Other" }),
  deleteJourneyPoint: ofPoint(),
  createArrival: ofPoint("/arrivals", ARRIVED, "active"),
} satisfies Readonly<Record<string, (world: StatusWorld) => Promise<GoodRequest> | GoodRequest>>;

type Paths = Awaited<ReturnType<typeof makeJourney>>;

/** A call once the workspace has a plan that allows no more than this. */
async function underPlan(
  world: StatusWorld,
  access: "none" | "configure",
  call: (of: TestWorkspace, paths: Paths) => Promise<TestAnswer>,
  status: keyof typeof STATUSES = "draft",
): Promise<TestAnswer> {
  const of = await world.api.createWorkspace();
  const paths = await makeJourney(of, status);
  const plan = await world.makePlan({ webhooks: { access } });
  await world.asOperator("PATCH", `/v1/workspaces/${of.id}`, { plan });
  return call(of, paths);
}

const inJourney =
  (status: keyof typeof STATUSES, call: (of: TestWorkspace, paths: Paths) => Promise<TestAnswer>) =>
  async ({ workspace }: StatusWorld): Promise<TestAnswer> =>
    call(workspace, await makeJourney(workspace, status));

/** See `SPECIAL_ANSWERS`. */
export const JOURNEY_ANSWERS = {
  "createJourneyPoint plan_upgrade_required": (world) =>
    underPlan(world, "none", (of, { journey }) => of.call("POST", `${journey}/points`, { body: POINT_FORM })),
  "patchJourneyPoint plan_upgrade_required": (world) =>
    underPlan(world, "none", (of, { point }) => of.call("PATCH", point, { body: { name: "x" } })),
  "startJourney plan_upgrade_required": (world) =>
    underPlan(world, "configure", (of, { journey }) => of.call("POST", `${journey}/start`)),
  "resumeJourney plan_upgrade_required": (world) =>
    underPlan(world, "configure", (of, { journey }) => of.call("POST", `${journey}/resume`), "paused"),

  "startJourney conflict": inJourney("paused", (of, { journey }) => of.call("POST", `${journey}/start`)),
  "pauseJourney conflict": inJourney("draft", (of, { journey }) => of.call("POST", `${journey}/pause`)),
  "resumeJourney conflict": inJourney("draft", (of, { journey }) => of.call("POST", `${journey}/resume`)),
  "createJourneyPoint conflict": async ({ api, workspace }) => {
    const { journey } = await makeJourney(workspace);
    await api.store.db
      .collection<{ _id: string }>("journeys")
      .updateOne({ _id: journey.slice("/v1/journeys/".length) }, { $set: { pointCount: 100 } });
    return workspace.call("POST", `${journey}/points`, { body: POINT_FORM });
  },
  "patchJourneyPoint conflict": inJourney("draft", async (of, { point, webhook }) => {
    const rotate = () => of.call("POST", `${webhook}/rotate-secret`, { body: { overlapHours: 1 } });
    await rotate();
    await rotate();
    return of.call("PATCH", point, { body: { signatureScheme: "ed25519" } });
  }),
  "createArrival journey_not_active": inJourney("draft", (of, { point }) =>
    of.call("POST", `${point}/arrivals`, { body: ARRIVED }),
  ),
  "createArrival event_too_large": inJourney("active", (of, { point }) => {
    const contact = { ...ARRIVED.contact, note: "x".repeat(300_000) };
    return of.call("POST", `${point}/arrivals`, { body: { contact } });
  }),

  "deleteWebhook conflict": inJourney("draft", (of, { webhook }) => of.call("DELETE", webhook)),
  "deactivateWebhook conflict": inJourney("draft", (of, { webhook }) =>
    of.call("POST", `${webhook}/deactivate`),
  ),
  "activateWebhook journey_not_active": inJourney("draft", (of, { webhook }) =>
    of.call("POST", `${webhook}/activate`),
  ),
  /** Of a touchpoint that is over, or was never scheduled. */
  "activateWebhook conflict": async ({ api, workspace }) => {
    const { webhook } = await makeJourney(workspace);
    const change = { $set: { kind: "touchpoint", campaignId: "cp_1" }, $unset: { journeyId: "" as const } };
    await api.store.db
      .collection<{ _id: string }>("webhooks")
      .updateOne({ _id: webhook.slice("/v1/webhooks/".length) }, change);
    return workspace.call("POST", `${webhook}/activate`);
  },
} satisfies Readonly<Record<string, (world: StatusWorld) => Promise<TestAnswer>>>;
