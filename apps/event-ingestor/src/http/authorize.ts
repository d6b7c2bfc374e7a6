import { hash } from "node:crypto";
import { type ApiKeyDocument, apiKeyState, type WorkspaceDocument } from "@hooklane/store";
import type { Directory } from "../directory/directory.js";
import { type Answer, refusal } from "./answer.js";

export type Authorized =
  | { readonly ok: true; readonly key: ApiKeyDocument; readonly workspace: WorkspaceDocument }
  | { readonly ok: false; readonly answer: Answer };

/** Workspace keys only; anything else is unknown without a look. */
const BEARER = /^Bearer +(hl_live_[\x21-\x7e]{1,200}) *$/i;

/**
 * Finds the workspace a key speaks for.
 *
 * @throws when the database is away and the copy does not know the key
 */
export async function authorize(
  directory: Directory,
  authorization: string | undefined,
  nowMs: number,
): Promise<Authorized> {
  const key = BEARER.exec(authorization ?? "")?.[1];
  if (key === undefined) return unauthorized("Send a workspace key as Authorization: Bearer hl_live_…");
  const keyHash = hash("sha256", key);
  await directory.prepareApiKey(keyHash);
  const known = directory.apiKey(keyHash);
  if (!known) return unauthorized("The key is not known");
  const state = apiKeyState(known, new Date(nowMs));
  if (state === "revoked") return unauthorized("The key is revoked");
  if (state === "expired") return unauthorized(`The key expired on ${known.expiresAt?.toISOString() ?? ""}`);
  if (!known.scopes.includes("ingest")) {
    return { ok: false, answer: refusal("forbidden", "The key lacks the scope ingest") };
  }
  await directory.prepareWorkspaces([known.workspaceId]);
  const workspace = directory.workspace(known.workspaceId);
  return workspace ? { ok: true, key: known, workspace } : unauthorized("The key is not known");
}

function unauthorized(detail: string): Authorized {
  return {
    ok: false,
    answer: refusal("unauthorized", detail, { headers: { "www-authenticate": "Bearer" } }),
  };
}
