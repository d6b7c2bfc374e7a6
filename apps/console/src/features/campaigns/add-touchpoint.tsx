import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconWebhook } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** What a campaign can be given: of the kinds of touchpoints, ours is the webhook (console-flows.md F4). */
export function AddTouchpoint({ campaignId }: { readonly campaignId: string }) {
  const { t } = useTranslation("touchpoints");
  return (
    <Menu trigger="click-hover" position="bottom-end">
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={16} aria-hidden />}>{t("add")}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconWebhook size={16} aria-hidden />}
          renderRoot={(props) => (
            <Link to="/campaigns/$id/touchpoints/new" params={{ id: campaignId }} {...props} />
          )}
        >
          {t("webhook")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
