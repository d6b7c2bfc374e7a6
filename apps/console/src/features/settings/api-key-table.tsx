import type { ApiKey } from "@hooklane/client";
import { Badge, Button, Code, Group, Table, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Confirm } from "../../components/confirm.js";
import { useFormat } from "../../components/format.js";
import { useRevokeApiKey } from "./api-key-queries.js";

export function ApiKeyTable({ keys }: { readonly keys: readonly ApiKey[] }) {
  const { t } = useTranslation(["settings", "common"]);
  const [leaving, setLeaving] = useState<ApiKey>();
  return (
    <>
      <Table.ScrollContainer minWidth={720} type="native" tabIndex={0}>
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("common:name")}</Table.Th>
              <Table.Th>{t("key")}</Table.Th>
              <Table.Th>{t("scopes")}</Table.Th>
              <Table.Th>{t("created")}</Table.Th>
              <Table.Th>{t("lastUsed")}</Table.Th>
              <Table.Th>{t("expires")}</Table.Th>
              <Table.Th>{t("common:action")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {keys.map((key) => (
              <ApiKeyRow key={key.id} apiKey={key} onRevoke={() => setLeaving(key)} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {leaving && <RevokeApiKey apiKey={leaving} onClose={() => setLeaving(undefined)} />}
    </>
  );
}

interface ApiKeyRowProps {
  readonly apiKey: ApiKey;
  readonly onRevoke: () => void;
}

function ApiKeyRow({ apiKey, onRevoke }: ApiKeyRowProps) {
  const { t } = useTranslation(["settings", "common"]);
  const { canWrite } = useWorkspace();
  const format = useFormat();
  const { name, hint, scopes, createdAt, lastUsedAt, expiresAt, revokedAt } = apiKey;
  const toTime = (iso: string | undefined) => (iso === undefined ? t("common:never") : format.dateTime(iso));
  return (
    <Table.Tr>
      <Table.Td className="breaking">
        <bdi>{name}</bdi>
      </Table.Td>
      <Table.Td>
        <Code>…{hint}</Code>
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {scopes.map((scope) => (
            <Badge key={scope} variant="light" tt="none">
              {scope}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>{format.dateTime(createdAt)}</Table.Td>
      <Table.Td>{toTime(lastUsedAt)}</Table.Td>
      <Table.Td>{toTime(expiresAt)}</Table.Td>
      <Table.Td>
        {revokedAt !== undefined ? (
          <Text size="sm" c="dimmed">
            {t("revoked", { time: format.dateTime(revokedAt) })}
          </Text>
        ) : (
          canWrite && (
            <Button
              size="compact-sm"
              variant="outline"
              color="red"
              aria-label={t("revokeTitle", { name })}
              onClick={onRevoke}
            >
              {t("revoke")}
            </Button>
          )
        )}
      </Table.Td>
    </Table.Tr>
  );
}

interface RevokeApiKeyProps {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}

function RevokeApiKey({ apiKey: { id, name, hint }, onClose }: RevokeApiKeyProps) {
  const { t } = useTranslation("settings");
  const revoke = useRevokeApiKey();
  const confirm = () =>
    revoke.mutate(id, {
      onSuccess: () => {
        notifications.show({ message: t("revokeDone", { name }) });
        onClose();
      },
    });
  return (
    <Confirm
      isOpen
      title={t("revokeTitle", { name })}
      confirmLabel={t("revoke")}
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {t("revokeHelp", { hint })}
    </Confirm>
  );
}
