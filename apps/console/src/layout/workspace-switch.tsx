import { Button, Menu, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSession, useSignOut } from "../api/session.js";
import { useWorkspace } from "../api/workspace-context.js";
import { SignInForm } from "../features/sign-in/sign-in-form.js";
import { useChosenWorkspace } from "./chosen-workspace.js";

/** Which workspace is shown, the others, and signing in and out. */
export function WorkspaceSwitch() {
  const { t } = useTranslation("layout");
  const { workspace } = useWorkspace();
  const { data: workspaces = [] } = useSession();
  const { choose } = useChosenWorkspace(workspaces);
  const signOut = useSignOut();
  const [isAdding, adding] = useDisclosure();
  return (
    <>
      <Menu trigger="click-hover" position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            maw="min(16rem, 30vw)"
            rightSection={<IconChevronDown size={14} aria-hidden />}
            aria-label={`${t("workspace")}: ${workspace.name}`}
          >
            <bdi>{workspace.name}</bdi>
          </Button>
        </Menu.Target>
        <Menu.Dropdown maw="min(24rem, 95vw)">
          {workspaces.map(({ id, name }) => (
            <Menu.Item
              key={id}
              className="breaking"
              leftSection={<IconCheck size={14} visibility={id === workspace.id ? "visible" : "hidden"} />}
              onClick={() => choose(id)}
            >
              <bdi>{name}</bdi>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={adding.open}>{t("addWorkspace")}</Menu.Item>
          <Menu.Item className="breaking" onClick={() => signOut.mutate(workspace.id)}>
            {t("signOut", { name: workspace.name })}
          </Menu.Item>
          {workspaces.length > 1 && (
            <Menu.Item onClick={() => signOut.mutate("*")}>{t("signOutAll")}</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isAdding} onClose={adding.close} title={t("addWorkspace")}>
        <SignInForm
          onSignedIn={(id) => {
            adding.close();
            choose(id);
          }}
        />
      </Modal>
    </>
  );
}
