import { Button, Group, NativeSelect, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { bodyOf, byCursor, pageQuery } from "../../api/lists.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { Paged } from "../../components/paged.js";
import { useApiKeys } from "./api-key-queries.js";
import { AuditTable } from "./audit-table.js";
import type { AuditSearch } from "./audit-search.js";
import { SettingsFrame } from "./settings-frame.js";

/** Who changed what, newest first (product.md O5). What is looked for stands in the address. */
export function AuditLogPage() {
  const { t } = useTranslation("auditLog");
  const search: AuditSearch = useSearch({ from: "/settings/audit-log" });
  const navigate = useNavigate({ from: "/settings/audit-log" });
  const { data: keys = [] } = useApiKeys();
  const change = (patch: AuditSearch) => void navigate({ search: { ...search, ...patch }, replace: true });
  return (
    <SettingsFrame>
      <Title order={2} size="h4" mb="md">
        {t("title")}
      </Title>
      <Group align="end" mb="md">
        <NativeSelect
          label={t("who")}
          value={search.actor ?? ""}
          onChange={({ currentTarget }) => change({ actor: currentTarget.value || undefined })}
          data={[
            { value: "", label: t("everybody") },
            ...keys.map(({ id, name, hint }) => ({ value: id, label: `${name} (…${hint})` })),
            { value: "operator", label: t("actor_operator") },
            { value: "system", label: t("actor_system") },
          ]}
        />
        {search.object !== undefined && (
          <Button variant="default" onClick={() => change({ object: undefined })}>
            {t("showAll")}
          </Button>
        )}
      </Group>
      <Paged query={useAuditLog(search)} empty={<Text>{t("empty")}</Text>}>
        {(entries) => <AuditTable entries={entries} />}
      </Paged>
    </SettingsFrame>
  );
}

function useAuditLog(search: AuditSearch) {
  const { workspace, hooklane } = useWorkspace();
  return useInfiniteQuery({
    queryKey: [workspace.id, "audit-log", search],
    queryFn: async ({ pageParam }) => {
      const query = {
        ...pageQuery(pageParam),
        ...(search.actor !== undefined && { actor: search.actor }),
        ...(search.object !== undefined && { object: search.object }),
      };
      return bodyOf(await hooklane.api.GET("/v1/audit-log", { params: { query } }));
    },
    ...byCursor,
    // What was just done elsewhere in the console is looked for here.
    staleTime: 0,
  });
}
