import type { ApiKey, CreateApiKey, CreatedApiKey } from "@hooklane/client";
import { createApiKey } from "@hooklane/contracts";
import { Button, Checkbox, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { bodyOf } from "../../api/lists.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { Failure } from "../../components/failure.js";
import { checkWith } from "../../forms/check-with.js";
import { useCheckedForm } from "../../forms/checked-form.js";
import { useRefreshApiKeys } from "./api-key-queries.js";

const SCOPES = ["read", "write", "ingest"] as const satisfies ApiKey["scopes"];

interface NewKey {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Local date and time, as the browser's field writes it; empty: never. */
  readonly expiresAt: string;
}

function toBody({ name, scopes, expiresAt }: NewKey): CreateApiKey {
  const time = new Date(expiresAt);
  return {
    ...(name.trim() !== "" && { name }),
    scopes: SCOPES.filter((scope) => scopes.includes(scope)),
    ...(!Number.isNaN(time.getTime()) && { expiresAt: time.toISOString() }),
    // What is missing, the check says before this is sent.
  } as CreateApiKey;
}

export function NewApiKeyForm({ onCreated }: { readonly onCreated: (key: CreatedApiKey) => void }) {
  const { t } = useTranslation("settings");
  const { hooklane } = useWorkspace();
  const refresh = useRefreshApiKeys();
  const { values, change, errorOf, leave, ...form } = useCheckedForm<NewKey>({
    initial: { name: "", scopes: ["read"], expiresAt: "" },
    check: (key) => checkWith(createApiKey, toBody(key)),
    save: async (key) => {
      const made = bodyOf(await hooklane.api.POST("/v1/api-keys", { body: toBody(key) }));
      await refresh();
      onCreated(made);
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack>
        <TextInput
          label={t("keyName")}
          description={t("keyNameHelp")}
          value={values.name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          error={errorOf("name")}
          withAsterisk
          data-autofocus
        />
        <Checkbox.Group
          label={t("scopes")}
          value={[...values.scopes]}
          onChange={(scopes) => {
            change({ scopes });
            leave("scopes");
          }}
          error={errorOf("scopes")}
          withAsterisk
        >
          <Stack gap="xs" mt="xs">
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={scope} description={t(`scope_${scope}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <TextInput
          label={t("expires")}
          description={t("expiresHelp")}
          type="datetime-local"
          value={values.expiresAt}
          onChange={({ currentTarget }) => change({ expiresAt: currentTarget.value })}
          error={errorOf("expiresAt")}
        />
        {form.failure !== undefined && <Failure error={form.failure} />}
        <Button type="submit" loading={form.isSaving}>
          {t("createKey")}
        </Button>
      </Stack>
    </form>
  );
}
