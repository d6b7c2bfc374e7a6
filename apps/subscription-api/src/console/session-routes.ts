import type { WorkspaceId } from "@hooklane/core";
import { toFieldErrors } from "@hooklane/contracts";
import type { WorkspaceRepository } from "@hooklane/store";
import { type Request, type Response, Router } from "express";
import { z } from "zod";
import { type Answer, invalid, ok, refusal } from "../http/answer.js";
import { write } from "../http/api-router.js";
import { type Authenticator, whyNotAllowed } from "../http/authentication.js";
import { parseJsonBody, whyNotRead } from "../http/body.js";
import {
  type ConsoleSession,
  SESSION_WORKSPACES_MAX,
  type SessionCookie,
  type SessionKey,
} from "./session-cookie.js";

export interface SessionOptions {
  readonly cookie: SessionCookie;
  readonly authenticator: Pick<Authenticator, "identify">;
  readonly workspaces: Pick<WorkspaceRepository, "find">;
}

/** A workspace somebody is signed in to, and what the key may do there. */
export interface SignedIn {
  readonly id: WorkspaceId;
  readonly name: string;
  readonly scopes: readonly string[];
}

const signIn = z.strictObject({
  /** As people copy it. */
  apiKey: z.string().trim().min(1).max(300),
});

/**
 * Signing in and out of the console: `/console/session` (docs/adr/0034). Every answer has the workspaces somebody is
 * signed in to; keys that open nothing any more are forgotten on the way.
 */
export function createSessionRouter(options: SessionOptions): Router {
  const router = Router({ caseSensitive: true });
  router.get("/console/session", async (request, response) => {
    await answerSession(options, response, options.cookie.read(request.headers.cookie).keys);
  });
  router.post("/console/session", parseJsonBody, async (request: Request, response: Response) => {
    const refused = whyNotRead(request) ?? (await openSession(options, request, response));
    if (refused) write(response, refused);
  });
  // As with every call of the console, a header that no page of another site can send (see `authorizationOf`).
  router.delete("/console/session", async (request: Request, response: Response) => {
    const left = request.get("hooklane-workspace");
    if (left === undefined) {
      write(response, refusal("forbidden", "Name the workspace to leave, or *, in hooklane-workspace."));
      return;
    }
    const { keys } = options.cookie.read(request.headers.cookie);
    await answerSession(
      options,
      response,
      keys.filter(({ workspaceId }) => left !== "*" && workspaceId !== left),
    );
  });
  return router;
}

/** Adds the workspace of a key; the key of one that is there is replaced. @returns why not */
async function openSession(
  options: SessionOptions,
  request: Request,
  response: Response,
): Promise<Answer | undefined> {
  const body = signIn.safeParse(request.body ?? {});
  if (!body.success) return invalid(toFieldErrors(body.error.issues, request.body));
  const { apiKey } = body.data;
  const identified = await options.authenticator.identify(`Bearer ${apiKey}`);
  if (identified.kind === "refused") return refusal("unauthorized", identified.detail);
  const { caller } = identified;
  const refused = whyNotAllowed(caller, "read");
  if (refused || caller.kind === "operator") return refused;
  const { workspaceId } = caller;
  const others = options.cookie
    .read(request.headers.cookie)
    .keys.filter((key) => key.workspaceId !== workspaceId);
  await answerSession(options, response, [...others, { workspaceId, apiKey }].slice(-SESSION_WORKSPACES_MAX));
  return undefined;
}

/** Answers with the workspaces, and has the browser keep the session anew: it ends a while after it was last asked for. */
async function answerSession(
  { cookie, authenticator, workspaces }: SessionOptions,
  response: Response,
  keys: ConsoleSession["keys"],
): Promise<void> {
  const kept: SessionKey[] = [];
  const signedIn: SignedIn[] = [];
  for (const key of keys) {
    const identified = await authenticator.identify(`Bearer ${key.apiKey}`);
    if (identified.kind === "refused" || identified.caller.kind === "operator") continue;
    const { workspaceId, scopes } = identified.caller;
    const workspace = await workspaces.find(workspaceId);
    if (!workspace) continue;
    kept.push(key);
    signedIn.push({ id: workspaceId, name: workspace.name, scopes });
  }
  write(response, ok({ workspaces: signedIn }, { "set-cookie": cookie.write({ keys: kept }) }));
}
