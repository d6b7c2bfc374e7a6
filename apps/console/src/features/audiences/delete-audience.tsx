import type { Audience } from "@hooklane/client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Confirm } from "../../components/confirm.js";
import { useRefreshAudiences } from "./audience-queries.js";

/** Asks before an audience goes with all it has; one that is needed stays, and the API says what needs it. */
export function DeleteAudience({ audience: { id, name } }: { readonly audience: Audience }) {
  const { t } = useTranslation(["audiences", "common"]);
  const { hooklane } = useWorkspace();
  const refresh = useRefreshAudiences();
  const navigate = useNavigate();
  const [isAsking, dialog] = useDisclosure();
  const remove = useMutation({
    mutationFn: () => hooklane.api.DELETE("/v1/audiences/{id}", { params: { path: { id } } }),
    onSuccess: async () => {
      notifications.show({ message: t("deleted", { name }) });
      await navigate({ to: "/audience" });
      await refresh();
    },
  });
  return (
    <>
      <Button variant="outline" color="red" mr="auto" onClick={dialog.open}>
        {t("delete")}
      </Button>
      <Confirm
        isOpen={isAsking}
        title={t("deleteTitle", { name })}
        confirmLabel={t("common:delete")}
        isPending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={dialog.close}
      >
        {t("deleteHelp")}
      </Confirm>
    </>
  );
}
