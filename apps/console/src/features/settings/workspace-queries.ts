import { useQuery, useQueryClient } from "@tanstack/react-query";
import { bodyOf } from "../../api/lists.js";
import { SESSION_KEY } from "../../api/session.js";
import { useWorkspace } from "../../api/workspace-context.js";

export function useWorkspaceSettings() {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "workspace"],
    queryFn: async () => bodyOf(await hooklane.api.GET("/v1/workspace")),
  });
}

/** The frame shows the workspace's name as well. */
export function useRefreshWorkspace() {
  const { workspace } = useWorkspace();
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: [workspace.id, "workspace"] }),
      client.invalidateQueries({ queryKey: SESSION_KEY }),
    ]);
}
