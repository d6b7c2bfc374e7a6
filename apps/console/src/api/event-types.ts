import type { EventType } from "@hooklane/client";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "./workspace-context.js";

const FRESH_MS = 5 * 60_000;

/** All event types of the workspace, by name. */
export function useEventTypes() {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "event-types"],
    queryFn: () => readAll(hooklane),
    staleTime: FRESH_MS,
  });
}

/** What people call an event type, in the language shown; its name where it has no label, or is not known (yet). */
export function useEventTypeLabel(): (type: string) => string {
  const { i18n } = useTranslation();
  const { data = [] } = useEventTypes();
  const language = i18n.resolvedLanguage === "fr" ? "fr" : "en";
  const labels = new Map(data.map(({ type, labels }) => [type, labels[language]]));
  return (type) => labels.get(type) ?? type;
}

async function readAll({ api }: ReturnType<typeof useWorkspace>["hooklane"]): Promise<readonly EventType[]> {
  const all: EventType[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 100, ...(cursor !== undefined && { cursor }) };
    const { data } = await api.GET("/v1/event-types", { params: { query } });
    all.push(...(data?.data ?? []));
    cursor = data?.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}
