import type { JourneyPoint } from "@hooklane/client";
import { Button, Code, CopyButton, Group, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface ArrivalExampleProps {
  readonly journeyId: string;
  readonly points: readonly JourneyPoint[];
}

/** How an application tells that a contact arrived at a point (product.md W4). */
export function ArrivalExample({ journeyId, points }: ArrivalExampleProps) {
  const { t } = useTranslation(["journeys", "common"]);
  const [chosen, setChosen] = useState<string>();
  const point = points.find(({ id }) => id === chosen) ?? points[0];
  if (!point) return null;
  const command = toCommand(`/v1/journeys/${journeyId}/points/${point.id}/arrivals`);
  return (
    <section aria-label={t("arrivals")}>
      <Title order={2} size="h4">
        {t("arrivals")}
      </Title>
      <Stack gap="sm" mt="xs" maw={880}>
        <Text size="sm">{t("arrivalsHelp")}</Text>
        {points.length > 1 && (
          <NativeSelect
            label={t("arrivalsPoint")}
            maw={360}
            value={point.id}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
            data={points.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <Code block tabIndex={0} aria-label={t("arrivalsCommand")}>
          {command}
        </Code>
        <Group>
          <CopyButton value={command}>
            {({ copied, copy }) => (
              <Button size="xs" variant="default" onClick={copy}>
                {t(copied ? "common:copied" : "common:copy")}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </section>
  );
}

const EXAMPLE = {
  contact: {
    id: "c-1",
    audience_id: "list-7",
    email: "lea@example.org",
    fields: { first_name: "Léa" },
  },
  id: "arrival-1",
};

/** In single quotes nothing of the example means anything to a shell. */
const toCommand = (path: string): string =>
  [
    `curl -X POST '${new URL(path, window.location.origin).href}' \\`,
    `  -H "authorization: Bearer $HOOKLANE_API_KEY" \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify(EXAMPLE, null, 2)}'`,
  ].join("\n");
