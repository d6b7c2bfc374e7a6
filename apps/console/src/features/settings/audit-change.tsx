import type { AuditEntry } from "@hooklane/client";
import { Code, SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** A change from what to what, and how to find the call in the logs. Secrets were masked where it was written. */
export function AuditChange({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation(["auditLog", "common"]);
  return (
    <Stack gap="xs">
      <Text size="sm" className="breaking">
        {t("operation", { operation: entry.operation })}
        {entry.ip !== undefined && ` · ${t("address", { ip: entry.ip })}`}
        {entry.requestId !== undefined && ` · ${t("common:requestId", { id: entry.requestId })}`}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <State title={t("before")} state={toShown(entry, entry.before)} />
        <State title={t("after")} state={toShown(entry, entry.after)} />
      </SimpleGrid>
    </Stack>
  );
}

type AuditState = AuditEntry["before"];

/** Of a change only what is other than before. */
function toShown({ changes }: AuditEntry, state: AuditState): AuditState {
  if (state === undefined || changes.length === 0) return state;
  return Object.fromEntries(Object.entries(state).filter(([name]) => changes.includes(name)));
}

function State({ title, state }: { readonly title: string; readonly state: AuditState }) {
  if (state === undefined) return null;
  return (
    <div>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      <Code block className="breaking" tabIndex={0} aria-label={title}>
        {JSON.stringify(state, null, 2)}
      </Code>
    </div>
  );
}
