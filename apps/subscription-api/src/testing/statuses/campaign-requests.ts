import { AudienceCalls } from "../audience-calls.js";
import type { TestAnswer, TestWorkspace } from "../test-api.js";
import type { GoodRequest, StatusWorld } from "./status-world.js";

/** Ahead of whenever the tests run, and within two years. */
export const soon = (days = 30): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, "2027-01-01".length);

export const touchpointForm = (more: object = {}) => ({
  name: "T",
  url: "https://touchpoint.example.org/",
  auth: { username: "u", password: "p" },
  date: soon(),
  time: "09:30",
  ...more,
});

interface Paths {
  readonly audienceId: string;
  readonly campaign: string;
  readonly touchpoint: string;
  readonly touchpointId: string;
}

/** A campaign with a touchpoint, which is scheduled or a draft. */
export async function makeCampaign(of: TestWorkspace, status = "scheduled"): Promise<Paths> {
  const { id: audienceId } = await AudienceCalls.make(of);
  const made = await of.call("POST", "/v1/campaigns", { body: { name: "C", audienceId } });
  const campaign = `/v1/campaigns/${made.body.id}`;
  const body = touchpointForm({ schedule: status === "scheduled" });
  const { id } = (await of.call("POST", `${campaign}/touchpoints`, { body })).body;
  return { audienceId, campaign, touchpoint: `${campaign}/touchpoints/${id}`, touchpointId: id };
}

const ofCampaign =
  (suffix = "", body?: object, status = "draft") =>
  async ({ workspace }: StatusWorld): Promise<GoodRequest> => ({
    path: `${(await makeCampaign(workspace, status)).campaign}${suffix}`,
    ...(body && { body }),
  });

const ofTouchpoint =
  (suffix = "", body?: object, status = "draft") =>
  async ({ workspace }: StatusWorld): Promise<GoodRequest> => ({
    path: `${(await makeCampaign(workspace, status)).touchpoint}${suffix}`,
    ...(body && { body }),
  });

/** See `GOOD_REQUESTS`. */
export const CAMPAIGN_REQUESTS = {
  getCampaignCalendar: () => ({ path: `/v1/campaigns/calendar?from=${soon(1)}&to=${soon(30)}` }),
  listCampaigns: () => ({}),
  createCampaign: async ({ workspace }) => ({
    body: { name: "C", audienceId: (await AudienceCalls.make(workspace)).id },
  }),
  getCampaign: ofCampaign(),
  patchCampaign: ofCampaign("", { name: "Other" }),
  deleteCampaign: ofCampaign(),
  listTouchpoints: ofCampaign("/touchpoints"),
  createTouchpoint: ofCampaign("/touchpoints", touchpointForm()),
  getTouchpoint: ofTouchpoint(),
  patchTouchpoint: ofTouchpoint("", { name: "Other" }),
  deleteTouchpoint: ofTouchpoint(),
  scheduleTouchpoint: ofTouchpoint("/schedule"),
  cancelTouchpoint: ofTouchpoint("/cancel", undefined, "scheduled"),
} satisfies Readonly<Record<string, (world: StatusWorld) => Promise<GoodRequest> | GoodRequest>>;

/** A call once the workspace has a plan that allows no more than this. */
async function underPlan(
  world: StatusWorld,
  access: "none" | "configure",
  call: (of: TestWorkspace, paths: Paths) => Promise<TestAnswer>,
): Promise<TestAnswer> {
  const of = await world.api.createWorkspace();
  const paths = await makeCampaign(of, "draft");
  const plan = await world.makePlan({ webhooks: { access } });
  await world.asOperator("PATCH", `/v1/workspaces/${of.id}`, { plan });
  return call(of, paths);
}

/** See `SPECIAL_ANSWERS`. */
export const CAMPAIGN_ANSWERS = {
  "createTouchpoint plan_upgrade_required": (world) =>
    underPlan(world, "configure", (of, { campaign }) =>
      of.call("POST", `${campaign}/touchpoints`, { body: touchpointForm() }),
    ),
  "patchTouchpoint plan_upgrade_required": (world) =>
    underPlan(world, "none", (of, { touchpoint }) => of.call("PATCH", touchpoint, { body: { name: "x" } })),
  "scheduleTouchpoint plan_upgrade_required": (world) =>
    underPlan(world, "configure", (of, { touchpoint }) => of.call("POST", `${touchpoint}/schedule`)),

  "createTouchpoint conflict": async ({ api, workspace }) => {
    const { campaign } = await makeCampaign(workspace);
    await api.store.db
      .collection<{ _id: string }>("campaigns")
      .updateOne({ _id: campaign.slice("/v1/campaigns/".length) }, { $set: { touchpoints: 100 } });
    return workspace.call("POST", `${campaign}/touchpoints`, { body: touchpointForm() });
  },
  "patchTouchpoint conflict": async ({ workspace }) => {
    const { touchpoint } = await makeCampaign(workspace);
    await workspace.call("POST", `${touchpoint}/cancel`);
    return workspace.call("PATCH", touchpoint, { body: { name: "Other" } });
  },
  "scheduleTouchpoint conflict": async ({ workspace }) => {
    const { touchpoint } = await makeCampaign(workspace);
    await workspace.call("POST", `${touchpoint}/cancel`);
    return workspace.call("POST", `${touchpoint}/schedule`);
  },
  "cancelTouchpoint conflict": async ({ workspace }) => {
    const { touchpoint } = await makeCampaign(workspace, "draft");
    return workspace.call("POST", `${touchpoint}/cancel`);
  },
  "deleteCampaign conflict": async ({ workspace }) =>
    workspace.call("DELETE", (await makeCampaign(workspace)).campaign),
} satisfies Readonly<Record<string, (world: StatusWorld) => Promise<TestAnswer>>>;
