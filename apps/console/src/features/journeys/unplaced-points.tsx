import type { Journey, JourneyPoint } from "@hooklane/client";
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { toReason } from "../../components/reason.js";
import { usePlacePoint } from "./point-calls.js";
import { PointNode } from "./point-node.js";

interface UnplacedPointsProps {
  readonly journey: Journey;
  readonly points: readonly JourneyPoint[];
}

/** Points that were made by call, which send as the others do, but that nobody drew. */
export function UnplacedPoints({ journey, points }: UnplacedPointsProps) {
  const { t } = useTranslation(["journeys", "common"]);
  const { canWrite } = useWorkspace();
  const place = usePlacePoint();
  if (points.length === 0) return null;
  const fail = (error: unknown) =>
    notifications.show({ color: "red", title: t("common:failed"), message: toReason(error) });
  return (
    <section aria-label={t("unplaced")}>
      <Title order={2} size="h4">
        {t("unplaced")}
      </Title>
      <Text size="sm" mb="sm">
        {t("unplacedHelp")}
      </Text>
      <Group align="flex-start">
        {points.map((point) => (
          <Stack key={point.id} gap="xs">
            <PointNode journey={journey} point={point} />
            {canWrite && (
              <Button
                size="compact-sm"
                variant="default"
                loading={place.isPending && place.variables.pointId === point.id}
                onClick={() => place.mutate({ id: journey.id, pointId: point.id }, { onError: fail })}
              >
                {t("placeAtEnd")}
              </Button>
            )}
          </Stack>
        ))}
      </Group>
    </section>
  );
}
