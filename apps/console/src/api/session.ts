import { HooklaneError } from "@hooklane/client";
import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { readProblemAnswer } from "./read-answer.js";

/** A workspace the browser is signed in to. */
export interface SignedIn {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

const SESSION = ["session"] as const;

/** The names of workspaces whose keys were taken away, until somebody has read them. */
const LOST = ["session", "lost"] as const;

/** All of them, in the order of signing in; empty: signed out. */
export function useSession() {
  const client = useQueryClient();
  return useQuery({
    queryKey: SESSION,
    queryFn: async () => {
      const before = client.getQueryData<readonly SignedIn[]>(SESSION) ?? [];
      const now = await callSession("GET");
      const lost = before.filter(({ id }) => !now.some((workspace) => workspace.id === id));
      if (lost.length > 0)
        client.setQueryData(
          LOST,
          lost.map(({ name }) => name),
        );
      return now;
    },
    staleTime: Infinity,
  });
}

/** Of which workspaces nobody here is any more, without having left. */
export function useLostWorkspaces() {
  const client = useQueryClient();
  const { data: names = [] } = useQuery<readonly string[]>({ queryKey: LOST, queryFn: skipToken });
  return { names, forget: () => client.setQueryData(LOST, []) };
}

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
