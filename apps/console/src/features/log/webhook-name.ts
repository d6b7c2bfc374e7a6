import { HooklaneError } from "@hooklane/client";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";

/** How long a name is taken to be the same, milliseconds. */
const STALE_MS = 60_000;

interface WebhookName {
  /** What to show for it; absent until it is known. */
  readonly shown: string | undefined;
  readonly isDeleted: boolean;
}

/** The name of one webhook of any kind: of ten thousand only those are read that are on the screen. */
export function useWebhookName(id: string | undefined): WebhookName {
  const { t } = useTranslation("log");
  const { workspace, hooklane } = useWorkspace();
  const { data } = useQuery({
    queryKey: [workspace.id, "webhookNames", id],
    enabled: id !== undefined,
    staleTime: STALE_MS,
    queryFn: async () => {
      try {
        return (await hooklane.webhooks.get(id ?? "")).name;
      } catch (error) {
        if (error instanceof HooklaneError && error.code === "not_found") return null;
        throw error;
      }
    },
  });
  return { shown: data === null ? t("deletedWebhook") : data, isDeleted: data === null };
}
