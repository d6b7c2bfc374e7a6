import type { IncomingHttpHeaders } from "node:http";
import type { SessionCookie } from "./session-cookie.js";

/**
 * The console's calls name their workspace by this header instead of a key. A page of another site cannot send it without
 * a preflight, which nothing here answers: beside `SameSite`, that is what keeps others from calling in somebody's name.
 */
const WORKSPACE_HEADER = "hooklane-workspace";

/**
 * The `Authorization` a call has: its own, or that of the key somebody signed in with in the workspace it names.
 *
 * @returns undefined when there is neither
 */
export function authorizationOf(headers: IncomingHttpHeaders, cookie: SessionCookie): string | undefined {
  if (headers.authorization !== undefined) return headers.authorization;
  const named = headers[WORKSPACE_HEADER];
  if (typeof named !== "string") return undefined;
  const key = cookie.read(headers.cookie).keys.find(({ workspaceId }) => workspaceId === named);
  return key && `Bearer ${key.apiKey}`;
}
