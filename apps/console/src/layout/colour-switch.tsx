import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

const SCHEMES = [
  { scheme: "light", label: "light", icon: IconSun },
  { scheme: "dark", label: "dark", icon: IconMoon },
  { scheme: "auto", label: "asSystem", icon: IconDeviceDesktop },
] as const;

export function ColourSwitch() {
  const { t } = useTranslation("layout");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { icon: Current } = SCHEMES.find(({ scheme }) => scheme === colorScheme) ?? SCHEMES[2];
  return (
    <Menu trigger="click-hover" position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="md" aria-label={t("colours")}>
          <Current size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(({ scheme, label, icon: Icon }) => (
          <Menu.Item key={scheme} leftSection={<Icon size={16} />} onClick={() => setColorScheme(scheme)}>
            {t(label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
