import type { Webhook } from "@hooklane/client";
import { ActionIcon, Button, List, Menu, Modal, Table, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconDotsVertical } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useEventTypeLabel } from "../../api/event-types.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { Failure } from "../../components/failure.js";
import { LinkAnchor } from "../../components/link-anchor.js";
import { WebhookStatus } from "../../components/webhook-status.js";
import { EditLink, type WebhookPlace } from "./edit-link.js";
import { useActivateWebhook } from "./webhook-queries.js";

/** Statuses from which one click leads to `active`. */
const CAN_ACTIVATE: ReadonlySet<Webhook["status"]> = new Set(["inactive", "auto_disabled"]);

interface WebhookRowProps {
  readonly webhook: Webhook;
  /** The list it stands in. */
  readonly place: WebhookPlace | undefined;
  readonly onDelete: () => void;
}

/** A webhook of the list; a click on it shows the events it asks for. */
export function WebhookRow({ webhook, place, onDelete }: WebhookRowProps) {
  const { t } = useTranslation("webhooks");
  const [isOpen, { toggle }] = useDisclosure();
  const toLabel = useEventTypeLabel();
  return (
    <>
      <Table.Tr onClick={toggle} style={{ cursor: "pointer" }}>
        <Table.Td className="breaking">
          <UnstyledButton
            fw={600}
            fz="sm"
            aria-expanded={isOpen}
            aria-label={t("details", { name: webhook.name })}
            onClick={(event) => {
              event.stopPropagation();
              toggle();
            }}
          >
            <bdi>{webhook.name}</bdi>
          </UnstyledButton>
        </Table.Td>
        <Table.Td maw={360}>
          <Text size="sm" lineClamp={2} className="breaking" title={webhook.url}>
            {webhook.url}
          </Text>
        </Table.Td>
        <Table.Td>{webhook.eventTypes.length}</Table.Td>
        <Table.Td>
          <WebhookStatus status={webhook.status} />
        </Table.Td>
        <Table.Td onClick={(event) => event.stopPropagation()}>
          <WebhookActions webhook={webhook} place={place} onDelete={onDelete} />
        </Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr>
          <Table.Td colSpan={5}>
            <LinkAnchor to="/webhooks/$id" params={{ id: webhook.id }} size="sm">
              {t("openPage", { name: webhook.name })}
            </LinkAnchor>
            <List size="sm">
              {webhook.eventTypes.map((type) => (
                <List.Item key={type}>{toLabel(type)}</List.Item>
              ))}
            </List>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function WebhookActions({ webhook, place, onDelete }: WebhookRowProps) {
  const { t } = useTranslation(["webhooks", "common"]);
  const { canWrite } = useWorkspace();
  const activate = useActivateWebhook();
  if (!canWrite) return null;
  return (
    <Button.Group>
      <Modal
        opened={activate.isError}
        onClose={activate.reset}
        title={<bdi className="breaking">{webhook.name}</bdi>}
      >
        <Failure error={activate.error} />
      </Modal>
      {CAN_ACTIVATE.has(webhook.status) && (
        <Button
          size="compact-sm"
          variant="default"
          loading={activate.isPending}
          onClick={() =>
            activate.mutate(
              { id: webhook.id },
              {
                onSuccess: () => notifications.show({ message: t("activated", { name: webhook.name }) }),
              },
            )
          }
        >
          {t("activate")}
        </Button>
      )}
      <Menu trigger="click-hover" position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`${t("common:actions")}: ${webhook.name}`}>
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            renderRoot={(props: object) => <EditLink webhook={webhook} place={place} attributes={props} />}
          >
            {t("common:edit")}
          </Menu.Item>
          <Menu.Item color="red" onClick={onDelete}>
            {t("common:delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}
