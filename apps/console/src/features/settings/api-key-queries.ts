import { type ApiKey, List } from "@hooklane/client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { bodyOf, pageQuery } from "../../api/lists.js";
import { SESSION_KEY } from "../../api/session.js";
import { useWorkspace } from "../../api/workspace-context.js";

/** All keys, newest first, revoked ones too: the audit log names them. */
export function useApiKeys() {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "api-keys"],
    queryFn: async () => {
      const keys = new List<ApiKey>(async (cursor) =>
        bodyOf(await hooklane.api.GET("/v1/api-keys", { params: { query: pageQuery(cursor) } })),
      );
      return (await keys.take(Infinity)).toReversed();
    },
  });
}

/** Whoever revokes the key they are signed in with is signed out by it. */
export function useRevokeApiKey() {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshApiKeys();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => hooklane.api.DELETE("/v1/api-keys/{id}", { params: { path: { id } } }),
    onSettled: () => Promise.all([refresh(), client.invalidateQueries({ queryKey: SESSION_KEY })]),
  });
}

export function useRefreshApiKeys() {
  const { workspace } = useWorkspace();
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [workspace.id, "api-keys"] });
}
