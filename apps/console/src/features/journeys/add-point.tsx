import { ActionIcon, Button, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconWebhook } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { MapPlace } from "./journey-map.js";

interface AddPointProps {
  readonly journeyId: string;
  readonly place: MapPlace;
}

/** The `+` between two steps: what can be added there (console-flows.md F3). */
export function AddPoint({ journeyId, place: { after, before } }: AddPointProps) {
  const { t } = useTranslation("journeys");
  const [isOpen, dialog] = useDisclosure();
  return (
    <>
      <ActionIcon variant="filled" radius="xl" size="md" aria-label={t("addPoint")} onClick={dialog.open}>
        <IconPlus size={16} aria-hidden />
      </ActionIcon>
      <Modal opened={isOpen} onClose={dialog.close} title={t("addPoint")}>
        <Stack>
          <Text size="sm">{t("addPointHelp")}</Text>
          <Button
            variant="default"
            size="md"
            leftSection={<IconWebhook size={18} aria-hidden />}
            renderRoot={(props) => (
              <Link
                to="/journeys/$id/points/new"
                params={{ id: journeyId }}
                search={{ after, before }}
                {...props}
              />
            )}
          >
            {t("webhook")}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}
