import { HooklaneError } from "@hooklane/client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { readProblemAnswer } from "./read-answer.js";

/** A workspace the browser is signed in to. */
export interface SignedIn {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

const SESSION = ["session"] as const;

/** All of them, in the order of signing in; empty: signed out. */
export const useSession = () =>
  useQuery({ queryKey: SESSION, queryFn: () => callSession("GET"), staleTime: Infinity });

/** Adds the workspace of a key; resolves with it. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (apiKey: string) => callSession("POST", { body: { apiKey } }),
    onSuccess: (workspaces) => client.setQueryData(SESSION, workspaces),
  });
}

/** Leaves a workspace, or with `*` all. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (workspaceId: string) => callSession("DELETE", { workspaceId }),
    onSuccess: (workspaces) => client.setQueryData(SESSION, workspaces),
  });
}

/** Asks anew who is signed in: after a call was refused for want of a key. */
export const SESSION_KEY = SESSION;

async function callSession(
  method: "GET" | "POST" | "DELETE",
  { body, workspaceId }: { readonly body?: object; readonly workspaceId?: string } = {},
): Promise<readonly SignedIn[]> {
  let response: Response;
  try {
    response = await fetch("/console/session", {
      method,
      headers: {
        ...(body && { "content-type": "application/json" }),
        ...(workspaceId !== undefined && { "hooklane-workspace": workspaceId }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new HooklaneError({ code: "network", detail: "The server cannot be reached.", cause });
  }
  const answer = await readProblemAnswer<{ workspaces: readonly SignedIn[] }>(response);
  return answer.workspaces;
}
