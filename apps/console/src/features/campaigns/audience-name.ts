import { useTranslation } from "react-i18next";
import { useAudiences } from "./audience-queries.js";

/** What people call the audience of an id; the id itself until it is known. */
export function useAudienceName(): (id: string) => string {
  const { t } = useTranslation("campaigns");
  const { data } = useAudiences();
  return (id) => (data ? (data.find((audience) => audience.id === id)?.name ?? t("deletedAudience")) : id);
}
