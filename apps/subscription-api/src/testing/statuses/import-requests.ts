import { randomUUID } from "node:crypto";
import { asAudienceId, asWorkspaceId } from "@hooklane/core";
import { AudienceRepository, ContactImportRepository } from "@hooklane/store";
import type { TestAnswer, TestApi, TestWorkspace } from "../test-api.js";
import type { GoodRequest, StatusWorld } from "./status-world.js";

/** @returns its path */
export async function makeAudience(api: TestApi, workspace: Pick<TestWorkspace, "id">): Promise<string> {
  const at = new Date();
  const _id = asAudienceId(`au_${randomUUID()}`);
  const made = {
    _id,
    workspaceId: asWorkspaceId(workspace.id),
    name: "A",
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  await new AudienceRepository(api.store).insert(made);
  return `/v1/audiences/${_id}`;
}

/** @returns the job's id and the path of its audience */
export async function makeImport(
  api: TestApi,
  workspace: TestWorkspace,
): Promise<{ readonly id: string; readonly audience: string }> {
  const audience = await makeAudience(api, workspace);
  const begun = await workspace.call("POST", `${audience}/imports`, { body: [{ email: "a@example.org" }] });
  if (begun.status !== 202) throw new Error(begun.text);
  return { id: begun.body.id, audience };
}

/** Ends it as a health-monitor does. */
export async function endImport({ store }: TestApi, id: string): Promise<void> {
  const imports = new ContactImportRepository(store);
  await imports.claim(id, "hm", 60_000);
  await imports.decide(id, "hm", { status: "completed" });
  await imports.finish(id);
}

/** A workspace may have but few that are not done, and nobody works on them here. */
async function makeEndedImport(...of: Parameters<typeof makeImport>): ReturnType<typeof makeImport> {
  const made = await makeImport(...of);
  await endImport(of[0], made.id);
  return made;
}

/** Requests about imports that succeed. */
export const IMPORT_REQUESTS: Readonly<Record<string, (world: StatusWorld) => Promise<GoodRequest>>> = {
  importContacts: async ({ api, workspace }) => ({
    path: `${await makeAudience(api, workspace)}/imports`,
    body: [{ email: "a@example.org" }],
  }),
  listContactImports: async ({ api, workspace }) => ({
    path: `${(await makeEndedImport(api, workspace)).audience}/imports`,
  }),
  listContactImportErrors: async ({ api, workspace }) => {
    const { id, audience } = await makeEndedImport(api, workspace);
    return { path: `${audience}/imports/${id}/errors` };
  },
};

/** By operation and code: answers about imports that need a state of their own. */
export const IMPORT_ANSWERS: Readonly<Record<string, (world: StatusWorld) => Promise<TestAnswer>>> = {
  "importContacts malformed_json": async ({ api, workspace }) =>
    workspace.call("POST", `${await makeAudience(api, workspace)}/imports`, { rawBody: "[1," }),
  "importContacts body_too_large": async ({ api, workspace }) =>
    workspace.call("POST", `${await makeAudience(api, workspace)}/imports`, { body: ["x".repeat(100_000)] }),
  "importContacts not_found": ({ workspace }) =>
    workspace.call("POST", "/v1/audiences/au_nobody/imports", { body: [] }),
  "listContactImports not_found": ({ workspace }) => workspace.call("GET", "/v1/audiences/au_nobody/imports"),
  /** So many that are not done: nobody works on them here. */
  "importContacts conflict": async ({ api }) => {
    const of = await api.createWorkspace();
    const path = `${await makeAudience(api, of)}/imports`;
    for (;;) {
      const answer = await of.call("POST", path, { body: [] });
      if (answer.status !== 202) return answer;
    }
  },
};
