import type { Touchpoint } from "@hooklane/client";
import { useTranslation } from "react-i18next";
import { useAudienceName } from "./audience-name.js";
import { useTargets } from "./audience-queries.js";

/** Whom a touchpoint is for: an audience, or a segment or tag of it. */
export function TouchpointTarget({
  touchpoint: { audienceId, segmentId, tag },
}: {
  readonly touchpoint: Pick<Touchpoint, "audienceId" | "segmentId" | "tag">;
}) {
  const { t } = useTranslation("touchpoints");
  const audienceName = useAudienceName();
  const { data: targets } = useTargets(segmentId === undefined ? "" : audienceId);
  const nameOf = (id: string) =>
    targets ? (targets.segments.find((segment) => segment.id === id)?.name ?? t("deletedSegment")) : id;
  return (
    <bdi>
      {audienceName(audienceId)}
      {segmentId !== undefined && ` · ${t("ofSegment", { name: nameOf(segmentId) })}`}
      {tag !== undefined && ` · ${t("ofTag", { name: tag })}`}
    </bdi>
  );
}
