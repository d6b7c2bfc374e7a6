import type { TestAnswer, TestWorkspace } from "../test-api.js";
import type { GoodRequest, StatusWorld } from "./status-world.js";

/** An audience with one of each of what it can have, as paths. */
export interface MadeAudience {
  readonly id: string;
  readonly audience: string;
  readonly segment: string;
  readonly tag: string;
  readonly contact: string;
}

/** Makes an audience with a segment, a tag and a contact. */
export async function makeAudience(workspace: TestWorkspace): Promise<MadeAudience> {
  const make = async (path: string, body: object) => {
    const made = await workspace.call("POST", path, { body });
    if (made.status !== 201) throw new Error(made.text);
    return made.body;
  };
  const { id } = await make("/v1/audiences", { name: "A" });
  const audience = `/v1/audiences/${id}`;
  const segment = await make(`${audience}/segments`, { name: "S", conditions: { tags: "vip" } });
  await make(`${audience}/tags`, { name: "vip" });
  const contact = await make(`${audience}/contacts`, { email: "a@example.org", tags: ["vip"] });
  return {
    id,
    audience,
    segment: `${audience}/segments/${segment.id}`,
    tag: `${audience}/tags/vip`,
    contact: `${audience}/contacts/${contact.id}`,
  };
}

type MakeGood = (world: StatusWorld) => Promise<GoodRequest> | GoodRequest;
type Provoke = (world: StatusWorld) => Promise<TestAnswer>;

const of =
  (part: Exclude<keyof MadeAudience, "id">, suffix = "", body?: object): MakeGood =>
  async ({ workspace }) => ({
    path: `${(await makeAudience(workspace))[part]}${suffix}`,
    ...(body && { body }),
  });

/** Lines of `GOOD_REQUESTS`. */
export const AUDIENCE_REQUESTS: Readonly<Record<string, MakeGood>> = {
  listAudiences: () => ({}),
  createAudience: () => ({ body: { name: "A" } }),
  getAudience: of("audience"),
  patchAudience: of("audience", "", { name: "Other" }),
  deleteAudience: of("audience"),
  listSegments: of("audience", "/segments"),
  createSegment: of("audience", "/segments", { name: "S", conditions: { status: "subscribed" } }),
  previewSegment: of("audience", "/segments/preview", { conditions: { status: "subscribed" } }),
  getSegment: of("segment"),
  countSegment: of("segment", "/count"),
  patchSegment: of("segment", "", { name: "Other" }),
  deleteSegment: of("segment"),
  listTags: of("audience", "/tags"),
  createTag: of("audience", "/tags", { name: "new" }),
  getTag: of("tag"),
  deleteTag: of("tag"),
  listContacts: of("audience", "/contacts"),
  createContact: of("audience", "/contacts", { email: "new@example.org" }),
  getContact: of("contact"),
  patchContact: of("contact", "", { fields: { city: "Lyon" } }),
  deleteContact: of("contact"),
};

/** A touchpoint that waits, as far as what it is for looks at it. */
async function waitFor(world: StatusWorld, audienceId: string, part: object): Promise<void> {
  await world.api.store.db.collection<Record<string, unknown> & { _id: string }>("touchpoints").insertOne({
    _id: world.unique("wh_t"),
    audienceId,
    open: true,
    ...part,
  });
}

/** Lines of `SPECIAL_ANSWERS`. */
export const AUDIENCE_ANSWERS: Readonly<Record<string, Provoke>> = {
  "deleteAudience conflict": async (world) => {
    const { id, audience } = await makeAudience(world.workspace);
    await world.makeWebhook({
      kind: "audience",
      audienceId: id,
      eventTypes: ["audience.subscribed"],
      sources: ["api"],
    });
    return world.workspace.call("DELETE", audience);
  },
  "deleteSegment conflict": async (world) => {
    const { id, segment } = await makeAudience(world.workspace);
    await waitFor(world, id, { segmentId: segment.split("/").at(-1) });
    return world.workspace.call("DELETE", segment);
  },
  "deleteTag conflict": async (world) => {
    const { id, tag } = await makeAudience(world.workspace);
    await waitFor(world, id, { tag: "vip" });
    return world.workspace.call("DELETE", tag);
  },
  "createTag conflict": async ({ workspace }) => {
    const { audience } = await makeAudience(workspace);
    return workspace.call("POST", `${audience}/tags`, { body: { name: "vip" } });
  },
  "createContact conflict": async ({ workspace }) => {
    const { audience } = await makeAudience(workspace);
    return workspace.call("POST", `${audience}/contacts`, { body: { email: "A@example.org" } });
  },
  "patchContact conflict": async ({ workspace }) => {
    const { audience, contact } = await makeAudience(workspace);
    await workspace.call("POST", `${audience}/contacts`, { body: { email: "b@example.org" } });
    return workspace.call("PATCH", contact, { body: { email: "b@example.org" } });
  },
};
