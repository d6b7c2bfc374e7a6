import type { AuditEntry } from "@hooklane/client";
import { Table, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/format.js";
import { LinkAnchor } from "../../components/link-anchor.js";
import { useApiKeys } from "./api-key-queries.js";
import { AuditChange } from "./audit-change.js";

export function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const { t } = useTranslation("auditLog");
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("when")}</Table.Th>
            <Table.Th>{t("who")}</Table.Th>
            <Table.Th>{t("what")}</Table.Th>
            <Table.Th>{t("object")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <AuditRow key={entry.id} entry={entry} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** A change; opened, what it was before and after. */
function AuditRow({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation("auditLog");
  const format = useFormat();
  const [isOpen, { toggle }] = useDisclosure();
  const time = format.dateTime(entry.at);
  return (
    <>
      <Table.Tr>
        <Table.Td>
          <UnstyledButton
            fz="sm"
            td="underline"
            aria-expanded={isOpen}
            aria-label={t("details", { time })}
            onClick={toggle}
          >
            {time}
          </UnstyledButton>
        </Table.Td>
        <Table.Td className="breaking">
          <Actor actor={entry.actor} />
        </Table.Td>
        <Table.Td className="breaking">
          <Text size="sm">{t(toDeed(entry))}</Text>
          {entry.changes.length > 0 && (
            <Text size="xs" c="dimmed">
              {entry.changes.join(", ")}
            </Text>
          )}
        </Table.Td>
        <Table.Td className="breaking">
          <Text size="xs" c="dimmed">
            {t(`object_${entry.object.kind}`)}
          </Text>
          <LinkAnchor
            to="/settings/audit-log"
            search={{ object: entry.object.id }}
            size="sm"
            aria-label={t("onlyThis", { name: nameOf(entry) })}
          >
            <bdi>{nameOf(entry)}</bdi>
          </LinkAnchor>
        </Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr>
          <Table.Td colSpan={4}>
            <AuditChange entry={entry} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

/** A key by its name, as long as it is known. */
function Actor({ actor }: { readonly actor: AuditEntry["actor"] }) {
  const { t } = useTranslation("auditLog");
  const { data: keys = [] } = useApiKeys();
  if (actor.kind !== "api_key") return t(`actor_${actor.kind}`);
  const key = keys.find(({ id }) => id === actor.id);
  return <bdi>{key ? `${key.name} (…${key.hint})` : actor.id}</bdi>;
}

const toDeed = ({ before, after }: AuditEntry) => {
  if (before === undefined) return "made";
  return after === undefined ? "removed" : "changed";
};

/** What people call it; its id where it has no name. */
function nameOf({ before, after, object: { id } }: AuditEntry): string {
  const name = (after ?? before)?.name;
  return typeof name === "string" ? name : id;
}
