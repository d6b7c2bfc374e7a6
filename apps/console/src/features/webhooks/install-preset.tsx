import type { Preset } from "@hooklane/contracts";
import { Alert, Button, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Failure } from "../../components/failure.js";

/** In place of the boxes of a preset the workspace does not have: adds its event types. */
export function InstallPreset({ preset }: { readonly preset: Preset }) {
  const { t } = useTranslation("webhooks");
  const { workspace, hooklane, canWrite } = useWorkspace();
  const client = useQueryClient();
  const install = useMutation({
    mutationFn: () => hooklane.api.POST("/v1/event-types/presets/{preset}", { params: { path: { preset } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: [workspace.id, "event-types"] }),
  });
  return (
    <Alert color="yellow">
      <Stack align="start" gap="xs">
        <Text>{t("presetMissing")}</Text>
        {canWrite && (
          <Button variant="default" loading={install.isPending} onClick={() => install.mutate()}>
            {t("installPreset")}
          </Button>
        )}
        {install.isError && <Failure error={install.error} />}
      </Stack>
    </Alert>
  );
}
