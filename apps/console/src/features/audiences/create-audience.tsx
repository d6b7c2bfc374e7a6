import { createAudience } from "@hooklane/contracts";
import { Button, Modal, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { bodyOf } from "../../api/lists.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { Failure } from "../../components/failure.js";
import { checkWith } from "../../forms/check-with.js";
import { useCheckedForm } from "../../forms/checked-form.js";
import { useRefreshAudiences } from "./audience-queries.js";

/** Makes an audience, and shows it. */
export function CreateAudience({ onCreated }: { readonly onCreated: (id: string) => void }) {
  const { t } = useTranslation("audiences");
  const [isOpen, dialog] = useDisclosure();
  return (
    <>
      <Button onClick={dialog.open}>{t("create")}</Button>
      <Modal opened={isOpen} onClose={dialog.close} title={t("create")}>
        <NewAudienceForm
          onCreated={(id) => {
            dialog.close();
            onCreated(id);
          }}
        />
      </Modal>
    </>
  );
}

/** Empty is absent: the API says that it is needed rather than too short. */
export const toNameBody = ({ name }: { readonly name: string }) => (name.trim() === "" ? {} : { name });

function NewAudienceForm({ onCreated }: { readonly onCreated: (id: string) => void }) {
  const { t } = useTranslation("audiences");
  const { hooklane } = useWorkspace();
  const refresh = useRefreshAudiences();
  const form = useCheckedForm({
    initial: { name: "" },
    check: (values) => checkWith(createAudience, toNameBody(values)),
    save: async ({ name }) => {
      const { id } = bodyOf(await hooklane.api.POST("/v1/audiences", { body: { name } }));
      await refresh();
      onCreated(id);
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack>
        <TextInput
          label={t("name")}
          value={form.values.name}
          onChange={({ currentTarget }) => form.change({ name: currentTarget.value })}
          error={form.errorOf("name")}
          withAsterisk
          data-autofocus
        />
        {form.failure !== undefined && <Failure error={form.failure} />}
        <Button type="submit" loading={form.isSaving}>
          {t("create")}
        </Button>
      </Stack>
    </form>
  );
}
