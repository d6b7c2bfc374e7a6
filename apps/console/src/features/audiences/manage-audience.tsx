import type { Audience } from "@hooklane/client";
import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** Leads to what an audience has, and what of it can be set. */
export function ManageAudience({ audience: { id } }: { readonly audience: Audience }) {
  const { t } = useTranslation("audiences");
  const params = { id };
  return (
    <Menu trigger="click-hover" position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          {t("manage")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item renderRoot={(props) => <Link to="/audience/$id/settings" params={params} {...props} />}>
          {t("settings")}
        </Menu.Item>
        <Menu.Item renderRoot={(props) => <Link to="/audience/$id/segments" params={params} {...props} />}>
          {t("segmentsAndTags")}
        </Menu.Item>
        <Menu.Item renderRoot={(props) => <Link to="/audience/$id/imports" params={params} {...props} />}>
          {t("imports")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
