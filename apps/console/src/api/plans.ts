import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "./workspace-context.js";

const FRESH_MS = 60_000;

/** The workspace's plan and those it can be upgraded to. */
export function usePlans() {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "plans"],
    queryFn: async () => {
      const { data } = await hooklane.api.GET("/v1/plans");
      if (!data) throw new Error("The list of plans came without a body");
      return data;
    },
    staleTime: FRESH_MS,
  });
}

/** What people call the plans of these ids; the id itself where it is of another family, or not known (yet). */
export function usePlanNames(currentId: string | undefined, requiredId: string | undefined) {
  const { i18n } = useTranslation();
  const { data } = usePlans();
  const language = i18n.resolvedLanguage === "fr" ? "fr" : "en";
  const nameOf = (id: string | undefined) => data?.data.find((plan) => plan.id === id)?.name[language] ?? id;
  return { current: nameOf(currentId), required: nameOf(requiredId) };
}

/** Event types the workspace's plan leaves out, each with the name of the cheapest plan that has it. */
export function useLockedEventTypes(): ReadonlyMap<string, string> {
  const { i18n } = useTranslation();
  const { data } = usePlans();
  const language = i18n.resolvedLanguage === "fr" ? "fr" : "en";
  const current = data?.data.find(({ id }) => id === data.currentPlan);
  return new Map(
    current?.events.locked.map((type) => {
      const upgrade = data?.data.find(({ unlocks }) => unlocks?.eventTypes.includes(type));
      return [type, (upgrade ?? current).name[language]];
    }),
  );
}
