import type { Audience } from "@hooklane/client";
import { createAudience } from "@hooklane/contracts";
import { Button, Fieldset, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Failure } from "../../components/failure.js";
import { LinkAnchor } from "../../components/link-anchor.js";
import { useAskBeforeLeaving } from "../../forms/ask-before-leaving.js";
import { checkWith } from "../../forms/check-with.js";
import { useCheckedForm } from "../../forms/checked-form.js";
import { useVersionGuard } from "../../forms/version-guard.js";
import { AudienceFrame } from "./audience-frame.js";
import { useRefreshAudiences } from "./audience-queries.js";
import { toNameBody } from "./create-audience.js";
import { DeleteAudience } from "./delete-audience.js";

/** What of an audience can be set: its name, and the webhooks that are told of it. */
export function AudienceSettingsPage() {
  const { t } = useTranslation(["audiences", "common"]);
  const { id } = useParams({ from: "/audience/$id/settings" });
  const { canWrite } = useWorkspace();
  // A form begins anew with what it saved, and with nothing else that moves under it.
  const [round, setRound] = useState(0);
  return (
    <AudienceFrame id={id}>
      {(audience) => (
        <Stack maw={720}>
          {!canWrite && <Text>{t("common:readOnly")}</Text>}
          <RenameAudience key={round} latest={audience} onSaved={() => setRound(round + 1)} />
          <Text>
            <LinkAnchor to="/audience/$id/webhooks" params={{ id }} underline="always">
              {t("webhooks")}
            </LinkAnchor>
            {" – "}
            {t("webhooksHelp")}
          </Text>
          {canWrite && <DeleteAudience audience={audience} />}
        </Stack>
      )}
    </AudienceFrame>
  );
}

interface RenameAudienceProps {
  readonly latest: Audience;
  readonly onSaved: () => void;
}

function RenameAudience({ latest, onSaved }: RenameAudienceProps) {
  const { t } = useTranslation(["audiences", "common"]);
  const { hooklane, canWrite } = useWorkspace();
  const refresh = useRefreshAudiences();
  const { guard, notice } = useVersionGuard(latest, refresh);
  const form = useCheckedForm({
    initial: { name: latest.name },
    check: (values) => checkWith(createAudience, toNameBody(values)),
    save: async (values) => {
      await guard(({ id }, version) => {
        const params = { path: { id }, header: { "If-Match": `"${version}"` } };
        return hooklane.api.PATCH("/v1/audiences/{id}", { params, body: { name: values.name } });
      });
      notifications.show({ message: t("saved", { name: values.name }) });
      await refresh();
      onSaved();
    },
  });
  useAskBeforeLeaving(form);
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Fieldset variant="unstyled" mx={0} disabled={!canWrite}>
        <Stack>
          <TextInput
            label={t("name")}
            value={form.values.name}
            onChange={({ currentTarget }) => form.change({ name: currentTarget.value })}
            error={form.errorOf("name")}
            withAsterisk
          />
          {notice}
          {form.failure !== undefined && <Failure error={form.failure} />}
          {canWrite && (
            <Button type="submit" loading={form.isSaving} disabled={!form.isChanged} mr="auto">
              {t("common:save")}
            </Button>
          )}
        </Stack>
      </Fieldset>
    </form>
  );
}
