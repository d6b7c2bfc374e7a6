import { Center, Loader } from "@mantine/core";
import { Outlet } from "@tanstack/react-router";
import { useMemo } from "react";
import { LiveProvider } from "../api/live.js";
import { type SignedIn, useSession } from "../api/session.js";
import { toAccess, WorkspaceContext } from "../api/workspace-context.js";
import { Failure } from "../components/failure.js";
import { SignInPage } from "../features/sign-in/sign-in-page.js";
import { ApiBanner } from "./api-banner.js";
import { useChosenWorkspace } from "./chosen-workspace.js";
import { LostWorkspaces } from "./lost-workspaces.js";
import { Shell } from "./shell.js";

/** Signing in first; then the workspace's pages in their frame. */
export function Root() {
  const session = useSession();
  const { chosen } = useChosenWorkspace(session.data ?? []);
  return (
    <>
      <ApiBanner />
      <LostWorkspaces />
      {session.isPending && (
        <Center mih="60vh">
          <Loader />
        </Center>
      )}
      {session.isError && <Failure error={session.error} onRetry={() => void session.refetch()} />}
      {session.isSuccess && (chosen ? <WorkspacePages key={chosen.id} workspace={chosen} /> : <SignInPage />)}
    </>
  );
}

function WorkspacePages({ workspace }: { readonly workspace: SignedIn }) {
  const access = useMemo(() => toAccess(workspace), [workspace]);
  return (
    <WorkspaceContext value={access}>
      <LiveProvider>
        <Shell>
          <Outlet />
        </Shell>
      </LiveProvider>
    </WorkspaceContext>
  );
}
