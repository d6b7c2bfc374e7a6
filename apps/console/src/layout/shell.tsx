import { Anchor, AppShell, Burger, Group, NavLink, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, useRouterState } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ColourSwitch } from "./colour-switch.js";
import { LanguageSwitch } from "./language-switch.js";
import { LiveMark } from "./live-mark.js";
import { NAVIGATION } from "./navigation.js";
import { WorkspaceSwitch } from "./workspace-switch.js";

const MAIN = "content";

/** The frame of every page: navigation beside, workspace and language on top. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation("layout");
  const [isOpen, { toggle, close }] = useDisclosure();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  // On a phone the menu covers the page it leads to.
  useEffect(close, [path, close]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 240, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group wrap="nowrap" gap="sm">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t("menu")} />
            <Anchor component={Link} to="/" underline="never" c="inherit">
              <Text fw={700}>Hooklane</Text>
            </Anchor>
            <LiveMark />
          </Group>
          <Group wrap="nowrap" gap="xs">
            <LanguageSwitch />
            <ColourSwitch />
            <WorkspaceSwitch />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t("menu")}>
        {NAVIGATION.map(({ to, label, icon: Icon }) => (
          <NavLink
            key={to}
            component={Link}
            to={to}
            label={t(label)}
            leftSection={<Icon size={18} aria-hidden />}
            active={path === to || path.startsWith(`${to}/`)}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id={MAIN} tabIndex={-1}>
        {children}
      </AppShell.Main>
    </AppShell>
  );
}
